import { undoRun } from "../../../curation/undo-run.ts";
import { remarkMessage, undoRefusalMessage } from "../../../french/plans.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { UndoRefusal } from "../../../model/plan/objection.ts";
import { refusedPage } from "../../layout/refused-page.tsx";
import { Alert } from "../../parts/alert.tsx";
import type { Done, Page } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { mayUndo, planBreadcrumb, planOf } from "./read-plan.ts";

/** Creates a plan that undoes this one, and redirects to it. Nothing is undone until the new plan is applied. */
export async function performUndo(visit: Visit): Promise<Done | Page> {
  const { catalogue, now } = visit;
  const plan = await planOf(visit);
  const { role, name } = visitorOf(visit);
  if (!mayUndo(role, plan)) return refusedPage({ code: "not-yours", needed: "ops" }, visit);
  const undo = await undoRun(catalogue, { by: name, now }, plan);
  if ("refused" in undo) return cannotUndo(plan, undo.refused);
  const { planId, changes, remarks, isDiscarded } = undo;
  const spared = remarks === 0 ? "" : ` ${sentence(remarkMessage("spared", remarks))}`;
  const message = isDiscarded
    ? french`Il n'y a plus rien à défaire : tout ce que ce plan avait fait a été modifié depuis.`
    : french`Plan inverse prêt : ${counted(changes, "changement")}. Rien n'est défait avant que vous ne l'appliquiez.${spared}`;
  return {
    message,
    to: `/plans/${planId}`,
    subject: `plan ${plan.planId}`,
    details: { undo: planId, connector: plan.connector, changes, spared: remarks },
  };
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
        <Alert kind="error" isAnnounced>
          <p>{sentence(undoRefusalMessage(refusal))}</p>
        </Alert>
        <ul>
          {by !== undefined && (
            <li>
              <a href={`/plans/${by}`}>Voir le plan qui défait celui-ci</a>
            </li>
          )}
          <li>
            <a href={`/plans/${plan.planId}`}>Revenir au plan</a>
          </li>
        </ul>
      </>
    ),
  };
}
