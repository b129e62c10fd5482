import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
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

/** Why to contact a publisher. */
interface ReasonsToCall {
  /** Open aids that name it, from connectors of others. */
  readonly aidsThroughOthers: number;
  /** Searches without a result, for its territory or a part of it. */
  readonly missedSearches: number;
}

/** Returns the publishers to call first. */
export async function readCalls(visit: Visit): Promise<readonly RankedCall[]> {
  const [rows, reasonsOf] = await Promise.all([readPublisherRows(visit), readReasons(visit)]);
  return rankCalls(
    rows.map(({ publisher, connectors, liveAids }) => {
      const { publisherId, name, kind, territory, stage } = publisher;
      // Only publishers without a connector are ranked, so all aids that name them come from others.
      return { publisherId, name, kind, territory, stage, connectors, liveAids, ...reasonsOf(publisher) };
    }),
    maxCalls,
  );
}

/** Returns why to contact a publisher without a connector. */
export async function readReasonsToCall(visit: Visit, publisher: Pick<StoredPublisher, "name" | "territory">): Promise<ReasonsToCall> {
  return (await readReasons(visit))(publisher);
}

async function readReasons({ catalogue, now }: Visit): Promise<(publisher: Pick<StoredPublisher, "name" | "territory">) => ReasonsToCall> {
  await catalogue.search.catchUp();
  const [firstMonth = ""] = lastMonths(now, missedMonths);
  const [organisations, misses] = await Promise.all([
    countedOrganisations(catalogue, now),
    catalogue.searchMisses.byTerritory(`${firstMonth}-01`),
  ]);
  const aidsByKey = new Map<string, number>();
  for (const { organisation, aids } of organisations) {
    const key = organisationKey(organisation);
    aidsByKey.set(key, (aidsByKey.get(key) ?? 0) + aids);
  }
  return ({ name, territory }) => ({
    aidsThroughOthers: aidsByKey.get(organisationKey(name)) ?? 0,
    missedSearches: misses.reduce((sum, miss) => sum + (isPartOf(miss.territory, territory) ? miss.count : 0), 0),
  });
}

/** Returns true if a searched territory is a publisher's territory or a part of it. All of France is nobody's in particular. */
function isPartOf(searched: string, territory: string | null): boolean {
  const inner = refOf(searched);
  const outer = territory === null ? undefined : refOf(territory);
  return inner !== undefined && outer !== undefined && outer.scale !== "country" && isWithin(inner, outer);
}
