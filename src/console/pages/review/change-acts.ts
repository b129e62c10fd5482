import { answerChange, type ChangeDecision, fieldOfChange } from "../../../curation/decide-answer.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { RunFailed } from "../../../model/run/run-error.ts";
import { actOnAids, connectorOfAll } from "../../curation/act-on-aid.ts";
import { controlOf } from "../../curation/field-controls.ts";
import { inputName } from "../../curation/read-aid-form.ts";
import { readTyped } from "../../curation/typed-value.ts";
import { type ActRoute, actRoute, CannotDo, type Done, type Form, NotFound, type Page } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { answerSentence, changePageOf, readChange } from "./change-page.tsx";
import { changeFilterOf, type FilteredQueue, nextPath, placeOf, queryOf, readQueue } from "./queue-address.ts";

const options = { who: "bizdev", act: "review.change" } as const;

/** Answers to a change that several aids have in common. */
export const changeActs: readonly ActRoute[] = [
  actRoute("/relecture/changements/:changement/accepter", options, (visit, form) => decideAll(visit, form, { kind: "accept" })),
  actRoute("/relecture/changements/:changement/refuser", options, (visit, form) => decideAll(visit, form, { kind: "refuse" })),
  actRoute("/relecture/changements/:changement/modifier", options, editAll),
];

/** Replaces the publisher's new value on all these aids by another one. */
async function editAll(visit: Visit, form: Form): Promise<Done | Page> {
  const field = fieldOfChange(param(visit, "changement"));
  if (field === null) throw new NotFound("Ce changement n’existe pas.");
  const typed = controlOf(field) === "terms" ? form.all(inputName(field)) : form.text(inputName(field));
  const read = readTyped(field, typed);
  if ("value" in read) return decideAll(visit, form, { kind: "edit", value: read.value });
  return changePageOf(visit, await readChange(visit, queueOf(form)), { isEdited: true, typed, problem: read.problem });
}

async function decideAll(visit: Visit, form: Form, decision: ChangeDecision): Promise<Done> {
  const { catalogue } = visit;
  const change = param(visit, "changement");
  const requested = queueOf(form);
  const filter = changeFilterOf(requested, visit);
  const [place, waiting] = [await placeOf(visit, requested, change), await catalogue.changeQueue.aidsWith(change, filter)];
  if (waiting.length === 0) throw await alreadyDecided(visit, change);
  const spared = unticked(form);
  const seen = Number(form.text("vu")) || 0;
  const answered = waiting.filter(({ aidId, changedAt }) => changedAt <= seen && !spared.has(aidId));
  if (answered.length === 0)
    throw new CannotDo("Aucune aide n’est cochée, ou toutes ont changé depuis : regardez ce changement à nouveau.", 409);
  const asked = { act: decision.kind, change, field: fieldOfChange(change), aids: answered.length };
  const aids = catalogue.aids.curated({ aidIds: answered.map(({ aidId }) => aidId) });
  const { plan } = await actOnAids(visit, { connector: connectorOfAll(answered), asked }, aids, (aid, curator) =>
    answerChange(aid, change, decision, curator),
  ).catch(async (error: unknown) => {
    throw error instanceof RunFailed && error.code === "world-moved" ? await alreadyDecided(visit, change) : error;
  });
  if (plan === null) throw await alreadyDecided(visit, change);
  const left = waiting.length - plan.changes;
  const leftOut = left === 0 ? "" : french` ; ${counted(left, "laissée de côté", "laissées de côté")}`;
  return {
    message: `${doneMessage(change, decision, plan.changes)}${leftOut}.`,
    to: await nextPath(visit, requested, place, { fait: plan.planId }),
    subject: null,
    details: { act: decision.kind, plan: plan.planId, aids: plan.changes },
  };
}

function queueOf(form: Form): FilteredQueue {
  return { ...readQueue(queryOf(form)), queue: "proposals" };
}

/** Returns the listed aids whose box is not ticked. */
function unticked(form: Form): ReadonlySet<string> {
  const ticked = new Set(form.all("aide"));
  const listed = form.text("montrees").split(" ");
  return new Set(listed.filter((aidId) => !ticked.has(aidId)));
}

async function alreadyDecided({ catalogue }: Visit, change: string): Promise<CannotDo> {
  const answer = await catalogue.changeQueue.lastAnswer(change);
  const who = answer === null ? french`Plus aucune aide n'attend avec ce changement.` : answerSentence(answer);
  return new CannotDo(french`${who} Rien d'autre n'a été fait.`, 409);
}

const done = { accept: "accepté", refuse: "refusé", edit: "remplacé par votre valeur" } as const;

function doneMessage(change: string, decision: ChangeDecision, count: number): string {
  const field = fieldOfChange(change);
  const about = field === null ? "" : french` (${fieldName(field)})`;
  return capitalize(french`changement${about} ${done[decision.kind]} sur ${counted(count, "aide")}`);
}
