import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Connector } from "../kit/definition.ts";
import type { AidField } from "../model/aid/aid.ts";
import { defaultPolicy, type FieldPolicy } from "../model/aid/field-policy.ts";
import { sameValue } from "../model/aid/same-value.ts";
import { layersOf, shownValue } from "../model/aid/shown-value.ts";
import { yieldsTo } from "../model/aid/suggested-edit.ts";
import type { AidState, Change, FieldChange } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";
import { adoptedEdits, differingFields, type FieldDifference } from "./adoption/compare-contents.ts";
import { type LiveAid, siteAddressOf } from "./adoption/live-aid.ts";
import { type LiveMatches, type LivePair, matchLiveAids } from "./match-live-aids.ts";
import { type Curator, makePersonPlan, type PersonPlan } from "./person-plan.ts";
import { personsChange, personsFieldChange } from "./persons-change.ts";
import { readOwnAids } from "./read-own-aids.ts";

/** The live aids and the name of the export file. */
export interface LiveCatalogue {
  readonly file: string;
  readonly aids: readonly LiveAid[];
}

/** The connector that adopts live aids. `othersPrefixes`: the site's identifier prefixes of other connectors. */
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
 * Makes a plan that copies status, page and curators' values from live aids to the connector's aids in the catalogue. Curators' values
 * become edits. Doubtful pairs and live aids without a match become remarks. Aids that were adopted before get no change.
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
  const request = { origin: "adopt", connector: id, asked: { act: "adopt", from: live.file } } as const;
  const plan = await makePersonPlan(catalogue, curator, request, pagesOf(changes, remarksOf(matches)));
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
 * Returns the change that adopts a live aid, or null if nothing is left to adopt. Edits made in Moisson are not replaced. The status
 * changes only while the aid is in review.
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
    const isEdited = field in aid.edits && !yieldsTo(aid.edits[field], value);
    if (isEdited || sameValue(field, value, shownValue(aid, field))) continue;
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

/** A pair and its differing fields, empty if both agree. */
export interface ComparedPair extends LivePair {
  readonly differences: readonly FieldDifference[];
}

/** Matches between a connector's aids and the live aids, with the differences of each pair. */
export interface Comparison extends Omit<LiveMatches, "pairs"> {
  /** By external id. */
  readonly pairs: readonly ComparedPair[];
}

/**
 * Compares a connector's aids with the live aids. `planId`: the aids as they would be after this open plan, or null for the current aids.
 */
export async function compareWithLive(
  catalogue: Catalogue,
  { definition, othersPrefixes }: AdoptingConnector,
  planId: string | null,
  live: LiveCatalogue,
): Promise<Comparison> {
  const { id } = definition;
  const othersPages = await catalogue.aids.siteUrlsOfOthers(id);
  const own = await readOwnAids(catalogue.aids.asPlanned(id, planId));
  const { pairs, ...matches } = matchLiveAids(live.aids, own, { definition, othersPrefixes, othersPages });
  const pairOf = new Map(pairs.map((pair) => [pair.own.aidId, pair]));
  const compared: ComparedPair[] = [];
  for await (const page of catalogue.aids.asPlanned(id, planId)) {
    for (const { aidId, content } of page) {
      const pair = pairOf.get(aidId);
      if (pair !== undefined) compared.push({ ...pair, differences: differingFields(content, pair.live.content) });
    }
  }
  return { ...matches, pairs: compared };
}
