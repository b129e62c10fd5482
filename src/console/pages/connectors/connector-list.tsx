import type { Child } from "hono/jsx";
import { type ConnectorState, connectorStateLabels } from "../../../french/connectors.ts";
import { pauseSentence } from "../../../french/digest/ops.ts";
import { problemSentence, refusedConsequence } from "../../../french/digest/registry.ts";
import { publisherKindLabels } from "../../../french/publishers.ts";
import { counted, french } from "../../../french/typography.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { publisherKinds } from "../../../model/publisher/publisher-kinds.ts";
import { outcomes } from "../../../model/run/run-error.ts";
import type { Filter } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { Alert } from "../../parts/alert.tsx";
import { outcomeLabel, RunBadge, runLabel } from "../../parts/badge.tsx";
import { ActButton, ActForm, SubmitButton, TextField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { Trend } from "../../parts/trend.tsx";
import { globalPause } from "../../run-blockers.ts";
import type { Visit } from "../../visit.ts";
import { type ConnectorRow, type ConnectorWithTrend, readConnectorRows, withTrends } from "./connector-rows.ts";
import { nightsPath } from "./nights-page.tsx";
import { isOps } from "./start-and-pause.tsx";
import { StateBadge } from "./state-badge.tsx";

const states: readonly ConnectorState[] = ["active", "draft", "halted", "paused", "retired", "refused", "gone"];

/** The list of connectors. */
export const connectorList = listRoutes<ConnectorWithTrend>({
  path: "/connecteurs",
  who: "read",
  title: "Connecteurs",
  fileName: "connecteurs",
  caption: (count) => counted(count, "connecteur"),
  empty: (isFiltered) =>
    isFiltered
      ? "Aucun connecteur ne répond à ce filtre."
      : french`Il n'y a pas encore de connecteur. « Nouveau producteur » en prépare un.`,
  filters: [
    { name: "texte", label: "Nom ou identifiant", kind: "text" },
    { name: "etat", label: "État", kind: "choice", choices: () => states.map((value) => ({ value, label: connectorStateLabels[value] })) },
    {
      name: "producteur",
      label: "Nature du producteur",
      kind: "choice",
      anyLabel: "Toutes",
      choices: () => publisherKinds.map((value) => ({ value, label: publisherKindLabels[value] })),
    },
    {
      name: "resultat",
      label: "Dernière collecte",
      kind: "choice",
      anyLabel: "Toutes",
      choices: () => [{ value: "none", label: "jamais collecté" }, ...outcomes.map((value) => ({ value, label: outcomeLabel(value) }))],
    },
  ],
  columns: [
    {
      title: "Connecteur",
      text: ({ name }) => name,
      cell: ({ id, name }) => <a href={`/connecteurs/${id}`}>{name}</a>,
    },
    { title: "Identifiant", text: ({ id }) => id, isExportOnly: true },
    {
      title: "Producteur",
      text: ({ definition }) => (definition === null ? null : publisherKindLabels[definition.publisher.kind]),
      isExportOnly: true,
    },
    {
      title: "État",
      text: ({ state, missing }) => `${connectorStateLabels[state]}${missing === null ? "" : ", sans adresse"}`,
      cell: (row) => <StateBadge row={row} />,
    },
    {
      title: "Dernière collecte",
      text: ({ standing, trend }) => (standing === null ? null : runLabel({ ...trend, ...standing })),
      cell: ({ standing, trend }) =>
        standing?.runId != null && (
          <>
            <RunBadge {...trend} {...standing} state="ended" />{" "}
            <a href={`/collectes/${standing.runId}`}>
              {standing.startedAt === null ? "" : formatShortDateTime(new Date(standing.startedAt))}
            </a>
          </>
        ),
    },
    { title: "Le", text: ({ standing }) => standing?.startedAt ?? null, isExportOnly: true },
    { title: "Reçus", text: ({ trend }) => trend.received, isNumber: true },
    {
      title: "Rejetés",
      text: ({ trend }) => trend.rejected,
      cell: ({ standing, trend }) =>
        standing?.runId != null && (trend.rejected ?? 0) > 0 ? (
          <a href={`/collectes/${standing.runId}/rejets`}>{formatNumber(trend.rejected ?? 0)}</a>
        ) : (
          trend.rejected
        ),
      isNumber: true,
    },
    { title: "Créées", text: ({ trend }) => trend.created, isNumber: true },
    { title: "Modifiées", text: ({ trend }) => trend.updated, isNumber: true },
    { title: "Retirées", text: ({ trend }) => trend.withdrawn, isNumber: true },
    { title: "30 dernières", text: () => null, cell: ({ trend }) => <Trend runs={trend.outcomes.map((outcome) => ({ outcome }))} /> },
    {
      title: "Prochaine",
      text: ({ next }) => next?.toISOString() ?? null,
      cell: ({ next }) => (next === null ? "" : formatShortDateTime(next)),
    },
  ],
  above: (visit) => <PauseAll visit={visit} />,
  rows: async (visit, filter, { limit, offset }) => withTrends(visit, (await found(visit, filter)).slice(offset, offset + limit)),
  count: async (visit, filter) => (await found(visit, filter)).length,
});

async function found(visit: Visit, { texte, etat, producteur, resultat }: Filter): Promise<readonly ConnectorRow[]> {
  const words = texte === undefined ? "" : foldTerm(texte);
  return (await readConnectorRows(visit)).rows.filter(
    ({ id, name, state, definition, standing }) =>
      (id.includes(words) || foldTerm(name).includes(words)) &&
      (etat === undefined || state === etat) &&
      (producteur === undefined || definition?.publisher.kind === producteur) &&
      (resultat === undefined || (standing?.outcome ?? "none") === resultat),
  );
}

/** Shared files that were refused, and the form that pauses all runs. */
async function PauseAll({ visit }: { readonly visit: Visit }): Promise<Child> {
  const { sharedProblems } = await readConnectorRows(visit);
  const pause = await globalPause(visit.catalogue);
  return (
    <>
      <ParagraphLink href={nightsPath} label="Les trente dernières nuits, connecteur par connecteur" />
      {sharedProblems.map(({ file, connector, isRun, problems, ...left }) => (
        <Alert kind="error" title={file} level={2}>
          <p>{refusedConsequence(connector, isRun, left)}</p>
          <List items={problems.map((problem) => problemSentence(problem))} />
        </Alert>
      ))}
      <div id="pause">
        {pause !== null && (
          <Alert kind="warning" title="Tout est en pause" level={2}>
            <p>{pauseSentence({ ...pause, at: pause.at.toISOString() })}</p>
            {isOps(visit) && <ActButton action="/reprise" csrf={visit.csrf} label="Reprendre les collectes" kind="primary" />}
          </Alert>
        )}
        {pause === null && isOps(visit) && (
          <details class="fr-mb-3w">
            <summary>Mettre toutes les collectes en pause</summary>
            <ActForm action="/pause" csrf={visit.csrf} class="fr-mt-2w moisson-narrow">
              <p>Aucune collecte ne commencera plus, qui que ce soit qui la demande. Celles qui sont en cours vont à leur terme.</p>
              <TextField
                name="raison"
                label="Raison"
                hint="Tout le monde la verra, en haut de chaque page."
                required={false}
                maxlength={500}
              />
              <SubmitButton label="Tout mettre en pause" />
            </ActForm>
          </details>
        )}
      </div>
    </>
  );
}
