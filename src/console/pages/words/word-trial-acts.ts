import type { WordTrial } from "../../../catalogue/connectors/word-repository.ts";
import { applyPlanPart } from "../../../curation/apply-plan-part.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import { RunFailed } from "../../../model/run/run-error.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { wordKey } from "../../../registry/terms/waiting-words.ts";
import { backTo } from "../../access/sign-in.ts";
import { connectorName } from "../../lists/connector-column.tsx";
import { actRoute, CannotDo, type Form, NotFound } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { abandonTrial, keepTrial, trialOf } from "../editor/connector/trial-acts.ts";
import { isOpen } from "../plans/plan-state.tsx";
import { mayDecide } from "../plans/read-plan.ts";
import { readWords } from "./read-words.ts";
import { decisionsOf } from "./trial-row.tsx";
import { type Decision, tryDecisions } from "./try-decisions.ts";
import { listFew } from "./words-in-french.tsx";

const maxReported = 5;

/**
 * Result of keeping one trial. `changed`: number of aids. If it is `held` or `moved`, the new version is used, but its plan is not applied.
 */
type Kept = { readonly connector: string } & (
  | { readonly is: "applied"; readonly changed: number }
  | { readonly is: "held" | "moved" }
  | { readonly is: "refused"; readonly reason: string }
);

/** Turns the ticked trials into active versions, and applies their plans unless a guard holds them. */
export const keepAct = actRoute("/mots/essais", { who: "bizdev", act: "words.keep" }, async (visit, form) => {
  const chosen = form.all("essai").flatMap((value) => readTrialValue(value) ?? []);
  if (chosen.length === 0) throw new CannotDo("Aucun essai n’est coché. Revenez aux essais, cochez-en, puis recommencez.");
  const done: Kept[] = [];
  for (const { connector, runId } of chosen) done.push(await keepOne(visit, connector, runId));
  const [first] = done;
  if (first?.is === "refused" && done.every(({ is }) => is === "refused"))
    throw new CannotDo(french`${await connectorName(visit, first.connector)} : ${first.reason}`, 409);
  return {
    message: sentenceOf(done, await visit.console.jobs.connectors()),
    to: backTo(form, "/mots/essais"),
    subject: isPlural(done.length) ? `mots de ${done.length} connecteurs` : `mots de ${first?.connector ?? "?"}`,
    details: { connectors: done.slice(0, 50).map(({ connector, is }) => ({ connector, is })) },
  };
});

/** Decodes the form value of a trial, or returns null if it is invalid. */
function readTrialValue(value: string): { readonly connector: string; readonly runId: string } | null {
  const [connector = "", runId = "", ...rest] = value.split(" ");
  return connector === "" || runId === "" || rest.length > 0 ? null : { connector, runId };
}

async function keepOne(visit: Visit, connector: string, runId: string): Promise<Kept> {
  try {
    const tried = await trialOf(visit, runId, connector);
    await keepTrial(visit, tried);
    return { connector, ...(await applyTried(visit, tried.run.report?.planId ?? null)) };
  } catch (error) {
    if (error instanceof CannotDo || error instanceof NotFound) return { connector, is: "refused", reason: error.message };
    // Go on, so that trials kept before this error are reported and audited.
    visit.console.jobs.services.logger.error({ err: error, connector }, "a trial was not kept");
    return { connector, is: "refused", reason: "le catalogue n’a pas répondu. Recommencez pour celui-ci." };
  }
}

async function applyTried(visit: Visit, planId: string | null): Promise<{ is: "applied"; changed: number } | { is: "held" | "moved" }> {
  const { catalogue, now } = visit;
  const { name: by, role } = visitorOf(visit);
  const plan = planId === null ? null : await catalogue.plans.find(planId);
  if (plan?.state === "overtaken") return { is: "moved" };
  if (plan === null || !isOpen(plan)) return { is: "applied", changed: 0 };
  if (plan.guards.length > 0 || !(await mayDecide(catalogue, role, plan))) return { is: "held" };
  try {
    const done = await applyPlanPart(catalogue, plan.planId, { by, now }, {});
    if ("refused" in done) return { is: "moved" };
    const { created, updated, withdrawn } = done.applied;
    return { is: "applied", changed: created + updated + withdrawn };
  } catch (error) {
    // The version stays active: the next run applies its changes.
    if (error instanceof RunFailed) return { is: "moved" };
    throw error;
  }
}

function sentenceOf(done: readonly Kept[], connectors: readonly LoadedConnector[]): string {
  const kept = done.filter(({ is }) => is !== "refused").length;
  const changed = done.reduce((sum, one) => sum + (one.is === "applied" ? one.changed : 0), 0);
  const named = (is: Kept["is"]) =>
    listFew(done.filter((one) => one.is === is).map(({ connector }) => nameOfConnector(connectors, connector)));
  const [held, moved] = [named("held"), named("moved")];
  return [
    french`Décisions enregistrées pour ${counted(kept, "producteur")}.`,
    changed === 0 ? french`Aucune aide n'a changé.` : `${counted(changed, "aide a changé", "aides ont changé")}.`,
    ...(held === "" ? [] : [french`Retenu par un garde-fou, à décider par l'exploitation : ${held}.`]),
    ...(moved === "" ? [] : [french`Des aides ont changé depuis l'essai, la prochaine collecte y appliquera ces décisions : ${moved}.`]),
    ...done
      .flatMap((one) =>
        one.is === "refused" ? [french`Non enregistré, ${nameOfConnector(connectors, one.connector)} : ${one.reason}`] : [],
      )
      .slice(0, maxReported),
  ].join(" ");
}

export const giveUpAct = actRoute("/mots/essais/abandonner", { who: "bizdev", act: "words.give-up" }, async (visit, form) => {
  const trial = await requestedTrial(visit, form);
  await abandonTrial(visit, trial);
  return { message: "L’essai est abandonné : rien ne change.", to: "/mots/essais", subject: `mots de ${trial.connector}` };
});

/** Repeats an outdated trial on the newest version, with the words that still wait for a decision. */
export const retryAct = actRoute("/mots/essais/refaire", { who: "bizdev", act: "words.retry" }, async (visit, form) => {
  const trial = await requestedTrial(visit, form);
  const { byKey } = await readWords(visit);
  const waits = ({ vocabulary, word }: Decision) =>
    byKey.get(wordKey(vocabulary, word))?.uses.some(({ connector }) => connector === trial.connector);
  const decisions = decisionsOf(trial).filter(waits);
  if (decisions.length === 0)
    throw new CannotDo(french`D'autres ont décidé de ces mots entre-temps : il n'y a plus rien à essayer. Abandonnez cet essai.`, 409);
  const done = await tryDecisions(visit, decisions);
  await abandonTrial(visit, trial);
  return done;
});

async function requestedTrial({ catalogue }: Visit, form: Form): Promise<WordTrial> {
  const requested = readTrialValue(form.text("un"));
  const trials = requested === null ? [] : await catalogue.words.trials(requested.connector);
  const trial = trials.find(({ runId, isKept }) => runId === requested?.runId && !isKept);
  if (trial === undefined) throw new NotFound("Cet essai n’existe plus : il a été enregistré, abandonné ou refait.");
  return trial;
}
