import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Connector } from "../kit/definition.ts";
import type { AidField } from "../model/aid/aid.ts";
import { defaultPolicy } from "../model/aid/field-policy.ts";
import type { Change, Remark } from "../model/plan/plan.ts";
import { adoptedChange } from "./adopted-change.ts";
import type { LiveAid } from "./adoption/live-aid.ts";
import { siteAddressOf } from "./adoption/site-address.ts";
import { type LiveMatches, type LivePair, matchLiveAids } from "./match-live-aids.ts";
import { type Curator, makePersonPlan, type PersonPlan } from "./person-plan.ts";
import { readOwnAids } from "./read-own-aids.ts";

/** What is online, by the name of the file that tells it. */
export interface LiveCatalogue {
  readonly file: string;
  readonly aids: readonly LiveAid[];
}

/** Whose aids are taken over. `othersPrefixes`: what the site puts before the identifiers of other connectors. */
export interface AdoptingConnector {
  readonly definition: Connector;
  readonly othersPrefixes: readonly string[];
}

/** What taking over comes to. */
export interface Adoption {
  /** Null where nothing is left to take over. */
  readonly plan: PersonPlan | null;
  readonly matches: LiveMatches;
  readonly changes: readonly Change[];
}

const changesAPage = 500;

/**
 * Makes the plan that takes live aids over into a connector's aids, which the catalogue must hold: status, page, and as edits what curators made of them.
 * Doubts and live aids that nothing of ours is are remarks. What was taken over before gives no change.
 */
export async function adoptLiveAids(
  catalogue: Catalogue,
  curator: Curator,
  { definition, othersPrefixes }: AdoptingConnector,
  live: LiveCatalogue,
): Promise<Adoption> {
  const { id } = definition;
  const othersPages = await catalogue.adoption.pagesOfOthers(id);
  const own = await readOwnAids(catalogue.adoption.asPlanned(id, null));
  const matches = matchLiveAids(live.aids, own, { definition, othersPrefixes, othersPages });
  const changes = await changesOf(catalogue, curator, definition, matches.pairs);
  if (changes.length === 0) return { plan: null, matches, changes };
  const asked = { act: "adopt", from: live.file };
  const plan = await makePersonPlan(catalogue, curator, { origin: "adopt", connector: id, asked }, pagesOf(changes, remarksOf(matches)));
  return { plan, matches, changes };
}

async function changesOf(catalogue: Catalogue, curator: Curator, { id, policy }: Connector, pairs: readonly LivePair[]): Promise<Change[]> {
  const pairOf = new Map(pairs.map((pair) => [pair.own.aidId, pair]));
  const policyOf = (field: AidField) => policy[field] ?? defaultPolicy(field);
  const changes: Change[] = [];
  for await (const page of catalogue.aids.curated({ connector: id })) {
    for (const aid of page) {
      const pair = pairOf.get(aid.aidId);
      const change = pair === undefined ? null : adoptedChange(aid, pair, policyOf, curator);
      if (change !== null) changes.push(change);
    }
  }
  return changes;
}

async function* pagesOf(changes: readonly Change[], remarks: readonly Remark[]) {
  for (let first = 0; first < changes.length; first += changesAPage) yield { changes: changes.slice(first, first + changesAPage) };
  yield { changes: [], remarks };
}

function remarksOf({ doubts, onlyLive }: LiveMatches): Remark[] {
  const doubtful = doubts.map(
    ({ live, own, match }): Remark => ({
      code: "doubtful-pair",
      aidId: own.aidId,
      externalId: null,
      params: { with: live.id, ...match, title: own.title, liveTitle: liveTitle(live), siteUrl: siteAddressOf(live) },
    }),
  );
  const unmatched = onlyLive.map(
    (live): Remark => ({
      code: "no-match",
      aidId: null,
      externalId: null,
      params: { with: live.id, liveTitle: liveTitle(live), siteUrl: siteAddressOf(live) },
    }),
  );
  return [...doubtful, ...unmatched];
}

function liveTitle({ content: { name } }: LiveAid): string {
  return name ?? "";
}
