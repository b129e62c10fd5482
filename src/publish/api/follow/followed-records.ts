import type { PublishedFilter } from "../../../catalogue/published/published-condition.ts";
import type { PublishedOrder } from "../../../catalogue/published/published-repository.ts";
import type { OpenUntil } from "../../../model/aid/open-until.ts";
import { filterOf } from "../aids/filter-of-request.ts";
import { currentSources, type RecordSources } from "../aids/sources.ts";
import type { ApiVisit } from "../api-route.ts";
import { aidParameters } from "../parameters/aid-parameters.ts";
import { readParameters, wrongParameters } from "../parameters/parameter.ts";

/** An aid as `/api/aids/` returns it, with the members that feeds, calendars and tables show. */
export interface FollowedRecord {
  readonly id: number;
  readonly aid_id: string;
  readonly name: string;
  readonly name_initial: string | null;
  readonly description: string | null;
  readonly eligibility: string | null;
  readonly contact: string | null;
  readonly financers: readonly string[];
  readonly financer_suggestion: string | null;
  readonly instructors: readonly string[];
  readonly programs: readonly string[];
  readonly aid_types: readonly string[];
  readonly aid_types_full: readonly { readonly group: { readonly slug: string } | null }[];
  readonly targeted_audiences: readonly string[];
  readonly categories: readonly string[];
  readonly mobilization_steps: readonly string[];
  readonly destinations: readonly string[];
  readonly perimeter: string | null;
  readonly recurrence: string | null;
  readonly open_until: OpenUntil;
  readonly left_out: readonly string[];
  readonly filled_by_moisson: readonly { readonly field: string; readonly confirmed: boolean }[];
  readonly is_call_for_project: boolean | null;
  readonly start_date: string | null;
  readonly submission_deadline: string | null;
  readonly subvention_rate_lower_bound: number | null;
  readonly subvention_rate_upper_bound: number | null;
  readonly subvention_comment: string | null;
  readonly loan_amount: number | null;
  readonly recoverable_advance_amount: number | null;
  readonly origin_url: string | null;
  readonly application_url: string | null;
  readonly publisher: { readonly name: string | null };
  readonly import_share_licence: string;
  readonly language: string | null;
  readonly import_data_mention: string | null;
  readonly date_created: string;
  readonly date_updated: string;
}

const aidsAPage = 100;

/** A search whose results are followed. */
export interface FollowedSearch {
  /** Number of matching aids. */
  readonly count: number;
  /** Yields the records as JSON, a page at a time, at most `limit` in all. */
  pages(order: PublishedOrder, limit: number): AsyncGenerator<readonly Uint8Array[]>;
}

/** Parameters of pages of a list. Here they would silently be ignored. */
const pageParameters = ["page", "itemsPerPage", "after", "changedSince", "orderBy"] as const;

/** Reads the filters of a request. Throws `ApiProblem` 400 if one is invalid, or if the request asks for a page or an order. */
export async function followedSearch(visit: ApiVisit): Promise<FollowedSearch> {
  const { services, position, now } = visit;
  const asked = readParameters(aidParameters, visit.query);
  const useless = pageParameters.filter((key) => asked[key] !== undefined);
  if (useless.length > 0) {
    throw wrongParameters(
      useless.map((key) => ({
        name: aidParameters[key].name,
        detail: "Cette adresse n’a ni pages ni ordre : seuls les filtres y valent.",
      })),
    );
  }
  const sources = await currentSources(services);
  const filter = await filterOf(asked, visit, sources);
  const count = await services.counts.of(filter, position);
  if (count === 0) services.misses.note(asked, now);
  return { count, pages: (order, limit) => recordPages(visit, sources, { filter, order, limit }) };
}

async function* recordPages(
  visit: ApiVisit,
  sources: RecordSources,
  { filter, order, limit }: { readonly filter: PublishedFilter; readonly order: PublishedOrder; readonly limit: number },
): AsyncGenerator<readonly Uint8Array[]> {
  const { catalogue, records } = visit.services;
  let place: Parameters<typeof catalogue.published.pick>[2] = { limit: Math.min(aidsAPage, limit), offset: 0 };
  for (let left = limit; left > 0; ) {
    const picked = await catalogue.published.pick(filter, order, place);
    const last = picked.at(-1);
    if (last === undefined) return;
    const shown = picked.filter(({ isLive }) => isLive);
    const found = await records.of(shown, sources, visit);
    yield shown.flatMap(({ aidId }) => found.get(aidId) ?? []);
    left -= picked.length;
    place = { limit: Math.min(aidsAPage, left), after: last };
  }
}

/** Parses a record. */
export function parsedRecord(json: Uint8Array): FollowedRecord {
  return JSON.parse(Buffer.from(json).toString("utf8")) as FollowedRecord;
}
