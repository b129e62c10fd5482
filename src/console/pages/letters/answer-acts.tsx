import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { requestRun } from "../../../jobs/queue/request-run.ts";
import type { ActRefusalCode } from "../../../model/act-refusal.ts";
import { byPublisher } from "../../../model/publisher/letter-answer.ts";
import { answerLetter } from "../../../partners/correspondence/answer-letter.ts";
import type { MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { CannotDo, type Done, type Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type AnswerAgain, wholeLetter } from "./answer-forms.tsx";
import { letterByToken } from "./find-letter.tsx";
import { letterToAnswer } from "./public-letter.tsx";
import { publicLetterAct } from "./public-routes.tsx";
import { lastTry, rereadObstacle, rereadPauseMs } from "./read-reread.ts";

/** Stores a publisher's answer to a point or to the whole letter. No account is needed; a signed-in colleague can answer for the publisher. */
export const answerAct = publicLetterAct("/reponses", "letter.answer", letterByToken, async (visit, made, path, form) => {
  const stored = await storeAnswer(visit, made, form, { path, by: visit.visitor?.name ?? byPublisher });
  return "again" in stored ? letterToAnswer(visit, made, stored.again) : stored;
});

/** Form fields of the problems of an answer. */
const fieldOfProblem: Partial<Record<ActRefusalCode, string>> = { "remark-too-long": "remarque", "no-answer": "reponse" };

/** Stores an answer, or returns the form with its mistakes. `path`: of the page with the letter; `by`: author in the publisher's log. */
export async function storeAnswer(
  { catalogue, now }: Visit,
  made: MadeLetter,
  form: Form,
  { path, by }: { readonly path: string; readonly by: string },
): Promise<Done | { readonly to: string } | { readonly again: AnswerAgain }> {
  const at = form.text("point");
  const typed = { answer: form.text("reponse"), plannedFor: form.text("prevu"), remark: form.text("remarque").replace(/\r\n/g, "\n") };
  const point = at === wholeLetter ? null : /^\d{1,4}$/.test(at) ? Number(at) : -1;
  const stored = await answerLetter(catalogue, made, { point, ...typed }, { by, now });
  if ("refused" in stored) throw new CannotDo(actRefusalMessage(stored.refused), 422);
  if ("problems" in stored) {
    const problems = stored.problems.map((problem) => [fieldOfProblem[problem.code] ?? "prevu", actRefusalMessage(problem)]);
    return { again: { at, typed, problems: Object.fromEntries(problems) } };
  }
  const to = `${path}?repondu=${at}#${at === wholeLetter ? "remarque" : `point-${at}`}`;
  return stored.isNew ? { message: null, to, subject: `connecteur ${made.connector}`, details: stored.details } : { to };
}

/** Starts a dry run that reads the feed of a letter again. */
export const rereadAct = publicLetterAct("/relecture", "letter.reread", letterByToken, (visit, made, path) => {
  return startReread(visit, made, { path, by: visit.visitor?.name ?? byPublisher });
});

/** Requests the dry run that reads the feed of a letter again. `path`: of the page with the letter; `by`: author of the run. */
export async function startReread(
  visit: Visit,
  made: MadeLetter,
  { path, by }: { readonly path: string; readonly by: string },
): Promise<Done | { readonly to: string }> {
  const { catalogue, console: services, now } = visit;
  const { letterId, connector } = made;
  const to = `${path}/relecture`;
  const why = await rereadObstacle(visit, made);
  // If the form is sent twice, the second request leads to the run of the first.
  const isTaken = why === null && (await catalogue.letters.claimReread(letterId, now, new Date(now.getTime() - rereadPauseMs)));
  if (!isTaken) {
    const newest = await catalogue.letters.find(letterId);
    if (newest !== null && newest.rereadRun !== null) return { to };
    throw new CannotDo(why ?? "Cette relecture vient d’être demandée.", 409);
  }
  await closeLastRereadPlan(visit, made);
  // `force` reads the feed even if it has not changed: the page has to count its anomalies.
  const options = { dryRun: true, force: true };
  const { runId } = await requestRun(catalogue, services.jobs.queue, { connector, options, by, now });
  await catalogue.letters.setRereadRun(letterId, runId);
  return { message: null, to, subject: `connecteur ${connector}`, details: { letter: letterId, run: runId } };
}

/** Closes the open plan of the previous dry run. Open plans are never deleted, so anybody with the letter could fill the database. */
async function closeLastRereadPlan(visit: Visit, { rereadRun }: MadeLetter): Promise<void> {
  const last = rereadRun === null ? null : await lastTry(visit, rereadRun);
  if (last !== null) await visit.catalogue.publisherPlans.closeDryRun(last.runId, { now: visit.now, by: byPublisher });
}
