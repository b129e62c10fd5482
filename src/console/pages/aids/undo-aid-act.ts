import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { applyActs } from "../../../curation/plan-acts.ts";
import { undoRun } from "../../../curation/undo-run.ts";
import { french, sentence } from "../../../french/typography.ts";
import { undoRefusalMessage } from "../../../french/undo.ts";
import { RunFailed } from "../../../model/run/run-error.ts";
import { findAid } from "../../curation/find-aid.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { param, type Visit, visitorOf } from "../../visit.ts";
import { aidPath, hasMoved, subjectOf } from "./perform-aid-act.ts";

/** Takes back what a person did to an aid, at once. What changed since stays. */
export const undoAidAct: ActRoute = {
  method: "post",
  path: "/aides/:aide/annuler",
  who: "bizdev",
  act: "aid.undo",
  async perform(visit, form) {
    const aid = await findAid(visit, param(visit, "aide"));
    const plan = await personsPlan(visit, aid, form.text("plan"));
    const curator = { by: visitorOf(visit).name, now: visit.now };
    const undo = await undoRun(visit.catalogue, curator, plan);
    if ("refused" in undo) throw new CannotDo(sentence(undoRefusalMessage(undo.refused)));
    if (undo.changes === 0) throw new CannotDo(french`Tout ce qui avait été fait a changé depuis : il n’y a plus rien à annuler.`);
    try {
      await applyActs(visit.catalogue, undo.planId, curator, true);
    } catch (error) {
      if (error instanceof RunFailed && error.code === "world-moved") throw hasMoved();
      throw error;
    }
    const spared = undo.remarks === 0 ? "" : " Ce qui a changé depuis est resté tel quel.";
    return {
      message: `C’est annulé.${spared}`,
      to: aidPath(aid.aidId),
      subject: subjectOf(aid),
      details: { undid: plan.planId, plan: undo.planId },
    };
  },
};

/** The plan of a person who did something to this aid alone: what was done to many at once is undone as one, from the page of its plan. */
async function personsPlan({ catalogue }: Visit, aid: CuratedAid, planId: string) {
  const isOfAid = (await catalogue.aids.history(aid.aidId)).some((revision) => revision.planId === planId);
  const plan = isOfAid ? await catalogue.plans.find(planId) : null;
  if (plan === null || plan.origin !== "curator") throw new CannotDo("Ce qui est à annuler ici n’a pas été fait à la main sur cette aide.");
  if ((await catalogue.history.countRevisions(planId)) > 1)
    throw new CannotDo(french`Ce changement concerne plusieurs aides à la fois : il se défait depuis la page de son plan.`);
  return plan;
}
