import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { french, sentence } from "../../../french/typography.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { type AidAct, actOnAid, findAid, nameOf, undoAtOnce } from "../../curation/act-on-aid.ts";
import { actRoute, CannotDo, type Done, type Form, type Page } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** Returns the URL of an aid's page. `done`: id of the plan just applied, which the page offers to undo. */
export function aidPath(aidId: string, done?: string): string {
  return `/aides/${aidId}${done === undefined ? "" : `?fait=${done}`}`;
}

/** Returns the name of an aid in the audit trail. */
export function subjectOf(aid: CuratedAid): string {
  return `aide ${nameOf(aid)}`;
}

/** Performs an action on the revision that the visitor saw. Throws `CannotDo` if it does not apply, or if somebody else has changed the aid. */
export async function performAidAct(visit: Visit, aid: CuratedAid, form: Form, act: AidAct & { readonly done: string }): Promise<Done> {
  if (Number(form.text("revision")) !== aid.revision) throw hasMoved();
  const result = await actOnAid(visit, aid, act);
  if ("moved" in result) throw hasMoved();
  if ("refused" in result) throw new CannotDo(sentence(result.refused));
  return doneWith(aid, result.planId, act.done, result.cautions);
}

/** Returns the completed act: a plan was applied to an aid. `cautions`: warnings for the visitor. */
export function doneWith(aid: CuratedAid, planId: string, message: string, cautions: readonly string[]): Done {
  return {
    message: [message, ...cautions.map(sentence)].join(" "),
    to: aidPath(aid.aidId, planId),
    subject: subjectOf(aid),
    details: { plan: planId },
  };
}

/** Returns the refusal for an aid that somebody else has changed meanwhile. */
function hasMoved(): CannotDo {
  return new CannotDo(
    french`Cette aide a changé pendant que vous la regardiez : rien n’a été fait. Revenez à sa page, relisez-la, et recommencez.`,
    409,
  );
}

const maxTitleLength = 60;

/** Returns the breadcrumb of the pages below an aid. */
export function aidBreadcrumb(aid: CuratedAid): NonNullable<Page["breadcrumb"]> {
  const title = String(shownValue(aid, "name"));
  return [
    { title: "Catalogue", href: "/aides" },
    {
      title: title.length <= maxTitleLength ? title : `${title.slice(0, maxTitleLength).trimEnd()}…`,
      language: aid.imported.language,
      href: `/aides/${aid.aidId}`,
    },
  ];
}

/** Undoes a person's plan on an aid, and applies the undo at once. Later changes stay. */
export const undoAidAct = actRoute("/aides/:aide/annuler", { who: "bizdev", act: "aid.undo" }, async (visit, form) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const plan = await personsPlan(visit, aid, form.text("plan"));
  const { message, planId } = await undoAtOnce(visit, plan);
  return { message, to: aidPath(aid.aidId), subject: subjectOf(aid), details: { undid: plan.planId, plan: planId } };
});

/** Returns a person's plan that changed only this aid. Throws `CannotDo` for others: a plan of several aids is undone on its own page. */
async function personsPlan({ catalogue }: Visit, aid: CuratedAid, planId: string) {
  const isOfAid = (await catalogue.history.list(aid.aidId)).some((revision) => revision.planId === planId);
  const plan = isOfAid ? await catalogue.plans.find(planId) : null;
  if (plan === null || plan.origin !== "curator") throw new CannotDo("Ce qui est à annuler ici n’a pas été fait à la main sur cette aide.");
  if ((await catalogue.history.countRevisions(planId)) > 1)
    throw new CannotDo(french`Ce changement concerne plusieurs aides à la fois : il se défait depuis la page de son plan.`);
  return plan;
}
