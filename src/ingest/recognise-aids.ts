import type { AidContent } from "../model/aid/aid.ts";
import { type Likeness, likenessOf } from "../model/compare/likeness.ts";
import { matchLikenesses } from "../model/compare/match-likenesses.ts";
import type { Change, Match } from "../model/plan/plan.ts";
import type { Remark } from "../model/plan/remark.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import type { ChangeTally } from "./plan/change-tally.ts";
import { type DecisionRules, decideChange } from "./plan/decide-change.ts";
import type { PairTally } from "./plan/pair-tally.ts";
import type { BuiltPlan } from "./run-findings.ts";

/** Minimum certainty of a pair if only a few aids have new ids. */
const certainAlone = 0.95;
const pairsPerBatch = 500;

/** Removes from a plan the new aids that come from our own catalogue, and adds a remark for each. Returns their number. */
export async function dropOurOwn({ services, connector }: IngestionRun, planId: string): Promise<number> {
  const { plans } = services.catalogue;
  const ours = await plans.ourOwn(planId, connector.definition.id);
  await plans.dropCreations(
    planId,
    ours.map(({ externalId }) => externalId),
  );
  await plans.addRemarks(
    planId,
    ours.map(({ externalId, of }) => ({ code: "our-own", aidId: null, externalId, params: { of } })),
  );
  return ours.length;
}

/**
 * Recognises stored aids whose publisher has changed their ids. Matches the stored aids that were not received (missing, withdrawn,
 * rejected or merged) with the aids that the plan would create. A certain pair becomes one aid, which keeps its history, edits and status
 * under the new id. A doubtful pair becomes a remark on the plan. An aid that a person withdrew stays withdrawn.
 */
export async function recogniseRenamed(
  run: IngestionRun,
  planId: string,
  rules: DecisionRules,
  counts: ChangeTally,
  tally: PairTally,
): Promise<{ renamed: number; ignored: number; remarks: BuiltPlan["remarks"] }> {
  const { plans, absences } = run.services.catalogue;
  const seenTexts = new Set<string>();
  const remember = (key: string, content: Partial<AidContent>) => {
    for (const text of [content.name, content.originUrl, content.applicationUrl]) if (text) seenTexts.add(text);
    return likenessOf(key, content);
  };
  const lost: Likeness[] = [];
  const off = new Set<string>();
  for await (const page of plans.lostAids(planId, run.claim)) {
    for (const { aidId, isOff, content } of page) {
      lost.push(remember(aidId, content));
      if (isOff) off.add(aidId);
    }
  }
  if (lost.length === 0) return { renamed: 0, ignored: 0, remarks: {} };
  const fresh: Likeness[] = [];
  for await (const page of plans.createdAids(planId, run.claim.runId))
    for (const { externalId, content } of page) fresh.push(remember(externalId, content));
  if (fresh.length === 0) return { renamed: 0, ignored: 0, remarks: {} };
  // A title or link that a received aid also has does not identify an aid.
  const others: Likeness[] = [];
  for await (const page of plans.stayingAids(planId, run.claim, seenTexts))
    for (const { aidId, content } of page) others.push(likenessOf(aidId, content));
  const found = matchLikenesses(lost, fresh, { others });
  const isMany = await areMany(run, found.pairs.length);
  // A pair with an aid that a person withdrew needs no higher certainty, because the aid stays withdrawn.
  const isTaken = ({ left, match }: { left: string; match: Match }) => isMany || off.has(left) || match.certainty >= certainAlone;
  const pairs = found.pairs.filter(isTaken);
  const doubts = [...found.doubts, ...found.pairs.filter((pair) => !isTaken(pair))];

  let ignored = 0;
  for (let first = 0; first < pairs.length; first += pairsPerBatch) {
    const matches = new Map(
      pairs.slice(first, first + pairsPerBatch).map(({ left, right, match }) => [left, { externalId: right, match }]),
    );
    const pairIds = [...matches].map(([aidId, { externalId }]) => ({ aidId, externalId }));
    await plans.dropCreations(
      planId,
      pairIds.map(({ externalId }) => externalId),
    );
    await absences.remove(
      planId,
      pairIds.map(({ aidId }) => aidId),
    );
    const changes: Change[] = [];
    const remarks: Remark[] = [];
    for (const { staged, stored } of await plans.pairs(run.claim.runId, pairIds)) {
      const decided = decideChange(staged, stored, rules);
      const { match } = matches.get(stored.aidId) ?? { match: { certainty: 0, reasons: [] } };
      const change = renamed(decided, stored, staged.externalId, match);
      changes.push(change);
      if (decided === "ignored") {
        ignored++;
        remarks.push({
          code: "renamed-rejected",
          aidId: stored.aidId,
          externalId: staged.externalId,
          params: { was: stored.externalId, status: stored.status },
        });
      } else {
        counts.add(change);
        tally.add(staged, stored, change);
      }
    }
    await plans.addChanges(planId, changes);
    await plans.addRemarks(planId, remarks);
  }
  await plans.addRemarks(
    planId,
    doubts.map(({ left, right, match }) => ({ code: "doubtful-pair", aidId: left, externalId: right, params: { ...match } })),
  );
  return {
    renamed: pairs.length - ignored,
    ignored,
    remarks: aboveZero({ "re-identified": pairs.length - ignored, "renamed-rejected": ignored, "doubtful-pair": doubts.length }),
  };
}

/**
 * Returns true if there are so many pairs that the publisher has changed its ids: a tenth of its aids, and at least 5 or more than half.
 */
async function areMany({ services, connector }: IngestionRun, pairs: number): Promise<boolean> {
  const present = await services.catalogue.absences.countPresent(connector.definition.id);
  return pairs >= present / 10 && (pairs >= 5 || (present >= 3 && pairs > present / 2));
}

function renamed(
  decided: Change | "unchanged" | "ignored",
  stored: { aidId: string; externalId: string; revision: number },
  externalId: string,
  match: Match,
): Change {
  const base: Change =
    typeof decided === "string"
      ? { aidId: stored.aidId, externalId, kind: "re-identify", baseRevision: stored.revision, fields: {} }
      : decided;
  return { ...base, match: { ...match, with: stored.externalId } };
}

/** Returns the counts above 0. */
export function aboveZero<Counts extends Readonly<Record<string, number>>>(counts: Counts): Partial<Counts> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) as Partial<Counts>;
}
