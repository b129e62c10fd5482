import { french } from "../../../french/typography.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { param, visitorOf } from "../../visit.ts";
import { definitionOf, subjectOf } from "./definition-of.ts";
import { trialOf } from "./trial-of.ts";

/** The trial is given up: its plan is closed, its run stopped. */
export const giveTrialUp: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/essais/:run/abandonner",
  who: "bizdev",
  act: "connector.give-trial-up",
  async perform(visit) {
    const view = await definitionOf(visit);
    const { run, number, after } = await trialOf(visit, param(visit, "run"));
    const { catalogue, now } = visit;
    if (await catalogue.connectorVersions.isTrialKept(view.id, number, after))
      throw new CannotDo(french`Ce changement est déjà enregistré : pour y renoncer, reprenez une version antérieure.`, 409);
    const { name: by } = visitorOf(visit);
    await catalogue.runQueue.cancel(run.runId, by, now);
    const planId = run.report?.planId ?? null;
    const plan = planId === null ? null : await catalogue.plans.find(planId);
    if (plan?.state === "open") await catalogue.plans.close(plan.planId, "discarded", { now, by });
    await catalogue.words.forgetTrial(view.id, number);
    return {
      message: "L’essai est abandonné : rien ne change.",
      to: `/connecteurs/${view.id}/definition`,
      subject: subjectOf(view),
      details: { run: run.runId },
    };
  },
};
