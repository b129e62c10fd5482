import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Connector } from "../kit/definition.ts";
import type { AidField } from "../model/aid/aid.ts";
import { defaultPolicy, type FieldPolicy } from "../model/aid/field-policy.ts";
import { sameValue } from "../model/aid/same-value.ts";
import { layersOf, shownValue } from "../model/aid/shown-value.ts";
import type { AidState, Change, FieldChange, Remark } from "../model/plan/plan.ts";
import { adoptedEdits } from "./adoption/compare-contents.ts";
import type { LiveAid } from "./adoption/live-aid.ts";
import { siteAddressOf } from "./adoption/live-aid.ts";
import { type LiveMatches, type LivePair, matchLiveAids } from "./match-live-aids.ts";
import { type Curator, makePersonPlan, type PersonPlan } from "./person-plan.ts";
import { personsChange, personsFieldChange } from "./persons-change.ts";
import { readOwnAids } from "./read-own-aids.ts";

/** The live aids, with the name of the export's file. */
export interface LiveCatalogue {
  readonly file: string;
  readonly aids: readonly LiveAid[];
}

/** The connector that adopts. `othersPrefixes`: the site's prefixes for identifiers of other connectors. */
export interface AdoptingConnector {
  readonly definition: Connector;
  readonly othersPrefixes: readonly string[];
}

/** Result of an adoption. */
export interface Adoption {
  /** Null if nothing is left to adopt. */
  readonly plan: PersonPlan | null;
  readonly matches: LiveMatches;
  readonly changes: readonly Change[];
}

const changesAPage = 500;

/**
 * Makes the plan that adopts live aids into a connector's aids, which must be in the catalogue: status, page, and curators' values as
 * edits. Doubts and live aids without a match become remarks. Adopted aids give no change.
 */
export async function adoptLiveAids(
  catalogue: Catalogue,
  curator: Curator,
  { definition, othersPrefixes }: AdoptingConnector,
  live: LiveCatalogue,
): Promise<Adoption> {
  const { id } = definition;
  const othersPages = await catalogue.aids.siteUrlsOfOthers(id);
  const own = await readOwnAids(catalogue.aids.asPlanned(id, null));
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

/**
 * Returns the change that adopts a live aid: status, page, and curators' values as edits. Edits made here stay, and so does the status of
 * an aid that is no longer in review. Null if nothing is left to adopt.
 */
function adoptedChange(
  aid: CuratedAid,
  { live, match }: Pick<LivePair, "live" | "match">,
  policyOf: (field: AidField) => FieldPolicy,
  curator: Curator,
): Change | null {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const [name, value] of Object.entries(adoptedEdits(aid.imported, live, policyOf))) {
    const field = name as AidField;
    if (field in aid.edits || sameValue(field, value, shownValue(aid, field))) continue;
    const edit = { value, by: curator.by, at: curator.now.toISOString(), note: curator.note ?? null };
    fields[field] = personsFieldChange(aid, field, { incoming: value, action: "apply", after: { ...layersOf(aid, field), edit } });
  }
  const siteUrl = siteAddressOf(live);
  const state: Partial<AidState> = {
    ...(aid.status === "reviewable" && live.status !== "reviewable" && { status: live.status }),
    ...(siteUrl !== null && siteUrl !== aid.siteUrl && { siteUrl }),
  };
  if (Object.keys(fields).length === 0 && Object.keys(state).length === 0) return null;
  return { ...personsChange(aid, "adopt", curator, { fields, state }), match: { ...match, with: live.id } };
}
