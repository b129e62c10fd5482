import { byPublisher } from "../../../model/publisher/by-publisher.ts";
import type { Visit } from "../../visit.ts";
import type { MadeLetter } from "./letter-at.ts";
import { lastTry } from "./read-reread.ts";

/**
 * Closes what the reading before would have changed, as the next one says it anew: an open plan is kept for ever, and whoever has the letter could make as many as they
 * like. One of which somebody has applied a part stays.
 */
export async function closeLastReread(visit: Visit, { rereadRun }: MadeLetter): Promise<void> {
  const { plans } = visit.catalogue;
  const planId = rereadRun === null ? null : ((await lastTry(visit, rereadRun))?.report?.planId ?? null);
  const plan = planId === null ? null : await plans.find(planId);
  if (plan?.state === "open") await plans.close(plan.planId, "overtaken", { now: visit.now, by: byPublisher });
}
