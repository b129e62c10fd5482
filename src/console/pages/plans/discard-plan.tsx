import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { changeKindName } from "../../../french/plans.ts";
import { capitalize, counted, french, isPlural } from "../../../french/typography.ts";
import { changeKinds } from "../../../model/plan/plan.ts";
import { backTo } from "../../access/sign-in.ts";
import { refusedPage } from "../../layout/refused-page.tsx";
import { ActForm } from "../../parts/form-controls.tsx";
import { CannotDo, type Done, type Form, type Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { NoteAndButtons, refuseClosed } from "./apply-plan.tsx";
import { mayDecide, planBreadcrumb, planOf, titleOfPlan, totalOf } from "./read-plan.ts";

/** Renders the page that asks for confirmation before a plan, or the rest of it, is discarded. */
export async function confirmDiscard(visit: Visit): Promise<Page> {
  const { catalogue, csrf } = visit;
  const plan = await planOf(visit);
  if (!(await mayDecide(catalogue, visitorOf(visit).role, plan))) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  refuseClosed(plan);
  const left = await catalogue.plans.countLeft(plan.planId);
  const isPart = plan.state === "part-applied";
  const title = isPart ? "Écarter le reste du plan" : "Écarter le plan";
  const kinds = changeKinds.flatMap((kind) => (left[kind] === undefined ? [] : [`${changeKindName(kind)} (${left[kind]})`]));
  const content = (
    <>
      <h1>{title}</h1>
      <p>{titleOfPlan(plan)}</p>
      <p>
        {totalOf(left) === 0
          ? capitalize(staysMessage(plan))
          : french`${counted(totalOf(left), "changement ne sera pas appliqué", "changements ne seront pas appliqués")}${kinds.length === 0 ? "" : french` : ${kinds.join(", ")}`}.`}
      </p>
      <p>
        {isPart
          ? "Ce qui est déjà appliqué reste. La prochaine collecte relira le flux et proposera de nouveau ce qui diffère."
          : "Le catalogue reste tel qu’il est. Un plan écarté ne s’applique plus ; une prochaine collecte en prépare un autre si son flux diffère encore."}
      </p>
      <ActForm action={`/plans/${plan.planId}/ecarter`} csrf={csrf}>
        <NoteAndButtons hint="Pourquoi : elle reste avec le plan." note="" button={title} back={`/plans/${plan.planId}`} />
      </ActForm>
    </>
  );
  return { title, content, breadcrumb: planBreadcrumb(plan) };
}

export async function performDiscard(visit: Visit, form: Form): Promise<Done | Page> {
  const { catalogue, now } = visit;
  const plan = await planOf(visit);
  const { role, name } = visitorOf(visit);
  if (!(await mayDecide(catalogue, role, plan))) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  refuseClosed(plan);
  const left = totalOf(await catalogue.plans.countLeft(plan.planId));
  const note = form.text("note").slice(0, 500);
  const isClosed = await catalogue.plans.close(plan.planId, "discarded", { now, by: name, ...(note !== "" && { note }) });
  if (!isClosed) {
    refuseClosed(await planOf(visit));
    throw new CannotDo("Quelqu’un d’autre vient de décider de ce plan.", 409);
  }
  return {
    message:
      left === 0
        ? french`Écarté : ${staysMessage(plan)}`
        : french`Plan écarté : ${counted(left, "changement n’est pas appliqué", "changements ne sont pas appliqués")}.`,
    to: backTo(form, `/plans/${plan.planId}`),
    subject: `plan ${plan.planId}`,
    details: { connector: plan.connector, left, ...(note !== "" && { note }) },
  };
}

/** Returns what becomes of the aids that a plan without changes would only note as missing from the feed. */
function staysMessage({ counts: { missing } }: PlanRecord): string {
  if (missing === 0) return "le catalogue reste tel qu’il est.";
  return isPlural(missing) ? french`les ${missing} aides restent au catalogue.` : french`l'aide reste au catalogue.`;
}
