import type { Child } from "hono/jsx";
import { isUuid } from "../../../catalogue/store.ts";
import { undoAtOnce } from "../../curation/undo-at-once.ts";
import { ActButton } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo } from "../../route.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { queryOf, queuePath, queueQuery, readQueue, reviewPath } from "./queue-address.ts";

/** Offers to undo the last action (`?fait=<plan>`): on the page of its aid (`&sur=<aide>`), or of several aids at once. */
export function UndoLast({ visit }: { readonly visit: Visit }): Child {
  const plan = idIn(visit, "fait");
  const aidId = idIn(visit, "sur");
  if (plan === null) return null;
  return (
    <div class="moisson-bar__undo">
      {mayCurate(visit) && (
        <ActButton
          action={aidId === null ? "/relecture/annuler" : `/aides/${aidId}/annuler`}
          csrf={visit.csrf}
          label="Annuler ce qui vient d’être fait"
          kind="tertiary"
          icon="fr-icon-arrow-go-back-line"
          fields={{ plan, ...(aidId === null && { file: queueQuery(readQueue(visit.query)) }) }}
        />
      )}
      <a class="fr-link" href={`/plans/${plan}`}>
        Voir ce qui vient d’être fait
      </a>
    </div>
  );
}

/** Undoes an action on several aids, and returns to the change, or to the list. */
export const undoMany = actRoute("/relecture/annuler", { who: "bizdev", act: "review.undo" }, async (visit, form) => {
  const planId = form.text("plan");
  const plan = isUuid(planId) ? await visit.catalogue.plans.find(planId) : null;
  if (plan === null || plan.origin !== "curator") throw new CannotDo("Ce qui est à annuler ici n’a pas été fait à la main.");
  const undone = await undoAtOnce(visit, plan);
  const requested = readQueue(queryOf(form));
  const change = plan.asked?.change;
  return {
    message: undone.message,
    to: typeof change === "string" ? reviewPath(change, requested) : queuePath(requested),
    subject: `plan ${plan.planId}`,
    details: { undid: plan.planId, plan: undone.planId },
  };
});

function idIn({ query }: Visit, name: string): string | null {
  const id = query.get(name) ?? "";
  return isUuid(id) ? id : null;
}
