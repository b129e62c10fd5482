import { issue } from "../model/issue.ts";
import type { HeldHead, NewAid, RejectedRecord } from "../model/plan/plan.ts";
import { RunDisplaced, RunFailed, WalkStoppedEarly } from "../model/run/run-error.ts";
import type { RunReport } from "../model/run/run-report.ts";
import { buildPlan } from "./build-plan.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import { defaultDecodeLimits, type RecordMemory } from "./decode/decoded.ts";
import { gatherGuardFacts } from "./gather-guard-facts.ts";
import { ingestRecords, type ReceivedIds } from "./ingest-records.ts";
import { type ClaimedRun, IngestionRun, type RunOptions, type Services } from "./ingestion-run.ts";
import { countNamesOf, createRecordMapper } from "./map/record-mapper.ts";
import { type ObtainedFeed, obtainFeed } from "./obtain-feed.ts";
import { checkGuards } from "./plan/check-guards.ts";
import { recordMemory } from "./record-memory.ts";
import type { RunnableConnector } from "./runnable-connector.ts";

/** How often a run plans again because an aid was changed by somebody else between plan and write. */
const planTries = 3;

/**
 * One run of one connector: the stages, in order. Nothing is written to the catalogue before the guards have agreed.
 * Gives a report whatever happens; throws only where the catalogue does not let the connector be taken over. `claimed`: it was asked for before, and waited.
 */
export async function runIngestion(
  connector: RunnableConnector,
  services: Services,
  options: RunOptions,
  claimed?: ClaimedRun,
): Promise<RunReport> {
  const run = await IngestionRun.begin(connector, services, options, claimed);
  try {
    await run.start();
    const feed = await obtainFeed(run);
    if (feed.sameAsLastApplied && run.lastApplied !== null) return await run.endAsBefore(run.lastApplied);

    const received = await readFeed(run, feed);
    await feed.stored;
    await dropSnapshotOfForgotten(run);
    const broken = checkComplete(run, feed);

    const applied = await planAndApply(run, received, broken === null);
    return broken === null ? await run.endPlanned(applied) : await run.endBroken(broken);
  } catch (error) {
    return await run.endBroken(error);
  }
}

const nothingHeld: ReadonlyMap<string, HeldHead> = new Map();

/** Decodes, maps, validates and stages every record; gives the ids received. */
async function readFeed(run: IngestionRun, feed: ObtainedFeed): Promise<ReceivedIds> {
  const { connector, services, options, tally, claim } = run;
  const { definition, terms } = connector;
  const decode = (memory?: RecordMemory) => run.withoutForgotten(decodeFeed(feed.parts, definition.decode, defaultDecodeLimits, memory));
  const names = definition.tellApartBy ? await countNamesOf(definition, terms, definition.tellApartBy, decode()) : null;
  const { staging } = services.catalogue;
  const holdsNone = (await services.catalogue.aids.count(definition.id)) === 0;
  const sinks = {
    recall: async (hashes: readonly string[]) => (holdsNone ? nothingHeld : staging.recall(definition.id, hashes)),
    stage: (aids: readonly NewAid[]) => staging.stage(claim, aids),
    reject: (records: readonly RejectedRecord[]) => staging.reject(claim, records),
  };
  // A title that depends on other records cannot be known by how its own record is written.
  const memory = names === null ? recordMemory(run.mapping, sinks.recall) : undefined;
  return ingestRecords(decode(memory), createRecordMapper(definition, terms, names), sinks, tally, {
    mapping: run.mapping,
    ...(options.limit !== undefined && { limit: options.limit }),
    onProgress: (done, of) => run.at("read", done, of),
  });
}

/** A feed that names somebody who was forgotten is read, and not kept: what a glance at its bytes did not show, reading it did. */
async function dropSnapshotOfForgotten({ sawForgotten, feed, services }: IngestionRun): Promise<void> {
  if (sawForgotten && feed.sha256 !== null) await services.catalogue.forgetting.removeSnapshot(feed.sha256);
}

/** Compares what came with what was announced; gives why the feed counts as broken off, or null. */
function checkComplete({ tally, options, connector }: IngestionRun, feed: ObtainedFeed): WalkStoppedEarly | null {
  const { received, announced } = tally;
  if (options.limit !== undefined) return null;
  if (feed.stoppedEarly !== null) return new WalkStoppedEarly("walk-incomplete", feed.stoppedEarly.params);
  // What a page of a split feed announces is its division's; fetch has seen to the whole.
  if (connector.definition.feed.split !== undefined || announced === null || announced === received) return null;
  tally.addIssues([issue("decode", "announced-total-differs", { params: { announced, received } })]);
  return feed.mustBeComplete && received < announced ? new WalkStoppedEarly("walk-incomplete", { received, announced }) : null;
}

/** Makes the plan, asks the guards and, where they agree and the run is no dry one, writes it; true where it was written. */
async function planAndApply(run: IngestionRun, received: ReceivedIds, isComplete: boolean): Promise<boolean> {
  const { services, options } = run;
  const { plans } = services.catalogue;
  // A feed that broke off, or was not read to its end, says nothing about what it lacks.
  const countsAbsence = isComplete && options.limit === undefined;
  for (let attempt = 1; ; attempt++) {
    run.at("plan");
    const plan = await buildPlan(run, received, countsAbsence);
    const { planId } = plan;
    const { holds, warnings } = isComplete ? checkGuards(await gatherGuardFacts(run, plan)) : { holds: [], warnings: [] };
    run.takePlan(plan, holds, warnings);
    const waits = !isComplete || holds.length > 0 || run.isDry;
    await plans.finish(planId, { counts: plan.counts, guards: holds, warnings, waits, countsAbsence });
    const now = services.clock.now();
    if (waits) {
      if (run.isDry && (await plans.isEmpty(planId))) await plans.close(planId, "discarded", { now, by: "run" });
      return false;
    }
    try {
      await run.atApply();
      await plans.apply(planId, { token: run.token, now, appliedBy: "run", report: run.reportSoFar() });
      return true;
    } catch (error) {
      const worldMoved = error instanceof RunFailed && error.code === "world-moved";
      // Nobody can apply this plan any more.
      if (worldMoved || error instanceof RunDisplaced || run.signal.aborted) await plans.close(planId, "overtaken", { now, by: "run" });
      if (!worldMoved || attempt === planTries) throw error;
    }
  }
}
