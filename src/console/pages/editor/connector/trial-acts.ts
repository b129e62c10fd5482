import type { WordTrial } from "../../../../catalogue/connectors/word-repository.ts";
import { lastWholeRun } from "../../../../catalogue/runs/last-whole-run.ts";
import type { RunRecord } from "../../../../catalogue/runs/run-repository.ts";
import { definitionProblem } from "../../../../french/pattern-faults.ts";
import { french } from "../../../../french/typography.ts";
import { requestRun } from "../../../../jobs/queue/request-run.ts";
import type { ConnectorVersion, VersionContent } from "../../../../model/run/connector-version.ts";
import { goodOutcomes } from "../../../../model/run/run-error.ts";
import { connectorAs } from "../../../../registry/stored-versions.ts";
import { actRoute, CannotDo, type Done, NotFound } from "../../../route.ts";
import { actorOf, param, type Visit, visitorOf } from "../../../visit.ts";
import type { SavedChange } from "../edited-definition.ts";
import { type DefinitionView, definitionOf, subjectOf } from "./definition-of.ts";

/**
 * Starts a dry run with a change, which a person then saves or abandons. Without a feed for the trial, saves the change at once.
 * @returns the problem, or the completed act
 */
export async function tryChange(
  visit: Visit,
  view: DefinitionView,
  requested: Pick<SavedChange, "why" | "trial"> & { readonly content: VersionContent },
): Promise<Done | { readonly problem: string }> {
  const { catalogue, now } = visit;
  const after = view.version?.version ?? 0;
  const { name: by, personId: person } = visitorOf(visit);
  const made = { connector: view.id, ...requested.content, why: requested.why, by, at: now };
  const read = await connectorAs(view.registry, { ...made, version: after + 1 });
  if (read === null || "problems" in read) return { problem: refusal(read?.problems ?? []) };

  const whole = requested.trial === "snapshot" ? await lastWholeRun(catalogue, view.id) : null;
  if (requested.trial === "none" || (requested.trial === "snapshot" && whole === null)) {
    const added = await catalogue.connectorVersions.add(made, after);
    if (added === null) throw conflictError();
    const untried = requested.trial === "none" ? "" : french` Aucun flux de ce connecteur n'est gardé : elle n'a pas pu être essayée.`;
    return {
      message: french`La version ${added} est enregistrée.${untried}`,
      to: `/connecteurs/${view.id}/definition`,
      subject: subjectOf(view),
      details: { version: added, why: requested.why },
    };
  }
  const trial = await catalogue.connectorVersions.addTrial(made);
  const options = { ...(whole !== null && { snapshot: whole.snapshotHash }), dryRun: true, force: true, trial, after, person };
  const { runId } = await requestRun(catalogue, visit.console.jobs.queue, { connector: view.id, options, by, now });
  return {
    message: null,
    to: `/connecteurs/${view.id}/essais/${runId}`,
    subject: subjectOf(view),
    details: { run: runId, why: requested.why },
  };
}

function conflictError(): CannotDo {
  return new CannotDo(french`Quelqu'un a changé ce connecteur entre-temps : relisez sa définition, puis recommencez.`, 409);
}

/** Returns why a changed definition is refused. */
export function refusal(problems: readonly { readonly key?: string; readonly message: string; readonly didYouMean?: string }[]): string {
  const [first] = problems;
  if (first === undefined) return "Ce changement est refusé.";
  const meant = first.didYouMean === undefined ? "" : french` ; sans doute ${first.didYouMean}`;
  return french`Ce changement est refusé. Clé ${first.key ?? "?"} : ${definitionProblem(first.message)}${meant}.`;
}

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

/** Returns the trial of a run. `connector`: by default that of the path. @throws NotFound */
export async function trialOf(visit: Visit, runId: string, connector = param(visit, "connecteur")): Promise<TrialView> {
  const run = isUuid.test(runId) ? await visit.catalogue.runs.find(runId) : null;
  const { trial: number, after } = (run?.options ?? {}) as { trial?: number; after?: number };
  const trial =
    run === null || run.connector !== connector || number === undefined
      ? null
      : await visit.catalogue.connectorVersions.trial(connector, number);
  if (run === null || trial === null || number === undefined) throw new NotFound("Cet essai n’existe pas, ou n’est plus gardé.");
  return { trial, run, number, after: after ?? 0 };
}

/** Stops the run of a trial, closes its plan and deletes it. */
export async function abandonTrial(
  visit: Visit,
  { connector, number, runId, planId }: Pick<WordTrial, "connector" | "number" | "runId" | "planId">,
): Promise<void> {
  const { catalogue } = visit;
  const { by, now } = actorOf(visit);
  await catalogue.runQueue.cancel(runId, by, now);
  if (planId !== null && (await isOpen(visit, planId))) await catalogue.plans.close(planId, "discarded", { now, by });
  await catalogue.words.forgetTrial(connector, number);
}

/** Abandons a trial. */
export const giveTrialUp = actRoute(
  "/connecteurs/:connecteur/essais/:run/abandonner",
  { who: "bizdev", act: "connector.give-trial-up" },
  async (visit) => {
    const view = await definitionOf(visit);
    const { run, number, after } = await trialOf(visit, param(visit, "run"));
    if (await visit.catalogue.connectorVersions.isTrialKept(view.id, number, after))
      throw new CannotDo(french`Ce changement est déjà enregistré : pour y renoncer, reprenez une version antérieure.`, 409);
    await abandonTrial(visit, { connector: view.id, number, runId: run.runId, planId: run.report?.planId ?? null });
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
    const planId = tried.run.report?.planId ?? null;
    const plan = planId !== null && (await isOpen(visit, planId)) ? french` ; le plan de son essai peut être appliqué sans attendre` : "";
    return {
      message: french`La version ${added} est enregistrée : elle compte dès la prochaine collecte${plan}.`,
      to: `/connecteurs/${view.id}/definition`,
      subject: subjectOf(view),
      details: { version: added, why: tried.trial.why, run: tried.run.runId },
    };
  },
);

async function isOpen({ catalogue }: Visit, planId: string): Promise<boolean> {
  return (await catalogue.plans.find(planId))?.state === "open";
}
