import type { Connector } from "../kit/definition.ts";
import { firstSegment } from "../kit/expressions/field-path.ts";
import { hostsOfConnector } from "../kit/site-hosts.ts";
import type { AidField } from "../model/aid/aid.ts";
import { type IssueParams, issue } from "../model/issue.ts";
import { hostOfAddress, refusalOf } from "../model/publisher/publisher-request.ts";
import type { FeedDecision } from "../model/run/feed-decision.ts";
import { FeedRefused, RunDisplaced, RunFailed, RunOverBudget, WalkStoppedEarly } from "../model/run/run-error.ts";
import type { RunReport } from "../model/run/run-report.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { buildPlan } from "./build-plan.ts";
import { gatherGuardFacts } from "./gather-guard-facts.ts";
import { IngestionRun } from "./ingestion-run.ts";
import { type ObtainedFeed, obtainFeed } from "./obtain-feed.ts";
import { checkGuards, isUsualAgain } from "./plan/guards.ts";
import { readFeed } from "./read-feed.ts";
import type { RunTally } from "./report/run-tally.ts";
import type { ClaimedRun, RunnableConnector, RunOptions, Services } from "./run-inputs.ts";

/** Maximum number of plans per run. A new one is needed if somebody changes an aid between plan and apply. */
const maxPlanAttempts = 3;

/**
 * Runs the stages of one connector in order. The catalogue changes only if no guard holds the plan. Returns a report even if the run
 * fails. Throws only if the run cannot take the connector's fencing token. `claimed` is the run as claimed from the queue.
 */
export async function runIngestion(
  connector: RunnableConnector,
  services: Services,
  options: RunOptions,
  claimed?: ClaimedRun,
): Promise<RunReport> {
  // Another process may have applied a plan that takes a new edition.
  await services.catalogue.territoryEditions.refresh();
  const run = await IngestionRun.begin(connector, services, options, claimed);
  try {
    await run.start();
    await refuseUnwanted(run);
    const feed = await obtainFeed(run);
    if (feed.sameAsLastApplied && run.lastApplied !== null) return await run.endUnchanged(run.lastApplied, feed.recorded);

    const notReceived = await readFeed(run, feed);
    await feed.stored;
    await dropSnapshotOfForgotten(run);
    const incomplete = checkComplete(run, feed);

    const applied = await planAndApply(run, feed, notReceived, incomplete === null);
    return incomplete === null ? await run.endPlanned(applied) : await run.endFailed(incomplete);
  } catch (error) {
    return await run.endFailed(error);
  }
}

/** Removes the snapshot if decoding found a forgotten person that the search in the raw bytes missed. */
async function dropSnapshotOfForgotten({ forgotten, findings: { feed }, services }: IngestionRun): Promise<void> {
  if (forgotten.isFound && feed.sha256 !== null) await services.catalogue.forgetting.removeSnapshot(feed.sha256);
}

/** Compares the received records with the announced number. Returns the error for an incomplete feed, or null. */
function checkComplete({ findings: { tally }, options, connector }: IngestionRun, feed: ObtainedFeed): WalkStoppedEarly | null {
  const { received, announced } = tally;
  if (options.limit !== undefined) return null;
  if (feed.stoppedEarly !== null) return new WalkStoppedEarly("walk-incomplete", feed.stoppedEarly.params);
  const unread = pagesUnread(tally, connector.definition);
  if (unread !== null) return new WalkStoppedEarly("walk-incomplete", unread);
  // A page of a split feed announces only the total of its division. Fetch has checked the sum.
  if (connector.definition.feed.split !== undefined || announced === null || announced === received) return null;
  tally.addIssues([issue("decode", "announced-total-differs", { params: { announced, received } })]);
  return feed.mustBeComplete && received < announced ? new WalkStoppedEarly("walk-incomplete", { received, announced }) : null;
}

/**
 * Builds a plan and applies it, unless a guard holds it or the run is dry. Returns true if the plan was applied. A field that a person holds
 * keeps its values, unless the feed is right again: then the plan is made without the hold, and the hold ends with the run.
 */
