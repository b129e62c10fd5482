import type { Child } from "hono/jsx";
import { counted, french } from "../../../texts/fr-typography.ts";
import { RunBadge } from "../../parts/badge.tsx";
import { shownNumber, Table } from "../../parts/table.tsx";
import { shortTime } from "../../parts/time.ts";
import { StateBadge } from "../connectors/state-badge.tsx";
import type { PublisherConnector } from "./read-connectors.ts";

/** The connectors of a publisher: how they stand, their last run, their aids, the score of their last letter. */
export function PublisherConnectors(given: { readonly connectors: readonly PublisherConnector[]; readonly isPartner: boolean }): Child {
  const { connectors, isPartner } = given;
  return (
    <section class="fr-mb-4w">
      <h2>Ses flux</h2>
      {connectors.length === 0 ? (
        <p>Aucun connecteur ne lit encore ses aides.</p>
      ) : (
        <Table
          caption={counted(connectors.length, "connecteur")}
          head={[
            "Connecteur",
            "État",
            "Dernière collecte",
            { title: "En ligne", isNumber: true },
            { title: "À relire", isNumber: true },
            { title: "Note de sa dernière lettre", isNumber: true },
          ]}
        >
          {connectors.map(({ row, live, inReview, score }) => (
            <tr>
              <td>
                <a href={`/connecteurs/${row.id}`}>{row.id}</a>
              </td>
              <td>
                <StateBadge row={row} />
                {isPartner && row.state === "draft" && live + inReview > 0 && <StartCollecting id={row.id} />}
              </td>
              <td>
                <LastRun row={row} />
              </td>
              <td class="fr-cell--right">{shownNumber(live)}</td>
              <td class="fr-cell--right">{shownNumber(inReview)}</td>
              <td class="fr-cell--right">{score === null ? "" : french`${score} / 100`}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

/** Its first run is applied, and no other comes by itself: a draft is not read at night. */
function StartCollecting({ id }: { readonly id: string }): Child {
  return (
    <div>
      {french`pas encore collecté de lui-même : `}
      <a href={`/connecteurs/${id}/definition/collecte`}>
        l’activer<span class="fr-sr-only">{` (${id})`}</span>
      </a>
    </div>
  );
}

function LastRun({ row: { standing } }: Pick<PublisherConnector, "row">): Child {
  if (standing?.runId == null) return "jamais collecté";
  return (
    <>
      <RunBadge state="ended" outcome={standing.outcome} />{" "}
      <a href={`/collectes/${standing.runId}`}>{standing.startedAt === null ? "voir" : shortTime(new Date(standing.startedAt))}</a>
    </>
  );
}
