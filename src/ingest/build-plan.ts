import { randomUUID } from "node:crypto";
import type { Connector } from "../kit/definition.ts";
import { readsSite } from "../kit/site-hosts.ts";
import type { AidField } from "../model/aid/aid.ts";
import { defaultPolicy } from "../model/aid/field-policy.ts";
import type { Change } from "../model/plan/plan.ts";
import type { Sharing } from "../model/plan/sharing.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { findElsewhere } from "./find-elsewhere.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { ChangeTally } from "./plan/change-tally.ts";
import { type DecisionRules, decideChange } from "./plan/decide-change.ts";
import { type FollowedRules, followDecisions } from "./plan/follow-decisions.ts";
import { PairTally } from "./plan/pair-tally.ts";
import { aboveZero, dropOurOwn, recogniseRenamed } from "./recognise-aids.ts";
import type { BuiltPlan } from "./run-findings.ts";

/**
 * Compares the staged aids with the catalogue and stores a plan. Creates new aids as a set in SQL. Compares the other aids one by one if
 * their fingerprints differ. If the whole feed was read (`isComplete`), also recognises aids under a new id, counts the aids that were not
 * received as absent, and withdraws them after their grace period. Fields in `held` keep their values.
 */
export async function buildPlan(
  run: IngestionRun,
  {
    notReceived,
    isComplete,
    held,
  }: { readonly notReceived: readonly string[]; readonly isComplete: boolean; readonly held: ReadonlySet<AidField> },
): Promise<BuiltPlan> {
  const { plans, absences } = run.services.catalogue;
  const { definition } = run.connector;
  const now = run.services.clock.now();
  const planId = randomUUID();
  await plans.declareSite(run.claim, readsSite(definition));
  if (!run.isDry) await plans.declareSharing(run.claim, sharingOf(definition));
  const staged = run.findings.tally.valid - run.findings.tally.recalled;
  const created = await plans.create({ ...run.claim, planId, staged, now });
  const rules = rulesOf(run, held, now);
  const pairs = new PairTally(now);
  const counts = new ChangeTally();
  // Most runs of a small feed stage nothing, so nothing is searched for that needs a staged aid.
  for await (const page of staged === 0 ? [] : plans.differingPairs(run.claim.runId, definition.id)) {
    const changes: Change[] = [];
    for (const pair of page) {
      const change = decideChange(pair.staged, pair.stored, rules);
      counts.add(change);
      pairs.add(pair.staged, pair.stored, change);
      if (typeof change !== "string") changes.push(change);
    }
    await plans.addChanges(planId, changes, page);
  }
  if (isComplete) await absences.add(planId, notReceived);
  const ours = created === 0 ? 0 : await dropOurOwn(run, planId);
  const areNew = created > ours;
  const recognised =
    isComplete && areNew ? await recogniseRenamed(run, planId, rules, counts, pairs) : { renamed: 0, ignored: 0, remarks: {} };
  const missing = notReceived.length === 0 ? 0 : await absences.count(planId);
  const withdrawn = isComplete && missing > 0 ? await absences.withdrawDue(planId, definition.id, definition.absence, now) : 0;
  const stillNew = created - ours - recognised.renamed - recognised.ignored;
  const elsewhere = stillNew + counts.updated + counts.restored + recognised.renamed > 0 ? await findElsewhere(run, planId) : null;
  const linked = elsewhere?.linked ?? 0;
  const { updated, restored, proposals } = counts;
  const followed = stillNew + updated + restored + recognised.renamed > 0 ? await addStandingDecisions(run, planId) : noneFollowed;
  const ignored = counts.ignored + ours + recognised.ignored;
  const unchanged = run.findings.tally.valid - stillNew - updated - restored - ignored;
  const further = aboveZero({ linked, ...followed });
  return {
    planId,
    counts: { created: stillNew, updated, restored, unchanged, ignored, missing, withdrawn, proposals, ...further },
    remarks: {
      ...recognised.remarks,
      ...(ours > 0 && { "our-own": ours }),
      ...(linked > 0 && { "linked-elsewhere": linked }),
      ...(elsewhere !== null && elsewhere.certain.count > linked && { "known-elsewhere": elsewhere.certain.count - linked }),
      ...(elsewhere !== null && elsewhere.changed > 0 && { "contradicts-elsewhere": elsewhere.changed }),
      ...(elsewhere !== null && elsewhere.maybe > 0 && { "maybe-elsewhere": elsewhere.maybe }),
    },
    pairs,
    renamed: recognised.renamed,
    elsewhere,
  };
}

const noneFollowed = { filled: 0, published: 0 };

function sharingOf({ publisher, otherSources, policy }: Connector): Sharing {
  return { ...otherSources, isAggregator: publisher.kind === "aggregator", policy };
}

function rulesOf({ connector: { definition }, claim: { runId } }: IngestionRun, held: ReadonlySet<AidField>, now: Date): DecisionRules {
  return {
    policyOf: (field: AidField) => definition.policy[field] ?? defaultPolicy(field),
    emptyMeansEmpty: new Set(definition.emptyMeansEmpty),
    held,
    proposal: { at: now.toISOString(), runId },
  };
}

/** Number of aids that standing decisions fill and publish. */
interface FollowedCounts {
  readonly filled: number;
  readonly published: number;
}

/**
 * Adds to a plan in preparation what people have decided for the connector: fills empty fields of the aids that it creates or changes, and
 * publishes those that lack nothing. Reads the plan's changes only if a decision does so.
 */
async function addStandingDecisions({ services, connector, claim }: IngestionRun, planId: string): Promise<FollowedCounts> {
  const { standingDecisions, plans, letters } = services.catalogue;
  const { id } = connector.definition;
  const held = await standingDecisions.holdingFor(id);
  // Nothing is published from a site by itself before its publisher has been sent a courtesy letter.
  const isUnannounced = held.some(({ kind }) => kind === "publish") && (await letters.unannouncedSites()).has(id);
  const decisions = isUnannounced ? held.filter(({ kind }) => kind !== "publish") : held;
  if (decisions.every(({ kind }) => kind === "ask")) return { filled: 0, published: 0 };
  const now = services.clock.now();
  const rules: FollowedRules = {
    decisions,
    now,
    today: parisDay(now),
  };
  let filled = 0;
  let published = 0;
  for await (const page of plans.followedChanges(planId, claim.runId)) {
    const followed = page.flatMap((change) => followDecisions(change, rules) ?? []);
    await plans.addToChanges(planId, followed);
    filled += followed.filter(({ fields }) => Object.keys(fields).length > 0).length;
    published += followed.filter(({ publishes }) => publishes).length;
  }
  return { filled, published };
}
