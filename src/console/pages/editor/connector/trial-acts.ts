import type { RunRecord } from "../../../../catalogue/runs/run-repository.ts";
import { french } from "../../../../french/typography.ts";
import type { ConnectorVersion } from "../../../../model/run/connector-version.ts";
import { goodOutcomes } from "../../../../model/run/run-error.ts";
import { actRoute, CannotDo, NotFound } from "../../../route.ts";
import { param, type Visit, visitorOf } from "../../../visit.ts";
import { definitionOf, subjectOf } from "./definition-of.ts";
import { conflictError } from "./try-change.ts";

/** A trial of a change, and its run. */
export interface TrialView {
  readonly trial: ConnectorVersion;
  readonly run: RunRecord;
  /** Number of the trial: see `ConnectorVersionRepository.trial`. */
  readonly number: number;
  /** The version that the trial changes, or 0 for a connector without versions. */
  readonly after: number;
}

const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Returns the trial of a run. @throws NotFound */
export async function trialOf(visit: Visit, runId: string): Promise<TrialView> {
  const connector = param(visit, "connecteur");
  const run = isUuid.test(runId) ? await visit.catalogue.runs.find(runId) : null;
  const { trial: number, after } = (run?.options ?? {}) as { trial?: number; after?: number };
  const trial =
    run === null || run.connector !== connector || number === undefined
      ? null
      : await visit.catalogue.connectorVersions.trial(connector, number);
  if (run === null || trial === null || number === undefined) throw new NotFound("Cet essai n’existe pas, ou n’est plus gardé.");
  return { trial, run, number, after: after ?? 0 };
}

/** Abandons a trial: closes its plan and stops its run. */
export const giveTrialUp = actRoute(
  "/connecteurs/:connecteur/essais/:run/abandonner",
  { who: "bizdev", act: "connector.give-trial-up" },
  async (visit) => {
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
);

/** Saves a trial as the current version, and returns its number. @throws CannotDo if the trial failed, or if a version was added since */
export async function keepTrial(visit: Visit, { trial, run, after }: TrialView): Promise<number> {
  if (run.state !== "ended") throw new CannotDo(french`L'essai n'est pas terminé : attendez de voir ce que ce changement ferait.`, 409);
  if (run.outcome === null || !(goodOutcomes.has(run.outcome) || run.outcome === "held"))
    throw new CannotDo(french`L'essai n'a pas abouti : ce changement ne peut pas être enregistré tel quel.`);
  const added = await visit.catalogue.connectorVersions.add({ ...trial, by: visitorOf(visit).name, at: visit.now }, after);
  if (added === null) throw conflictError();
  return added;
}

/** Saves a trial as the current version. */
export const saveVersion = actRoute(
  "/connecteurs/:connecteur/versions",
  { who: "bizdev", act: "connector.save-version" },
  async (visit, form) => {
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
);

async function isPlanOpen({ catalogue }: Visit, { run }: TrialView): Promise<boolean> {
  const planId = run.report?.planId ?? null;
  return planId !== null && (await catalogue.plans.find(planId))?.state === "open";
}
