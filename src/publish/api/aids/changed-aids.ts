import type { KnownAid } from "../../../catalogue/published/published-change-repository.ts";
import type { PublishedFilter } from "../../../catalogue/published/published-condition.ts";
import type { ApiAnswer, ApiVisit } from "../api-route.ts";
import { type AskedAids, aidsPerPage } from "../parameters/aid-parameters.ts";
import { wrongParameters } from "../parameters/parameter.ts";
import { placeIn, writeCursor } from "./cursor.ts";
import { envelope, ignoredOf, pageAddress } from "./envelope.ts";
import { filterOf } from "./filter-of-request.ts";
import { publicStateOf } from "./may-read.ts";
import { noticedRecord } from "./opening-notice.ts";
import type { RecordSources } from "./sources.ts";
import { formerTombstone, type ReportedReason, tombstonesOf } from "./tombstones.ts";

/** Read at least this many changes at once, even for short pages, because few may be visible to the client. */
const minAtATime = 100;

/** A changed aid, and how it is reported. */
type ChangedAid = KnownAid & { readonly seq: number; readonly became: "live" | ReportedReason };

/**
 * Returns a page of aids changed since a position, in order of their last change: in full, including expired ones, or as tombstones. An aid
 * that changes meanwhile appears again later. An aid outside the filter is a tombstone too (`out-of-filter`), because it may have matched
 * before. `resume`: where to continue another day.
 */
export async function changedAids(visit: ApiVisit, asked: AskedAids, changedSince: string, sources: RecordSources): Promise<ApiAnswer> {
  const { services, access, position } = visit;
  const perPage = asked.itemsPerPage ?? aidsPerPage.default;
  const filter = await filterOf({ ...asked, includeExpired: true }, visit, sources);
  const begin = await beginning(visit, asked, changedSince);
  const counting = begin.count ?? services.catalogue.publishedChanges.count(begin.seq, position, filter);
  const [count, changed] = await Promise.all([counting, firstChanged(perPage + 1, begin.seq, visit, filter)]);
  const shown = changed.slice(0, perPage);
  const end = changed.length > perPage ? shown.at(-1) : undefined;
  const place = (seq: number) => writeCursor({ by: "change", seq, count });
  const live = shown.flatMap(({ aidId, number, revision, became }) =>
    became === "live" && revision !== null ? [{ aidId, number, revision }] : [],
  );
  const records = await services.records.of(live, sources, visit);
  const tombstones = await tombstonesOf(shown, services.catalogue.publishedChanges, access.scope);
  return envelope({
    count,
    previous: null,
    next: end === undefined ? null : pageAddress(visit, (asked.page ?? 1) + 1, place(end.seq)),
    more: { ...ignoredOf(visit), resume: pageAddress(visit, null, place(end?.seq ?? Math.max(begin.seq, position))) },
    records: shown.flatMap((aid) => {
      const record: readonly (Uint8Array | string)[] = noticedRecord(records, aid.aidId);
      return record.length > 0 ? [...formerTombstone(aid), ...record] : (tombstones.get(aid.aidId) ?? []);
    }),
  });
}

async function beginning({ services, position }: ApiVisit, { after, page }: AskedAids, changedSince: string) {
  if (after !== undefined) {
    const place = placeIn(after, "change");
    // The catalogue was restored from an older state: the client would miss changes.
    if (place.seq > position)
      throw wrongParameters([{ name: "after", detail: "Attendu : une adresse de ce catalogue ; reprenez avec changed_since." }]);
    return place;
  }
  if (page !== undefined && page > 1)
    throw wrongParameters([{ name: "page", detail: "Attendu : avec changed_since, suivre l’adresse `next`." }]);
  const changes = services.catalogue.publishedChanges;
  const seq = Math.min(await changes.positionAt(new Date(changedSince)), position);
  return { seq, count: null };
}

async function firstChanged(max: number, seq: number, visit: ApiVisit, filter: PublishedFilter): Promise<readonly ChangedAid[]> {
  const changed: ChangedAid[] = [];
  for await (const part of changedAfter(seq, visit, Math.max(max, minAtATime), filter)) {
    changed.push(...part);
    if (changed.length >= max) break;
  }
  return changed;
}

/** Yields reported changes, a few at a time. */
async function* changedAfter(
  seq: number,
  visit: ApiVisit,
  atATime: number,
  { connectors, ...filter }: PublishedFilter,
): AsyncGenerator<ChangedAid[]> {
  const { access, services, position } = visit;
  const changes = services.catalogue.publishedChanges;
  for await (const batch of changes.after(seq, position, connectors)) {
    for (let first = 0; first < batch.length; first += atATime) {
      const part = batch.slice(first, first + atATime);
      const known = new Map((await changes.known(part.map(({ aidId }) => aidId))).map((aid) => [aid.aidId, aid]));
      const changed = part.flatMap(({ aidId, seq: at }): ChangedAid[] => {
        const aid = known.get(aidId);
        const became = aid === undefined ? null : publicStateOf(aid, access.scope);
        if (aid === undefined || became === null) return [];
        return [{ ...aid, seq: at, became }];
      });
      yield await withFilter(changed, filter, visit);
    }
  }
}

/** Marks live aids that do not match the filter. Skips the query if the filter has only licences, which are already checked. */
async function withFilter(changed: readonly ChangedAid[], filter: PublishedFilter, { services }: ApiVisit): Promise<ChangedAid[]> {
  const live = changed.filter(({ became }) => became === "live").map(({ aidId }) => aidId);
  if (Object.keys(filter).length === 1 || live.length === 0) return [...changed];
  const fitting = await services.catalogue.published.matching(filter, live);
  return changed.map((aid) => (aid.became === "live" && !fitting.has(aid.aidId) ? { ...aid, became: "out-of-filter" } : aid));
}
