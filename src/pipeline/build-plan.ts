import { randomUUID } from "node:crypto";
import type { PlanCounts } from "../aid/plan.ts";
import type { HeldKey } from "../catalogue/plan-repository.ts";
import type { ReceivedIds } from "./ingest-records.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { decideChange } from "./plan/decide-change.ts";

/**
 * Compares what is staged with what we hold and keeps the result as a plan: new aids set by set, the others pair by pair where their
 * fingerprints differ. Aids that we hold and did not receive are counted, unless the feed was not read to its end.
 */
export async function buildPlan(
  run: IngestionRun,
  received: ReceivedIds,
  countsAbsence: boolean,
): Promise<{ planId: string; counts: PlanCounts }> {
  const { plans } = run.services.catalogue;
  const { id } = run.connector.definition;
  const planId = randomUUID();
  const staged = run.tally.valid - run.tally.recalled;
  const created = await plans.create({ ...run.claim, planId, staged, now: run.services.clock.now() });
  const decided = { updated: 0, restored: 0, ignored: 0 };
  for await (const pairs of plans.differingPairs(run.runId, id)) {
    const changes = [];
    for (const { staged, held } of pairs) {
      const change = decideChange(staged, held);
      if (change === "ignored") decided.ignored++;
      else if (change !== "unchanged") {
        decided[change.kind === "restore" ? "restored" : "updated"]++;
        changes.push(change);
      }
    }
    await plans.addChanges(planId, changes);
  }
  const missing = countsAbsence ? await countMissing(plans.heldKeys(id), received) : 0;
  const unchanged = run.tally.valid - created - decided.updated - decided.restored - decided.ignored;
  const counts = { created, ...decided, unchanged, missing, withdrawn: 0, proposals: 0 };
  return { planId, counts };
}

async function countMissing(pages: AsyncIterable<readonly HeldKey[]>, received: ReceivedIds): Promise<number> {
  let missing = 0;
  for await (const held of pages) {
    for (const { externalId } of held) if (!received.has(externalId)) missing++;
  }
  return missing;
}
