import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import type { PlanTrial } from "../../../curation/trial-of-plan.ts";
import { Alert } from "../../parts/alert.tsx";
import type { Page } from "../../route.ts";
import { trailTo } from "./read-plan.ts";

/** The plan of a change that is only tried: it is kept first, or the next run would take back what the plan had done. */
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

/** Where such a plan was to be applied all the same. */
export function keepFirstPage(plan: PlanRecord, trial: PlanTrial): Page {
  return {
    title: "Ce plan ne s’applique pas encore",
    status: 409,
    breadcrumb: trailTo(plan),
    content: (
      <>
        <h1>Ce plan ne s’applique pas encore</h1>
        <KeepFirst trial={trial} />
      </>
    ),
  };
}
