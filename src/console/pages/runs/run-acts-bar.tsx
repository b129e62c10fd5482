import type { Child } from "hono/jsx";
import { ActButton, ActForm, TextField } from "../../parts/form.tsx";
import type { RunView } from "./read-run-view.ts";

/** What may be done about a run now, by who looks. */
export function RunActs({ view, csrf }: { readonly view: RunView; readonly csrf: string }): Child {
  const { run, mayAct, publisher, isSnapshotKept } = view;
  if (!mayAct) return null;
  const address = `/collectes/${run.runId}`;
  if (run.state !== "ended")
    return <ActButton action={`${address}/annuler`} csrf={csrf} label="Arrêter cette collecte" icon="fr-icon-stop-circle-line" size="md" />;
  const canReplay = isSnapshotKept && publisher !== null;
  const canUndo = mayUndo(view);
  if (!canReplay && !canUndo) return null;
  return (
    <>
      <h2 class="fr-sr-only">Agir</h2>
      {canReplay && (
        <>
          <ActButton action={`${address}/rejouer`} csrf={csrf} label="Rejouer ce flux à l’essai" icon="fr-icon-refresh-line" size="md" />
          <p class="moisson-mention">
            Rejouer lit le même flux avec le connecteur et les correspondances d’aujourd’hui, et prépare un plan sans rien écrire.
          </p>
        </>
      )}
      {canUndo && (
        <details class="fr-mb-3w">
          <summary>Défaire cette collecte</summary>
          <ActForm action={`${address}/defaire`} csrf={csrf}>
            <p>
              Un plan est préparé, qui reprend ce que cette collecte a fait au catalogue ; ce qu’une personne ou une collecte plus récente a
              touché depuis est laissé tel quel. Rien n’est défait avant que ce plan soit appliqué, à la page suivante.
            </p>
            <TextField name="note" label="Pourquoi la défaire" required={false} maxlength={500} />
            <button type="submit" class="fr-btn fr-btn--secondary">
              Préparer le plan qui la défait
            </button>
          </ActForm>
        </details>
      )}
    </>
  );
}

/** False where it is known that there is nothing to undo; what only the catalogue knows is said when it is asked for. */
function mayUndo({ run, plan, undo }: RunView): boolean {
  return plan !== null && plan.appliedAt !== null && plan.undoneBy === null && run.undoneAt === null && undo?.state !== "open";
}
