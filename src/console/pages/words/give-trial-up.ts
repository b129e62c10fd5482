import type { WordTrial } from "../../../catalogue/connectors/word-repository.ts";
import { type Visit, visitorOf } from "../../visit.ts";

/** What was tried is left: its run is stopped, its plan closed, and it is asked after no more. */
export async function giveWordTrialUp(visit: Visit, { connector, number, runId, planId, planState }: WordTrial): Promise<void> {
  const { catalogue, now } = visit;
  const { name: by } = visitorOf(visit);
  await catalogue.runQueue.cancel(runId, by, now);
  if (planId !== null && planState === "open") await catalogue.plans.close(planId, "discarded", { now, by });
  await catalogue.words.forgetTrial(connector, number);
}
