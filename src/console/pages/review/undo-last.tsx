import type { Child } from "hono/jsx";
import { ActButton } from "../../parts/form.tsx";
import { mayCurate, type Visit } from "../../visit.ts";

/** Offers to undo the last action (`?fait=<plan>`): with a button if it changed one aid (`&sur=<aide>`), otherwise on the page of its plan. */
export function UndoLast({ visit }: { readonly visit: Visit }): Child {
  const plan = idIn(visit, "fait");
  const aidId = idIn(visit, "sur");
  if (plan === null) return null;
  return (
    <div class="fr-mt-2w">
      {aidId !== null && mayCurate(visit) && (
        <ActButton
          action={`/aides/${aidId}/annuler`}
          csrf={visit.csrf}
          label="Annuler ce qui vient d’être fait"
          kind="tertiary"
          icon="fr-icon-arrow-go-back-line"
          fields={{ plan }}
        />
      )}
      <a class="fr-link" href={`/plans/${plan}`}>
        {aidId === null ? "Voir ou défaire ce qui vient d’être fait" : "Voir ce qui vient d’être fait"}
      </a>
    </div>
  );
}

function idIn({ query }: Visit, name: string): string | null {
  const id = query.get(name) ?? "";
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
}
