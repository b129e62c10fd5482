import type { ListedRun } from "../../../catalogue/runs/overview-repository.ts";
import { counted } from "../../../french/typography.ts";
import { outcomes } from "../../../model/run/run-error.ts";
import { connectorColumn, connectorFilter } from "../../lists/connector-column.tsx";
import { listRoutes } from "../../lists/list-routes.tsx";
import { outcomeLabel, RunBadge, runLabel } from "../../parts/badge.tsx";
import { formatDuration, formatShortDateTime } from "../../parts/time.ts";

export const runList = listRoutes<ListedRun>({
  path: "/collectes",
  who: "read",
  title: "Collectes",
  fileName: "collectes",
  caption: (count) => counted(count, "collecte"),
  empty: (isFiltered) =>
    isFiltered
      ? "Aucune collecte ne répond à ce filtre."
      : "Aucune collecte n’a encore eu lieu. Une collecte se lance depuis la page d’un connecteur.",
  filters: [
    connectorFilter,
    {
      name: "resultat",
      label: "Résultat",
      kind: "choice",
      choices: () => [
        { value: "queued", label: "en attente" },
        { value: "running", label: "en cours" },
        ...outcomes.map((value) => ({ value, label: outcomeLabel(value) })),
      ],
    },
    { name: "depuis", label: "Depuis le", kind: "date" },
    { name: "jusque", label: "Jusqu’au", kind: "date" },
  ],
  columns: [
    {
      title: "Début",
      text: ({ startedAt }) => startedAt.toISOString(),
      cell: ({ runId, startedAt }) => <a href={`/collectes/${runId}`}>{formatShortDateTime(startedAt)}</a>,
    },
    connectorColumn,
    {
      title: "Résultat",
      text: (run) => runLabel(run) ?? run.state,
      cell: (run) => <RunBadge {...run} />,
    },
    { title: "Reçus", text: ({ received }) => received, isNumber: true },
    { title: "Rejetés", text: ({ rejected }) => rejected, isNumber: true },
    { title: "Avertissements", text: ({ warnings }) => warnings, isNumber: true, isExportOnly: true },
    { title: "Réparations", text: ({ repairs }) => repairs, isNumber: true, isExportOnly: true },
    { title: "Créées", text: ({ created }) => created, isNumber: true },
    { title: "Modifiées", text: ({ updated }) => updated, isNumber: true },
    { title: "Retirées", text: ({ withdrawn }) => withdrawn, isNumber: true },
    { title: "Demandée par", text: ({ askedBy }) => (askedBy === "schedule" ? "le calendrier" : askedBy) },
    {
      title: "Durée",
      text: ({ durationMs }) => durationMs,
      cell: ({ durationMs }) => (durationMs === null ? "" : formatDuration(durationMs)),
      isNumber: true,
    },
  ],
  rows: ({ catalogue }, filter, place) => catalogue.overview.runs(filterOf(filter), place),
  count: ({ catalogue }, filter) => catalogue.overview.countRuns(filterOf(filter)),
});

function filterOf({ connecteur, resultat, depuis, jusque }: Readonly<Record<string, string>>) {
  return {
    ...(connecteur !== undefined && { connector: connecteur }),
    ...(resultat !== undefined && { state: resultat }),
    ...(depuis !== undefined && { from: depuis }),
    ...(jusque !== undefined && { to: jusque }),
  };
}
