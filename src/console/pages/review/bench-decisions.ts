import { type Answer, decideAnswer } from "../../../curation/decide-answer.ts";
import { decideReject } from "../../../curation/decide-rejection.ts";
import { fieldName } from "../../../french/fields.ts";
import { french } from "../../../french/typography.ts";
import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import { actOnAid } from "../../curation/act-on-aid.ts";
import { type ActRoute, CannotDo, type Done, type Form, type Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { benchAgain, doneOrMoved, movedBench, onlyRevision, readBenchAct, titleOf } from "./bench-answers.ts";

/** Rejects the aid of the workbench, with why. */
export async function rejectOnBench(visit: Visit, form: Form): Promise<Done | Page> {
  const act = await readBenchAct(visit, form);
  const { aid } = act;
  const seen = readRevision(form);
  if (seen !== aid.revision) return movedBench(visit, aid, form, onlyRevision(seen));
  if (aid.status !== "reviewable") throw new CannotDo("Cette aide n’est plus en attente de relecture : sa page permet de la rejeter.", 409);
  const why = form.text("motif").slice(0, 300);
  if (why === "") return benchAgain(act, { problems: { motif: "Dites pourquoi l’aide est rejetée." } });
  const result = await actOnAid(visit, aid, { kind: "reject", note: why, decide: decideReject });
  return doneOrMoved(act, { result, said: french`« ${titleOf(aid)} » est rejetée.` });
}

/** Accepts or refuses a proposal on the aid of the workbench, or all of them. */
export function answerProposals(answer: Answer): ActRoute["perform"] {
  return async (visit, form) => {
    const act = await readBenchAct(visit, form);
    const { aid, asked } = act;
    const seen = readRevision(form);
    if (seen !== aid.revision) return movedBench(visit, aid, form, onlyRevision(seen));
    const field = aidFields.find((candidate) => candidate === form.text("champ")) ?? null;
    const wanted = field === null ? null : [field];
    const result = await actOnAid(visit, aid, {
      kind: answer,
      asked: { proposals: field ?? "all" },
      decide: (each, curator) => decideAnswer(each, answer, wanted, curator),
    });
    const areLeft = field !== null && Object.keys(aid.proposals).length > 1;
    const stays = areLeft || (aid.status === "reviewable" && asked.queue !== "proposals");
    return doneOrMoved(act, { result, said: saidOf(answer, field, titleOf(aid)), details: { proposals: field ?? "all" }, stays });
  };
}

function saidOf(answer: Answer, field: AidField | null, title: string): string {
  const word = answer === "accept" ? "acceptée" : "refusée";
  if (field === null) return french`Les propositions sur « ${title} » sont ${word}s.`;
  return french`La proposition (${fieldName(field)}) sur « ${title} » est ${word}.`;
}

function readRevision(form: Form): number {
  return Number(form.text("revision")) || 0;
}
