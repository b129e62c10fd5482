import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { type Answer, decideAnswer } from "../../../curation/decide-answer.ts";
import { decidePublish, decideReject } from "../../../curation/decide-status.ts";
import { decideSuggestion } from "../../../curation/decide-suggestion.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, french, sentence } from "../../../french/typography.ts";
import { type AidContent, type AidField, aidFields } from "../../../model/aid/aid.ts";
import { missingForPublication } from "../../../model/aid/publishable.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { titleRule } from "../../../model/aid/title-rule.ts";
import { type ActResult, actOnAid, findAid } from "../../curation/act-on-aid.ts";
import { lastActOn, whatHappenedMeanwhile } from "../../curation/aid-moved.tsx";
import { inputName, type ReadAidForm, readAidForm, saveAidForm } from "../../curation/read-aid-form.ts";
import { type ActRoute, actRoute, CannotDo, type Done, type Form, type Page } from "../../route.ts";
import { param, type Visit, visitorOf } from "../../visit.ts";
import { subjectOf } from "../aids/perform-aid-act.ts";
import { nextPath, placeOf, queryOf, readQueue, reviewPath } from "./queue-address.ts";
import type { SentForm } from "./read-aid-review.ts";
import { asItIs } from "./review-form.tsx";
import { reviewPageOf } from "./review-page.tsx";

/** Actions of the review page. They apply to the revision that the person saw, so they never overwrite somebody else's changes. */
export const reviewActs: readonly ActRoute[] = [
  actRoute("/relecture/:aide/enregistrer", { who: "bizdev", act: "aid.edit" }, save),
  actRoute("/relecture/:aide/suggestion", { who: "bizdev", act: "aid.suggestion" }, acceptSuggestion),
  actRoute("/relecture/:aide/publier", { who: "bizdev", act: "aid.publish" }, publish),
  actRoute("/relecture/:aide/rejeter", { who: "bizdev", act: "aid.reject" }, reject),
  actRoute("/relecture/:aide/accepter", { who: "bizdev", act: "aid.accept" }, answerProposals("accept")),
  actRoute("/relecture/:aide/refuser", { who: "bizdev", act: "aid.refuse" }, answerProposals("refuse")),
];

async function save(visit: Visit, form: Form): Promise<Done | Page> {
  const { aid, requested } = await readSubmission(visit, form);
  const read = readAidForm(form);
  const saved = await saveAidForm(visit, aid, read);
  if ("problems" in saved) return refusedReview({ visit, form, aid }, { typed: read.typed, problems: saved.problems });
  if ("moved" in saved) return conflictReview(visit, saved.moved, form, read);
  const { planId, cautions } = saved;
  return {
    message: planId === null ? "Rien n’avait changé dans le formulaire." : ["Enregistré.", ...cautions.map(sentence)].join(" "),
    to: reviewPath(aid.aidId, requested, planId === null ? {} : { fait: planId, sur: aid.aidId }),
    subject: subjectOf(aid),
    details: { fields: Object.keys(read.values), ...(planId !== null && { plan: planId }) },
  };
}

/** Saves the form, then fills a field with its suggestion, and shows the same aid again. */
async function acceptSuggestion(visit: Visit, form: Form): Promise<Done | Page> {
  const act = await readSubmission(visit, form);
  const field = aidFields.find((known) => known === form.text("suggestion"));
  if (field === undefined) throw new CannotDo("Ce champ n’existe pas.");
  const read = readAidForm(form);
  const saved = await saveAidForm(visit, act.aid, read);
  if ("problems" in saved) return refusedReview(act, { typed: read.typed, problems: saved.problems });
  if ("moved" in saved) return conflictReview(visit, saved.moved, form, read);
  const aid = saved.planId === null ? act.aid : await findAid(visit, act.aid.aidId);
  const result = await actOnAid(visit, aid, {
    kind: "suggest",
    asked: { field },
    decide: (each, curator) => decideSuggestion(each, field, curator),
  });
  return doneOrMoved({ ...act, aid }, { result, message: "La suggestion est acceptée.", details: { field }, stays: true });
}

