import type { ChangeFilter, ItemPlace } from "../../../catalogue/aids/change-queue-repository.ts";
import type { QueuePlace, ReviewFilter, ReviewQueue } from "../../../catalogue/aids/review-queue-repository.ts";
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

const filterNames = ["connecteur", "territoire", "theme", "depuis", "jusque", "pour", "etat"];

/** Value of the filter « etat »: nothing is missing for publication. */
export const readyState = "prete";

/** Converts the queue to a filter of the index. */
export function reviewFilterOf(requested: FilteredQueue, now: Date): ReviewFilter {
  const { connecteur, territoire, theme, depuis, jusque, etat } = requested.filter;
  return {
    queue: requested.queue,
    today: parisDay(now),
    ...(connecteur !== undefined && { connectors: [connecteur] }),
    ...(territoire !== undefined && { territories: findTerritories(territoire) }),
    ...(theme !== undefined && { categories: categoriesOf(theme) }),
    ...(depuis !== undefined && { deadlineFrom: depuis }),
    ...(jusque !== undefined && { deadlineTo: jusque }),
    ...(etat === readyState && { step: "complete" as const }),
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

/** Position in a queue: of an aid, or of an item of the queue of proposals. */
export type Place = QueuePlace | ItemPlace;

/** Returns the position of an aid, or of a change in the queue of proposals. Null if there is no such item. */
export function placeOf(visit: Visit, requested: FilteredQueue, item: string): Promise<Place | null> {
  const { reviewQueue, changeQueue } = visit.catalogue;
  return requested.queue === "proposals" ? changeQueue.position(changeFilterOf(requested, visit), item) : reviewQueue.position(item);
}

/** Returns the address of the item after a position (null: the first), or of the list after the last one. Skips items in other hands. */
export async function nextPath(
  visit: Visit,
  requested: FilteredQueue,
  after: Place | null,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const next = await nextItem(visit, requested, after);
  return next === null ? queuePath(requested, { ...more, fin: "1" }) : reviewPath(next, requested, more);
}

function nextItem(visit: Visit, requested: FilteredQueue, after: Place | null): Promise<string | null> {
  const { catalogue, visitor, now } = visit;
  const person = visitor?.personId ?? null;
  if (requested.queue === "proposals") {
    return catalogue.changeQueue.next(changeFilterOf(requested, visit), after !== null && isItem(after) ? after : null, person, now);
  }
  return catalogue.reviewQueue.next(reviewFilterOf(requested, now), after !== null && !isItem(after) ? after : null, person, now);
}

/** Returns the number of an item in its queue, from 1, and the length of the queue. Null if it does not wait there. */
export async function rankOf(
  visit: Visit,
  requested: FilteredQueue,
  item: string,
): Promise<{ readonly place: number; readonly of: number } | null> {
  const place = await placeOf(visit, requested, item);
  if (place === null) return null;
  const { all, after } = await countAround(visit, requested, place);
  return all === 0 ? null : { place: Math.max(1, all - after), of: all };
}

async function countAround(
  visit: Visit,
  requested: FilteredQueue,
  place: Place,
): Promise<{ readonly all: number; readonly after: number }> {
  const { catalogue, now } = visit;
  if (isItem(place)) return catalogue.changeQueue.countAround(changeFilterOf(requested, visit), place);
  const filter = reviewFilterOf(requested, now);
  return { all: await catalogue.reviewQueue.count(filter), after: await catalogue.reviewQueue.countAfter(filter, place) };
}

function isItem(place: Place): place is ItemPlace {
  return "item" in place;
}
