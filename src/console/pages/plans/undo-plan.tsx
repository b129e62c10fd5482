import { applyPlanPart } from "../../../curation/apply-plan-part.ts";
import { undoRun } from "../../../curation/undo-run.ts";
import { remarkMessage, undoRefusalMessage } from "../../../french/plans.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { UndoRefusal } from "../../../model/plan/objection.ts";
import { RunFailed } from "../../../model/run/run-error.ts";
import { backTo } from "../../access/sign-in.ts";
import { refusedPage } from "../../layout/refused-page.tsx";
import { Alert } from "../../parts/alert.tsx";
import { List } from "../../parts/list.tsx";
import type { Done, Form, Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { mayDecide, mayUndo, planBreadcrumb, planOf } from "./read-plan.ts";

/**
 * Creates a plan that undoes this one, and redirects to it. Nothing is undone until the new plan is applied. With the field `appliquer`,
 * applies it at once, unless it spares something that was changed since.
 */
export async function performUndo(visit: Visit, form: Form): Promise<Done | Page> {
  const { catalogue, now } = visit;
  const plan = await planOf(visit);
  const { role, name } = visitorOf(visit);
  if (!mayUndo(role, plan)) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  const undo = await undoRun(catalogue, { by: name, now }, plan);
  if ("refused" in undo) return cannotUndo(plan, undo.refused);
  const { planId, changes, remarks, isDiscarded } = undo;
  const spared = remarks === 0 ? "" : ` ${sentence(remarkMessage("spared", remarks))}`;
  const isDone = form.has("appliquer") && !isDiscarded && remarks === 0 && (await isUndone(visit, planId));
  const message = isDone
    ? french`C'est défait : ${counted(changes, "changement repris", "changements repris")}.`
    : isDiscarded
      ? french`Il n'y a plus rien à défaire : tout ce que ce plan avait fait a été modifié depuis.`
      : french`Plan inverse prêt : ${counted(changes, "changement")}. Rien n'est défait avant que vous ne l'appliquiez.${spared}`;
  return {
    message,
    to: isDone ? backTo(form, `/plans/${planId}`) : `/plans/${planId}`,
    subject: `plan ${plan.planId}`,
    details: { undo: planId, connector: plan.connector, changes, spared: remarks },
  };
}

/** Applies the plan that undoes another one. Returns false if it has to be read first. */
async function isUndone(visit: Visit, planId: string): Promise<boolean> {
  const { catalogue, now } = visit;
  const { name: by, role } = visitorOf(visit);
  const undo = await catalogue.plans.find(planId);
  if (undo === null || !(await mayDecide(catalogue, role, undo))) return false;
  try {
    return !("refused" in (await applyPlanPart(catalogue, planId, { by, now }, {})));
  } catch (error) {
    if (error instanceof RunFailed) return false;
    throw error;
  }
}

function cannotUndo(plan: Parameters<typeof planBreadcrumb>[0], refusal: UndoRefusal): Page {
  const { by } = refusal.params;
  return {
    title: "Ce plan ne se défait pas",
    status: 409,
    breadcrumb: planBreadcrumb(plan),
    content: (
      <>
        <h1>Ce plan ne se défait pas</h1>
        <Alert kind="error" isAnnounced text={sentence(undoRefusalMessage(refusal))} />
        <List
          items={[
            by !== undefined && <a href={`/plans/${by}`}>Voir le plan qui défait celui-ci</a>,
            <a href={`/plans/${plan.planId}`}>Revenir au plan</a>,
          ]}
        />
      </>
    ),
  };
}
