import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { french } from "../../../french/typography.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import { ActButton, ActForm, SubmitButton, TextArea } from "../../parts/form-controls.tsx";
import { type Answer, CannotDo, type Done, type Form } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { refuseClosed } from "./apply-plan.tsx";
import { mayDecide, planOf } from "./read-plan.ts";

/** Max characters of the note. */
const maxNote = 500;

/**
 * Renders the form with which bizdev asks ops to apply the open plan of a run, or a button that withdraws the request. Renders nothing for
 * a person who may apply the plan, or may only read.
 */
export async function ApplyRequest({ visit, plan }: { readonly visit: Visit; readonly plan: PlanRecord }): Promise<Child> {
  const { planId, origin, applyRequest } = plan;
  const { role } = visitorOf(visit);
  if (origin !== "run" || role === null || !mayAs(role, "bizdev") || (await mayDecide(visit.catalogue, role, plan))) return null;
  if (applyRequest !== null) {
    return <ActButton action={`/plans/${planId}/retirer-demande`} csrf={visit.csrf} label="Retirer la demande d’appliquer" />;
  }
  return (
    <ActForm action={`/plans/${planId}/demander`} csrf={visit.csrf}>
      <TextArea
        name="note"
        label="Note pour l’équipe"
        hint="Ce que vous avez relu, par exemple."
        rows={2}
        maxlength={maxNote}
        required={false}
      />
      <SubmitButton label="Demander à l’équipe d’appliquer" />
    </ActForm>
  );
}

/** Stores the request. If there is one already, leaves it as it is. */
export async function performRequest(visit: Visit, form: Form): Promise<Done | Answer> {
  const { catalogue, now } = visit;
  const plan = await planOf(visit);
  const { role, name } = visitorOf(visit);
  refuseClosed(plan);
  if (plan.origin !== "run") throw new CannotDo("Seule l’application du plan d’une collecte se demande.");
  if (await mayDecide(catalogue, role, plan)) throw new CannotDo("Vous pouvez appliquer ce plan : aucune demande n’est nécessaire.");
  const note = form.text("note").slice(0, maxNote);
  const isStored = await catalogue.plans.requestApply(plan.planId, { by: name, at: now.toISOString(), note: note === "" ? null : note });
  return doneOf(plan, isStored, french`Votre demande est notée : l’équipe la trouve à la page « Dernière nuit » et dans la page du matin.`);
}

/** Deletes the request, if there is one. */
export async function performWithdrawal(visit: Visit): Promise<Done | Answer> {
  const plan = await planOf(visit);
  return doneOf(plan, await visit.catalogue.plans.withdrawRequest(plan.planId), "La demande est retirée.");
}

/** Returns the completed act, or only the way back to the plan if nothing has changed. */
function doneOf({ planId, connector }: PlanRecord, hasChanged: boolean, message: string): Done | Answer {
  const to = `/plans/${planId}`;
  return hasChanged ? { to, message, subject: `plan ${planId}`, details: { connector } } : { to };
}