async function publish(visit: Visit, form: Form): Promise<Done | Page> {
  const act = await readSubmission(visit, form);
  const { aid } = act;
  const read = readAidForm(form);
  if (read.revision !== aid.revision) return conflictReview(visit, aid, form, read);
  // Check before saving, so that nothing is saved if the aid cannot be published.
  const problems = { ...publicationProblems(aid, read, form.has(asItIs)), ...read.problems };
  if (Object.keys(problems).length > 0) return refusedReview(act, { typed: read.typed, problems });
  const saved = await saveAidForm(visit, aid, read);
  if ("problems" in saved) return refusedReview(act, { typed: read.typed, problems: saved.problems });
  if ("moved" in saved) return conflictReview(visit, saved.moved, form, read);
  const edited = saved.planId === null ? aid : await findAid(visit, aid.aidId);
  // Somebody changed the aid between the two plans: do not publish a revision that this person has not seen.
  if (saved.planId !== null && edited.revision !== aid.revision + 1)
    return conflictReview(visit, edited, form, { ...read, revision: aid.revision + 1 });
  const result = await actOnAid(visit, edited, { kind: "publish", decide: decidePublish });
  return doneOrMoved(
    { ...act, aid: edited },
    { result, message: french`« ${titleOf(edited)} » est publiée.`, details: { fields: Object.keys(read.values) } },
  );
}

/** Returns the problems that prevent the publication of the edited aid, by control. `isAsItIs`: the title may lack a verb. */
function publicationProblems(aid: CuratedAid, { values }: ReadAidForm, isAsItIs: boolean): Readonly<Record<string, string>> {
  const content = { ...shownContent(aid), ...values } as AidContent;
  const problems: Record<string, string> = {};
  for (const field of missingForPublication(content, aid.asked))
    problems[inputName(field)] = french`${capitalize(fieldName(field))} : à remplir ou à corriger pour publier.`;
  const { isShort, beginsWithVerb } = titleRule(content.name);
  if (!isShort) problems[inputName("name")] = french`Titre : trop long pour publier.`;
  if (isShort && !beginsWithVerb && !isAsItIs) {
    problems[inputName("name")] =
      french`Titre : il ne commence pas par un verbe à l'infinitif. Corrigez-le, ou cochez « Publier malgré ce titre ».`;
  }
  return problems;
}

/** A submitted form of the review page, with the current aid, and its position in its queue before the action. */
type Submission = Awaited<ReturnType<typeof readSubmission>>;

/** Reads the aid, the queue and the position that all forms of the page need. @throws NotFound */
async function readSubmission(visit: Visit, form: Form) {
  const aid = await findAid(visit, param(visit, "aide"));
  const requested = readQueue(queryOf(form));
  return { visit, form, aid, requested, place: await placeOf(visit, requested, aid.aidId) };
}

/** Result of an action, and the message of the next page. */
interface ActOutcome {
  readonly result: ActResult;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Whether the next page shows the same aid, because there is more to do. */
  readonly stays?: boolean;
}

/**
 * Redirects to the aid after `place`, so that skipped aids stay skipped. Shows the review page again if somebody else changed the aid.
 * @throws CannotDo if the action is not possible
 */
async function doneOrMoved({ visit, form, aid, requested, place }: Submission, done: ActOutcome): Promise<Done | Page> {
  const { result, message, details, stays = false } = done;
  if ("refused" in result) throw await decidedMeanwhile(visit, aid, result.refused);
  if ("moved" in result) return conflictReview(visit, await findAid(visit, aid.aidId), form, onlyRevision(aid.revision));
  if (!stays) await visit.catalogue.aidVisits.leave(aid.aidId, visitorOf(visit).personId);
  const more = { fait: result.planId, sur: aid.aidId };
  return {
    message: [message, ...result.cautions.map(sentence)].join(" "),
    to: stays ? reviewPath(aid.aidId, requested, more) : await nextPath(visit, requested, place, more),
    subject: subjectOf(aid),
    details: { ...details, plan: result.planId },
  };
}

