import type { Child } from "hono/jsx";
import type { RunReport, RunStage } from "../../../model/run/run-report.ts";
import { Table } from "../../parts/table.tsx";
import { formatDuration } from "../../parts/time.ts";
import { frenchRunStage } from "./run-stages.ts";

const inOrder: readonly RunStage[] = ["fetch", "read", "plan", "apply"];

/** What took time in a run: its stages, in order, and all of it. */
export function RunStages({ report: { stageMs, durationMs } }: { readonly report: RunReport }): Child {
  const took = inOrder.flatMap((stage) => (stageMs[stage] === undefined ? [] : [{ stage, ms: stageMs[stage] }]));
  const rest = durationMs - took.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <>
      <h2 class="fr-mt-4w">Étapes</h2>
      <Table caption="Durée de chaque étape" isCaptionHidden head={["Étape", { title: "Durée", isNumber: true }]}>
        {took.map(({ stage, ms }) => (
          <Row name={frenchRunStage(stage)} ms={ms} />
        ))}
        {took.length > 0 && rest > 0 && <Row name="Mise en route et fin" ms={rest} />}
        <tr>
          <th scope="row">En tout</th>
          <td class="fr-cell--right">
            <strong>{formatDuration(durationMs)}</strong>
          </td>
        </tr>
      </Table>
    </>
  );
}

function Row({ name, ms }: { readonly name: string; readonly ms: number }): Child {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="fr-cell--right">{formatDuration(ms)}</td>
    </tr>
  );
}
