import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { french, sentence } from "../../../french/typography.ts";
import { type AidAct, actOnAid, nameOf } from "../../curation/act-on-aid.ts";
import { CannotDo, type Done, type Form } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** Address of the page of an aid. `done`: the plan of what was just done, which the page offers to undo. */
export function aidPath(aidId: string, done?: string): string {
  return `/aides/${aidId}${done === undefined ? "" : `?fait=${done}`}`;
}

/** What the audit trail calls an aid. */
export function subjectOf(aid: CuratedAid): string {
  return `aide ${nameOf(aid)}`;
}

/**
 * Does something to an aid that the visitor saw at the revision of the form, and says so.
 * @throws CannotDo where it makes no sense, or somebody else was first
 */
export async function performAidAct(visit: Visit, aid: CuratedAid, form: Form, act: AidAct & { readonly done: string }): Promise<Done> {
  if (Number(form.text("revision")) !== aid.revision) throw hasMoved();
  const result = await actOnAid(visit, aid, act);
  if ("moved" in result) throw hasMoved();
  if ("refused" in result) throw new CannotDo(sentence(result.refused));
  return doneWith(aid, result.planId, act.done, result.cautions);
}

/** What was done to an aid by a plan, with what there is to know of it. */
export function doneWith(aid: CuratedAid, planId: string, said: string, cautions: readonly string[]): Done {
  return {
    message: [said, ...cautions.map(sentence)].join(" "),
    to: aidPath(aid.aidId, planId),
    subject: subjectOf(aid),
    details: { plan: planId },
  };
}

/** Somebody else was first. */
export function hasMoved(): CannotDo {
  return new CannotDo(
    french`Cette aide a changé pendant que vous la regardiez : rien n’a été fait. Revenez à sa page, relisez-la, et recommencez.`,
    409,
  );
}
