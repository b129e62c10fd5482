import type { Child } from "hono/jsx";
import type { PlanTrial } from "../../../curation/apply-plan-part.ts";
import { Alert } from "../../parts/alert.tsx";
import type { Page } from "../../route.ts";
import { type NamedPlan, planBreadcrumb } from "./read-plan.ts";

/** Explains that the tried change must be saved before its plan is applied; otherwise the next run would revert the plan. */
export function KeepFirst({ trial: { connector, runId } }: { readonly trial: PlanTrial }): Child {
  return (
    <Alert kind="info">
      <p>
        Ce plan vient de l’essai d’un changement que personne n’a enregistré : la prochaine collecte reprendrait ce qu’il aurait fait. Il
        s’applique une fois le changement enregistré.
      </p>
      <p>
        <a href={`/connecteurs/${connector}/essais/${runId}`}>Voir l’essai, et l’enregistrer</a>
      </p>
    </Alert>
  );
}

/** Returns the page that explains why the plan of an unsaved trial cannot be applied. */
export function keepFirstPage(plan: NamedPlan, trial: PlanTrial): Page {
  return {
    title: "Ce plan ne s’applique pas encore",
    status: 409,
    breadcrumb: planBreadcrumb(plan),
    content: (
      <>
        <h1>Ce plan ne s’applique pas encore</h1>
        <KeepFirst trial={trial} />
      </>
    ),
  };
}
