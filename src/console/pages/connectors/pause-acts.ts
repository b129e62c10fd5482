import { everything } from "../../../catalogue/runs/pause-repository.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { pauseRuns } from "../../../jobs/pause-runs.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { endPause, reasonOf } from "./run-acts.ts";

const pauseAll: ActRoute = {
  method: "post",
  path: "/pause",
  who: "ops",
  act: "runs.pause",
  async perform(visit, form) {
    const reason = reasonOf(form);
    const { isNew } = await pauseRuns(visit.catalogue, { connector: everything, by: visitorOf(visit).name, at: visit.now, reason });
    if (!isNew) throw new CannotDo("Tout était déjà en pause.", 409);
    const said = french`Tout est en pause : aucune collecte ne commencera avant la reprise. Celles qui sont en cours vont à leur terme.`;
    return { message: said, to: "/connecteurs", subject: "toutes les collectes", details: { reason } };
  },
};

const resumeAll: ActRoute = {
  method: "post",
  path: "/reprise",
  who: "ops",
  act: "runs.resume",
  async perform(visit) {
    await endPause(visit, everything, "Rien n’était en pause.");
    const others = (await visit.catalogue.pauses.list()).length;
    const stay = others === 0 ? "" : ` ${counted(others, "connecteur")} ${isPlural(others) ? "restent" : "reste"} en pause.`;
    return {
      message: french`Les collectes reprennent ; ce qui attendait va commencer.${stay}`,
      to: "/connecteurs",
      subject: "toutes les collectes",
    };
  },
};

/** Stopping everything, and going on. */
export const pauseActs: readonly ActRoute[] = [pauseAll, resumeAll];
