import { decidePublish } from "../../../curation/decide-publication.ts";
import { french, sentence } from "../../../french/typography.ts";
import { actOnAid } from "../../curation/act-on-aid.ts";
import { findAid } from "../../curation/find-aid.ts";
import { readAidForm } from "../../curation/read-aid-form.ts";
import { saveAidForm } from "../../curation/save-aid-form.ts";
import type { ActRoute, Done, Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { subjectOf } from "../aids/perform-aid-act.ts";
import { benchAgain, doneOrMoved, movedBench, readBenchAct, titleOf } from "./bench-answers.ts";
import { answerProposals, rejectOnBench } from "./bench-decisions.ts";
import { benchPath, queryOf } from "./queue-address.ts";
import { asItIs } from "./title-advice.tsx";
import { whyUnpublishable } from "./why-unpublishable.ts";

/** What is done on the workbench. All of it is over the revision that the person saw: what somebody else did meanwhile is told, and never overwritten. */
export const benchActs: readonly ActRoute[] = [
  { method: "post", path: "/relecture/:aide/enregistrer", who: "bizdev", act: "aid.edit", perform: save },
  { method: "post", path: "/relecture/:aide/publier", who: "bizdev", act: "aid.publish", perform: publish },
  { method: "post", path: "/relecture/:aide/rejeter", who: "bizdev", act: "aid.reject", perform: rejectOnBench },
  { method: "post", path: "/relecture/:aide/accepter", who: "bizdev", act: "aid.accept", perform: answerProposals("accept") },
  { method: "post", path: "/relecture/:aide/refuser", who: "bizdev", act: "aid.refuse", perform: answerProposals("refuse") },
];

async function save(visit: Visit, form: Form): Promise<Done | Page> {
  const { aid, asked } = await readBenchAct(visit, form);
  const read = readAidForm(form);
  const saved = await saveAidForm(visit, aid, read);
  if ("problems" in saved) return benchAgain({ visit, form, aid }, { typed: read.typed, problems: saved.problems });
  if ("moved" in saved) return movedBench(visit, saved.moved, form, read);
  const { planId, cautions } = saved;
  return {
    message: planId === null ? "Rien n’avait changé dans le formulaire." : ["Enregistré.", ...cautions.map(sentence)].join(" "),
    to: benchPath(aid.aidId, asked, {
      ...(planId !== null && { fait: planId, sur: aid.aidId }),
      ...(queryOf(form).has("tout") && { tout: "1" }),
    }),
    subject: subjectOf(aid),
    details: { fields: Object.keys(read.values), ...(planId !== null && { plan: planId }) },
  };
}

async function publish(visit: Visit, form: Form): Promise<Done | Page> {
  const act = await readBenchAct(visit, form);
  const { aid } = act;
  const read = readAidForm(form);
  if (read.revision !== aid.revision) return movedBench(visit, aid, form, read);
  // Looked at before anything is saved, so that what cannot be published is not half done.
  const problems = { ...whyUnpublishable(aid, read, form.has(asItIs)), ...read.problems };
  if (Object.keys(problems).length > 0) return benchAgain(act, { typed: read.typed, problems });
  const saved = await saveAidForm(visit, aid, read);
  if ("problems" in saved) return benchAgain(act, { typed: read.typed, problems: saved.problems });
  if ("moved" in saved) return movedBench(visit, saved.moved, form, read);
  const edited = saved.planId === null ? aid : await findAid(visit, aid.aidId);
  // Somebody came between the two plans: what nobody here has seen is not published.
  if (saved.planId !== null && edited.revision !== aid.revision + 1)
    return movedBench(visit, edited, form, { ...read, revision: aid.revision + 1 });
  const result = await actOnAid(visit, edited, { kind: "publish", decide: decidePublish });
  return doneOrMoved(
    { ...act, aid: edited },
    { result, said: french`« ${titleOf(edited)} » est publiée.`, details: { fields: Object.keys(read.values) } },
  );
}
