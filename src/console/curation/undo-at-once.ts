import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import { applyActs } from "../../curation/plan-acts.ts";
import { undoRun } from "../../curation/undo-run.ts";
import { undoRefusalMessage } from "../../french/plans.ts";
import { french, sentence } from "../../french/typography.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { CannotDo } from "../route.ts";
import { type Visit, visitorOf } from "../visit.ts";

/**
 * Undoes a person's plan and applies the undo at once. Later changes stay. Returns the message and the plan. Throws `CannotDo` if nothing
 * can be undone.
 */
export async function undoAtOnce(visit: Visit, plan: PlanRecord): Promise<{ readonly message: string; readonly planId: string }> {
  const curator = { by: visitorOf(visit).name, now: visit.now };
  const undo = await undoRun(visit.catalogue, curator, plan);
  if ("refused" in undo) throw new CannotDo(sentence(undoRefusalMessage(undo.refused)));
  if (undo.changes === 0) throw new CannotDo(french`Tout ce qui avait été fait a changé depuis : il n’y a plus rien à annuler.`);
  try {
    await applyActs(visit.catalogue, undo.planId, curator, true);
  } catch (error) {
    if (error instanceof RunFailed && error.code === "world-moved")
      throw new CannotDo(french`Ce que vous annulez a changé entre-temps : rien n’a été fait. Regardez à nouveau, et recommencez.`, 409);
    throw error;
  }
  const spared = undo.remarks === 0 ? "" : " Ce qui a changé depuis est resté tel quel.";
  return { message: `C’est annulé.${spared}`, planId: undo.planId };
}
