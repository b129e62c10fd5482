import { leavesOutUnclassified } from "../../../catalogue/published/published-condition.ts";
import type { PickedAid, PublishedOrder } from "../../../catalogue/published/published-repository.ts";
import type { ApiAnswer, ApiVisit } from "../api-route.ts";
import { type AskedAids, aidParameters, aidsPerPage } from "../parameters/aid-parameters.ts";
import { readParameters } from "../parameters/parameter.ts";
import { changedAids } from "./changed-aids.ts";
import { type Cursor, placeIn, writeCursor } from "./cursor.ts";
import { envelope, ignoredOf, pageAddress } from "./envelope.ts";
import { filterOf } from "./filter-of-request.ts";
import { noticedRecord } from "./opening-notice.ts";
import { currentSources } from "./sources.ts";

/**
 * Returns a page of aids. `next` continues after the last aid, so a client that follows it misses and repeats none, whatever happens to
 * others meanwhile.
 */
export async function listAids(visit: ApiVisit): Promise<ApiAnswer> {
  const { services, position, now } = visit;
  const asked = readParameters(aidParameters, visit.query);
  const sources = await currentSources(services);
  if (asked.changedSince !== undefined) return changedAids(visit, asked, asked.changedSince, sources);
  const filter = await filterOf(asked, visit, sources);
  const order = orderOf(asked);
  const after = asked.after === undefined ? null : { publishedAt: 0, deadline: null, rank: 0, ...placeIn(asked.after, order) };
  const [page, perPage] = [asked.page ?? 1, asked.itemsPerPage ?? aidsPerPage.default];
  // Counting takes longer than reading a page. A first page counts in parallel; the cursor of later pages contains the count.
  const counting = after === null ? services.counts.of(filter, position) : Promise.resolve(after.count);
  const offset = (page - 1) * perPage;
  // Also read the next page, which a client that follows pages soon requests.
  const limit = (after === null ? perPage : 2 * perPage) + 1;
  const isBehindEnd = page > 1 && after === null && offset >= (await counting);
  const place = after === null ? { limit, offset } : { limit, after };
  const countingUnclassified = leavesOutUnclassified(filter) ? services.counts.of({ ...filter, unclassified: "only" }, position) : null;
  const [counted, picked, unclassified] = await Promise.all([
    counting,
    isBehindEnd ? [] : services.catalogue.published.pick(filter, order, place),
    countingUnclassified,
  ]);
  // An aid can be published between the two queries: a page never has more aids than its count.
  const count = after === null ? Math.max(counted, picked.length === 0 ? 0 : offset + picked.length) : counted;
  if (count === 0 && page === 1 && after === null) services.misses.note(asked, now);
  const last = picked.length > perPage ? picked[perPage - 1] : undefined;
  const shown = picked.slice(0, perPage).filter(isLive);
  const records = await services.records.of(shown, sources, visit);
  services.records.prepare(picked.slice(perPage, 2 * perPage).filter(isLive), sources, visit.day);
  return envelope({
    count,
    previous: page > 1 ? pageAddress(visit, page - 1, null) : null,
    next: last === undefined ? null : pageAddress(visit, page + 1, writeCursor(cursorAt(last, order, count))),
    more: { ...(unclassified !== null && { unclassified_count: unclassified }), ...ignoredOf(visit) },
    records: shown.flatMap(({ aidId }) => noticedRecord(records, aidId)),
  });
}

function isLive(picked: PickedAid): boolean {
  return picked.isLive;
}

function orderOf({ orderBy, keyword }: AskedAids): PublishedOrder {
  if (orderBy === "submission_deadline") return "deadline";
  return orderBy === "relevance" && keyword !== undefined ? "relevance" : "published";
}

function cursorAt({ aidId, publishedAt, deadline, rank }: PickedAid, order: PublishedOrder, count: number): Cursor {
  if (order === "deadline") return { by: order, deadline, aidId, count };
  return order === "relevance" ? { by: order, rank, publishedAt, aidId, count } : { by: order, publishedAt, aidId, count };
}
