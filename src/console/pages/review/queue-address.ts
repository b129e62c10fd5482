import type { ChangeFilter } from "../../../catalogue/aids/change-queue-repository.ts";
import type { ReviewFilter, ReviewQueue } from "../../../catalogue/aids/review-queue-repository.ts";
import { isUuid } from "../../../catalogue/store.ts";
import { findTerritories } from "../../../model/territories/perimeters.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Filter } from "../../lists/list.ts";
import type { Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { categoriesOf } from "../catalogue/aid-filters.ts";

/** The queues, with their names in addresses. */
export const queues = [
  { queue: "review", path: "/relecture", title: "À relire" },
  { queue: "proposals", path: "/relecture/propositions", title: "Propositions" },
  { queue: "expired", path: "/relecture/echues", title: "Échues" },
  { queue: "duplicates", path: "/relecture/doublons", title: "En double probable" },
] as const satisfies readonly { readonly queue: ReviewQueue; readonly path: string; readonly title: string }[];

/** A filtered queue. It is passed from page to page, so that the next aid is the next of the same queue. */
export interface FilteredQueue {
  readonly queue: ReviewQueue;
  readonly filter: Filter;
}

const filterNames = ["connecteur", "territoire", "theme", "depuis", "jusque", "pour"];

/** Converts the queue to a filter of the index. */
export function reviewFilterOf(requested: FilteredQueue, now: Date): ReviewFilter {
  const { connecteur, territoire, theme, depuis, jusque } = requested.filter;
  return {
    queue: requested.queue,
    today: parisDay(now),
    ...(connecteur !== undefined && { connectors: [connecteur] }),
    ...(territoire !== undefined && { territories: findTerritories(territoire) }),
    ...(theme !== undefined && { categories: categoriesOf(theme) }),
    ...(depuis !== undefined && { deadlineFrom: depuis }),
    ...(jusque !== undefined && { deadlineTo: jusque }),
  };
}

/** Converts the queue of proposals to a filter of its items. */
export function changeFilterOf(requested: FilteredQueue, { now, visitor }: Pick<Visit, "now" | "visitor">): ChangeFilter {
  const { queue: _, ...filter } = reviewFilterOf(requested, now);
  const whose = whoseItems.find(({ value }) => value === requested.filter.pour)?.value;
  if (whose === undefined) return filter;
  return { ...filter, assigned: { to: whose === "moi" ? (visitor?.personId ?? null) : null } };
}

/** Choices of the filter « pour ». */
export const whoseItems = [
  { value: "moi", label: "à moi" },
  { value: "personne", label: "libres" },
] as const;

/** Reads the queue that a page was opened from: `?file=propositions&theme=…`. */
export function readQueue(query: URLSearchParams): FilteredQueue {
  const requested = query.get("file") ?? "";
  const { queue } = queues.find(({ path }) => path === `/relecture/${requested}`) ?? queues[0];
  const given = filterNames.map((name) => [name, (query.get(name) ?? "").trim().slice(0, 300)] as const);
  return {
    queue,
    filter: Object.fromEntries(given.filter(([name, value]) => (name === "depuis" || name === "jusque" ? isDay(value) : value !== ""))),
  };
}

/** Returns the query that a form carries in its field `file`. */
export function queryOf(form: Form): URLSearchParams {
  return new URLSearchParams(form.text("file").slice(0, 2000));
}

/** Encodes a queue as a query, with `more` parameters. */
export function queueQuery({ queue, filter }: FilteredQueue, more: Readonly<Record<string, string>> = {}): string {
  const file = lastPartOf(queue);
  return new URLSearchParams({ ...(file !== "" && { file }), ...filter, ...more }).toString();
}

/** Returns the address of a queue's list. */
export function queuePath({ queue, filter }: FilteredQueue, more: Readonly<Record<string, string>> = {}): string {
  const { path } = queues.find((each) => each.queue === queue) ?? queues[0];
  return withQuery(path, new URLSearchParams({ ...filter, ...more }).toString());
}

/** Returns the address of the review page of an aid, or of a change that several aids have in common. */
export function reviewPath(item: string, requested: FilteredQueue, more: Readonly<Record<string, string>> = {}): string {
  const path = isUuid(item) ? `/relecture/${item}` : `/relecture/changements/${item}`;
  return withQuery(path, queueQuery(requested, more));
}

function lastPartOf(queue: ReviewQueue): string {
  return (queues.find((each) => each.queue === queue) ?? queues[0]).path.split("/")[2] ?? "";
}

function withQuery(path: string, query: string): string {
  return query === "" ? path : `${path}?${query}`;
}