/** Returns the refusal of an action that is no longer possible, with the last change of the aid. */
async function decidedMeanwhile({ catalogue }: Visit, { aidId }: CuratedAid, why: string): Promise<CannotDo> {
  const last = await lastActOn(catalogue, aidId);
  return new CannotDo([sentence(why), ...(last === null ? [] : [french`Dernier changement : ${last}.`])].join(" "), 409);
}

function refusedReview({ visit, form, aid }: Pick<Submission, "visit" | "form" | "aid">, sent: SentForm): Promise<Page> {
  return reviewPageOf(visit, aid, queryOf(form), sent);
}

/** Renders the review page after somebody else changed the aid: that person's name, the current values and the typed values. */
async function conflictReview(visit: Visit, aid: CuratedAid, form: Form, read: ReadAidForm): Promise<Page> {
  const meanwhile = whatHappenedMeanwhile(await visit.catalogue.history.list(aid.aidId), read);
  return refusedReview({ visit, form, aid }, { typed: read.typed, why: form.text("motif").slice(0, 300), meanwhile });
}

/** Returns the content of a form that changes no field. */
function onlyRevision(revision: number): ReadAidForm {
  return { revision, values: {}, typed: {}, problems: {} };
}

function titleOf(aid: CuratedAid): string {
  return shownContent(aid).name;
}

async function reject(visit: Visit, form: Form): Promise<Done | Page> {
  const act = await readSubmission(visit, form);
  const { aid } = act;
  const seen = readRevision(form);
  if (seen !== aid.revision) return conflictReview(visit, aid, form, onlyRevision(seen));
  if (aid.status !== "reviewable")
    throw await decidedMeanwhile(visit, aid, "cette aide n’est plus en attente de relecture : sa page permet de la rejeter");
  const why = form.text("motif").slice(0, 300);
  if (why === "") return refusedReview(act, { problems: { motif: "Dites pourquoi l’aide est rejetée." } });
  const result = await actOnAid(visit, aid, { kind: "reject", note: why, decide: decideReject });
  return doneOrMoved(act, { result, message: french`« ${titleOf(aid)} » est rejetée.` });
}

/** Accepts or refuses one proposal, or all of them. */
function answerProposals(answer: Answer): ActRoute["perform"] {
  return async (visit, form) => {
    const act = await readSubmission(visit, form);
    const { aid, requested } = act;
    const seen = readRevision(form);
    if (seen !== aid.revision) return conflictReview(visit, aid, form, onlyRevision(seen));
    const field = aidFields.find((candidate) => candidate === form.text("champ")) ?? null;
    const wanted = field === null ? null : [field];
    const result = await actOnAid(visit, aid, {
      kind: answer,
      asked: { proposals: field ?? "all" },
      decide: (each, curator) => decideAnswer(each, answer, wanted, curator),
    });
    const hasMore = field !== null && Object.keys(aid.proposals).length > 1;
    const stays = hasMore || (aid.status === "reviewable" && requested.queue !== "proposals");
    const [only, ...others] = aidFields.filter((candidate) => candidate in aid.proposals);
    const named = field ?? (others.length === 0 ? (only ?? null) : null);
    return doneOrMoved(act, { result, message: answerMessage(answer, named, titleOf(aid)), details: { proposals: field ?? "all" }, stays });
  };
}

function answerMessage(answer: Answer, field: AidField | null, title: string): string {
  const word = answer === "accept" ? "acceptée" : "refusée";
  if (field === null) return french`Les propositions sur « ${title} » sont ${word}s.`;
  return french`La proposition (${fieldName(field)}) sur « ${title} » est ${word}.`;
}

function readRevision(form: Form): number {
  return Number(form.text("revision")) || 0;
}
