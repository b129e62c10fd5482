import type { Child } from "hono/jsx";
import type { ListedRun } from "../../../catalogue/runs/overview-repository.ts";
import { counted, joinedWithAnd } from "../../../french/typography.ts";
import { RunBadge } from "../../parts/badge.tsx";
import { Link, ParagraphLink } from "../../parts/link.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { formatDuration, formatShortDateTime } from "../../parts/time.ts";
import { Trend, trendMessage } from "../../parts/trend.tsx";

const number = (title: string) => ({ title, isNumber: true });

/** Runs in the table. The chart has more. */
const runsShown = 10;

/** The last runs of a connector: a bar chart of received records, and a table with the newest run first. */
export function ConnectorRuns({ runs, id }: { readonly runs: readonly ListedRun[]; readonly id: string }): Child {
  if (runs.length === 0) return <p>Aucune collecte n’a encore eu lieu.</p>;
  const ended = runs.filter(({ state }) => state === "ended").toReversed();
  const trend = ended.map((run) => ({ ...run, size: run.received }));
  return (
    <>
      {trend.length > 0 && (
        <figure class="fr-mb-3w">
          <Trend runs={trend} barWidth={12} height={64} />
          <figcaption class="moisson-mention">
            Enregistrements reçus, de la plus ancienne à la plus récente. {trendMessage(trend)}.
          </figcaption>
        </figure>
      )}
      <Table
        caption={counted(Math.min(runs.length, runsShown), "dernière collecte", "dernières collectes")}
        head={[
          "Début",
          "Résultat",
          number("Reçus"),
          number("Rejetés"),
          number("Créées"),
          number("Modifiées"),
          number("Retirées"),
          "Demandée par",
          number("Durée"),
        ]}
        rows={runs
          .slice(0, runsShown)
          .map((run) => [
            <a href={`/collectes/${run.runId}`}>{formatShortDateTime(run.startedAt)}</a>,
            [<RunBadge {...run} />, <Noted run={run} />],
            ...[run.received, run.rejected, run.created, run.updated, run.withdrawn].map((count) =>
              count === null ? "" : formatNumber(count),
            ),
            run.askedBy === "schedule" ? "le calendrier" : run.askedBy,
            run.durationMs === null ? "" : formatDuration(run.durationMs),
          ])}
      />
      <ParagraphLink href={`/collectes?connecteur=${id}`} label="Toutes ses collectes" />
    </>
  );
}

/** Renders the number of warnings and repairs of a run, linked to them. */
function Noted({ run: { runId, warnings, repairs } }: { readonly run: ListedRun }): Child {
  const parts = [
    ...((warnings ?? 0) > 0 ? [counted(warnings ?? 0, "avertissement")] : []),
    ...((repairs ?? 0) > 0 ? [counted(repairs ?? 0, "réparation")] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <div>
      <Link href={`/collectes/${runId}#attention`} label={joinedWithAnd(parts)} icon="fr-link--sm" />
    </div>
  );
}
