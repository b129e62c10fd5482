import type { Child } from "hono/jsx";
import { counted } from "../../../french/typography.ts";
import { Pager } from "../../lists/pager.tsx";
import { RunBadge } from "../../parts/badge.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { Trend } from "../../parts/trend.tsx";
import type { Visit } from "../../visit.ts";
import { type ConnectorRow, type ConnectorWithTrend, withTrends } from "../connectors/connector-rows.ts";
import { isOps, RowsForm, RunButtons } from "../connectors/run-buttons.tsx";
import { StateBadge } from "../connectors/state-badge.tsx";

const rowsPerPage = 100;
const number = (title: string) => ({ title, isNumber: true });

/** Renders all connectors with their last run, 100 per page. */
export async function ConnectorTable({ visit, rows }: { readonly visit: Visit; readonly rows: readonly ConnectorRow[] }): Promise<Child> {
  const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
  const page = Math.min(pages, Math.max(1, Number.parseInt(visit.query.get("page") ?? "1", 10) || 1));
  const shown = await withTrends(visit, rows.slice((page - 1) * rowsPerPage, page * rowsPerPage));
  const mayAct = isOps(visit);
  const head = [
    "Connecteur",
    "Dernière collecte",
    number("Reçus"),
    number("Rejetés"),
    number("Créées"),
    number("Modifiées"),
    number("Retirées"),
    "30 dernières",
    "Prochaine",
  ];
  return (
    <section id="connecteurs">
      <h2>Tous les connecteurs</h2>
      <RowsForm visit={visit} back={page === 1 ? "/" : `/?page=${page}`}>
        <Table caption={counted(rows.length, "connecteur")} head={mayAct ? [...head, "Agir"] : head}>
          {shown.map((row) => (
            <tr>
              <td class="moisson-whole-words">
                <a href={`/connecteurs/${row.id}`}>{row.publisher}</a> {row.state !== "active" && <StateBadge row={row} />}
              </td>
              <LastRun row={row} />
              <td>
                <Trend runs={row.trend.outcomes.map((outcome) => ({ outcome }))} />
              </td>
              <td class="moisson-unbroken">{row.next === null ? "" : formatShortDateTime(row.next)}</td>
              {mayAct && (
                <td>
                  <RunButtons row={row} />
                </td>
              )}
            </tr>
          ))}
        </Table>
      </RowsForm>
      <Pager path="/" page={page} pages={pages} query={(more) => new URLSearchParams(more).toString()} />
    </section>
  );
}

function LastRun({ row: { standing, trend } }: { readonly row: ConnectorWithTrend }): Child {
  const counts = [trend.created, trend.updated, trend.withdrawn];
  return (
    <>
      <td>
        {standing?.open != null && <RunBadge state={standing.open} />}{" "}
        {standing?.runId != null && (
          <>
            <RunBadge {...trend} {...standing} state="ended" />{" "}
            <a class="moisson-unbroken" href={`/collectes/${standing.runId}`}>
              {standing.startedAt === null ? "" : formatShortDateTime(new Date(standing.startedAt))}
            </a>
          </>
        )}
      </td>
      <td class="fr-cell--right">{trend.received === null ? "" : formatNumber(trend.received)}</td>
      <td class="fr-cell--right">
        {standing?.runId != null && (trend.rejected ?? 0) > 0 ? (
          <a href={`/collectes/${standing.runId}/rejets`}>{formatNumber(trend.rejected ?? 0)}</a>
        ) : (
          trend.rejected
        )}
      </td>
      {counts.map((count) => (
        <td class="fr-cell--right">{count === null ? "" : formatNumber(count)}</td>
      ))}
    </>
  );
}
