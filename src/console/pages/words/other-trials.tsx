import type { Child } from "hono/jsx";
import type { WordTrial } from "../../../catalogue/connectors/word-repository.ts";
import { Table } from "../../parts/table.tsx";
import { TrialWords } from "./trial-row.tsx";

/** Their versions count; what they do to the aids waits for somebody. */
export function KeptTrials({ trials }: { readonly trials: readonly WordTrial[] }): Child {
  if (trials.length === 0) return null;
  return (
    <>
      <h2>Enregistré, pas encore appliqué</h2>
      <Table caption="Décisions enregistrées dont le plan attend" isCaptionHidden head={["Connecteur", "Par", "Décisions", "Plan"]}>
        {trials.map((trial) => (
          <tr>
            <th scope="row">{trial.connector}</th>
            <td>{trial.by}</td>
            <td>
              <TrialWords trial={trial} />
            </td>
            <td>
              <a href={`/plans/${trial.planId}`}>
                Plan à décider<span class="fr-sr-only"> de {trial.connector}</span>
              </a>
              {trial.guards.length > 0 && " (retenu par un garde-fou)"}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

/** What others try: they keep it, or whoever opens it. */
export function OthersTrials({ trials }: { readonly trials: readonly WordTrial[] }): Child {
  if (trials.length === 0) return null;
  return (
    <>
      <h2>Essais d’autres personnes</h2>
      <Table caption="Essais d’autres personnes" isCaptionHidden head={["Connecteur", "Par", "Décisions", "Essai"]}>
        {trials.map((trial) => (
          <tr>
            <th scope="row">{trial.connector}</th>
            <td>{trial.by}</td>
            <td>
              <TrialWords trial={trial} />
            </td>
            <td>
              <a href={`/connecteurs/${trial.connector}/essais/${trial.runId}`}>
                Voir l’essai<span class="fr-sr-only"> de {trial.connector}</span>
              </a>
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}
