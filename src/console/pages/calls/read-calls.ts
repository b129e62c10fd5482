import { refOf } from "../../../kit/rules/perimeters.ts";
import { isWithin } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { lastMonths } from "../../../partners/figures/paris-months.ts";
import { organisationKey } from "../../../partners/organisation-key.ts";
import { type RankedCall, rankCalls } from "../../../partners/rank-calls.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import type { Visit } from "../../visit.ts";
import { readPublisherRows } from "../publishers/read-publisher-rows.ts";

/** Number of publishers on the page. */
const maxCalls = 10;
/** Months of searches without a result. */
export const missedMonths = 12;

const countedOrganisations = cachedUntilChange(({ coverage }, now) => coverage.byOrganisation(parisDay(now)));

/** Returns the publishers to call first. */
export async function readCalls(visit: Visit): Promise<readonly RankedCall[]> {
  const { catalogue, now } = visit;
  await catalogue.search.catchUp();
  const [firstMonth = ""] = lastMonths(now, missedMonths);
  const [rows, organisations, misses] = await Promise.all([
    readPublisherRows(visit),
    countedOrganisations(catalogue, now),
    catalogue.searchMisses.byTerritory(`${firstMonth}-01`),
  ]);
  const aidsByKey = new Map<string, number>();
  for (const { organisation, aids } of organisations) {
    const key = organisationKey(organisation);
    aidsByKey.set(key, (aidsByKey.get(key) ?? 0) + aids);
  }
  return rankCalls(
    rows.map(({ publisher: { publisherId, name, kind, territory, stage }, connectors, liveAids }) => ({
      publisherId,
      name,
      kind,
      territory,
      stage,
      connectors,
      liveAids,
      // Only publishers without a connector are ranked, so all aids that name them come from others.
      aidsThroughOthers: aidsByKey.get(organisationKey(name)) ?? 0,
      missedSearches: misses.reduce((sum, miss) => sum + (isPartOf(miss.territory, territory) ? miss.count : 0), 0),
    })),
    maxCalls,
  );
}

/** Returns true if a searched territory is a publisher's territory or a part of it. All of France is nobody's in particular. */
function isPartOf(searched: string, territory: string | null): boolean {
  const inner = refOf(searched);
  const outer = territory === null ? undefined : refOf(territory);
  return inner !== undefined && outer !== undefined && outer.scale !== "country" && isWithin(inner, outer);
}
