import { french } from "../../../french/typography.ts";
import type { ActRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { definitionOf, subjectOf } from "./definition-of.ts";
import { keepTrial } from "./keep-trial.ts";
import { type TrialView, trialOf } from "./trial-of.ts";

/** What was tried becomes the version that counts. */
export const saveVersion: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/versions",
  who: "bizdev",
  act: "connector.save-version",
  async perform(visit, form) {
    const view = await definitionOf(visit);
    const tried = await trialOf(visit, form.text("essai"));
    const added = await keepTrial(visit, tried);
    const plan = (await isPlanOpen(visit, tried)) ? french` ; le plan de son essai peut être appliqué sans attendre` : "";
    return {
      message: french`La version ${added} est enregistrée : elle compte dès la prochaine collecte${plan}.`,
      to: `/connecteurs/${view.id}/definition`,
      subject: subjectOf(view),
      details: { version: added, why: tried.trial.why, run: tried.run.runId },
    };
  },
};

async function isPlanOpen({ catalogue }: Visit, { run }: TrialView): Promise<boolean> {
  const planId = run.report?.planId ?? null;
  return planId !== null && (await catalogue.plans.find(planId))?.state === "open";
}