async function planAndApply(run: IngestionRun, feed: ObtainedFeed, notReceived: readonly string[], isComplete: boolean): Promise<boolean> {
  const { services, options } = run;
  const { plans, feedDecisions } = services.catalogue;
  // An incomplete feed says nothing about missing aids.
  const countsAbsence = isComplete && options.limit === undefined;
  const decisions = await feedDecisions.list(run.claim.connector);
  const cured = new Set(decisions.filter((decision) => isFilledAgain(run, decision)));
  for (let attempt = 1; ; attempt++) {
    run.at("plan");
    const waiting = decisions.filter((decision) => !cured.has(decision));
    const held = waiting.filter(({ kind }) => kind === "hold");
    const plan = await buildPlan(run, {
      notReceived,
      isComplete: countsAbsence,
      held: new Set(held.map(({ subject }) => subject as AidField)),
    });
    const { planId } = plan;
    const facts = isComplete ? await gatherGuardFacts(run, plan, feed.parts, waiting) : null;
    const { holds, warnings } = facts === null ? { holds: [], warnings: [] } : checkGuards(facts);
    run.findings.setPlan(plan, holds, warnings);
    const now = services.clock.now();
    const usual = facts === null ? [] : held.filter((decision) => isUsualAgain(facts, decision));
    if (usual.length > 0) {
      for (const decision of usual) cured.add(decision);
      await plans.close(planId, "overtaken", { now, by: "run" });
      continue;
    }
    const waits = !isComplete || holds.length > 0 || run.isDry;
    await plans.finish(planId, { counts: plan.counts, guards: holds, warnings, waits, countsAbsence });
    if (waits) {
      if (run.isDry && (await plans.isEmpty(planId))) await plans.close(planId, "discarded", { now, by: "run" });
      return false;
    }
    try {
      await run.atApply();
      await plans.apply(planId, { token: run.claim.token, now, appliedBy: "run", report: run.reportOnApply() });
      for (const decision of cured) await feedDecisions.remove(decision);
      return true;
    } catch (error) {
      const worldMoved = error instanceof RunFailed && error.code === "world-moved";
      const canNeverApply = worldMoved || error instanceof RunDisplaced || error instanceof RunOverBudget || run.liveness.signal.aborted;
      if (canNeverApply) await plans.close(planId, "overtaken", { now, by: "run" });
      if (!worldMoved || attempt === maxPlanAttempts) throw error;
    }
  }
}

/** Returns true if a field is held for missing paths, and the feed fills those that the connector still reads. */
function isFilledAgain({ findings }: IngestionRun, { kind, paths }: FeedDecision): boolean {
  if (kind !== "hold" || paths.length === 0) return false;
  const { filled } = findings.shape;
  // A missing key includes the paths below it. A path that the connector no longer reads is not awaited.
  return paths.every((path) => {
    const counts = Object.entries(filled).flatMap(([read, count]) => (read === path || firstSegment(read) === path ? [count] : []));
    return counts.length === 0 || counts.some((count) => count > 0);
  });
}

/**
 * Throws `FeedRefused` if nobody wants the run: the aids of the connector have moved to another one (`connector-moved`), so that they would
 * arrive twice, or the publisher of a site that it reads has asked us to stop (`site-refused`). A stored feed of the site counts too.
 */
async function refuseUnwanted({ services, connector: { definition }, options }: IngestionRun): Promise<void> {
  const { plans, publisherRequests } = services.catalogue;
  const to = await plans.movedTo(definition.id);
  if (to !== null) throw new FeedRefused("connector-moved", { to });
  const refused = await publisherRequests.refusedSites();
  const asked = options.url === undefined ? null : hostOfAddress(options.url);
  for (const host of [...hostsOfConnector(definition, services.environment), ...(asked === null ? [] : [asked])]) {
    const refusal = refusalOf(host, refused);
    if (refusal !== null) throw new FeedRefused("site-refused", { host, day: parisDay(new Date(refusal.at)) });
  }
}

/**
 * Returns why the pages of a site do not count as complete, as parameters of `walk-incomplete`: pages wait for another night, or too few
 * could be read. Returns null if the site counts as complete, or the feed is no site.
 */
function pagesUnread(tally: RunTally, { details }: Pick<Connector, "details">): IssueParams | null {
  if (details === undefined) return null;
  const gone = tally.countOf("page-gone");
  const waiting = tally.countOf("page-waiting");
  const unread = gone + waiting + tally.countOf("page-failed") + tally.countOf("page-unlike");
  const listed = tally.received + gone;
  const read = listed - unread;
  if (waiting > 0) return { reason: "pages-waiting", read, listed };
  return read < listed * details.minRead ? { reason: "pages-unread", read, listed, share: details.minRead } : null;
}
