import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { connectorStateMessages } from "../../../french/connectors.ts";
import { problemSentence } from "../../../french/digest/registry.ts";
import { sentence } from "../../../french/typography.ts";
import { isManual } from "../../../jobs/entry/manual-connector.ts";
import { missingVariables } from "../../../jobs/schedule/missing-variables.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { entryPath } from "../../entry/entry-path.ts";
import { Alert } from "../../parts/alert.tsx";
import { Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { pageRoute } from "../../route.ts";
import { hasRole, type Visit } from "../../visit.ts";
import { ConnectorFacts } from "../editor/connector/connector-facts.tsx";
import { findDefinition } from "../editor/connector/definition-of.ts";
import { FunnelInBrief } from "../funnel/funnel-page.tsx";
import { readWords } from "../words/read-words.ts";
import { ConnectorAids, SetAsides } from "./connector-aids.tsx";
import { type ConnectorRow, connectorRowOf, trendRuns } from "./connector-rows.ts";
import { ConnectorRuns } from "./connector-runs.tsx";
import { ConnectorSchedule } from "./connector-schedule.tsx";
import { FileForm } from "./file-upload.tsx";
import { NightLegend, NightStrip } from "./night-strip.tsx";
import { nightsOf, readNights } from "./read-nights.ts";
import { RunForms } from "./start-and-pause.tsx";
import { StateBadge } from "./state-badge.tsx";

/** The page of a connector. */
export const connectorPage = pageRoute("/connecteurs/:connecteur", "read", async (visit) => {
  const row = await connectorRowOf(visit);
  const owner = await visit.catalogue.publishers.findByConnector(row.id);
  return {
    title: row.name,
    breadcrumb: [{ title: "Connecteurs", href: "/connecteurs" }],
    content: (
      <>
        <h1 class="fr-mb-1w">{row.name}</h1>
        <p>
          <span class="moisson-mention">{row.id}</span> <StateBadge row={row} />
        </p>
        <StateNotice row={row} />
        <RunForms visit={visit} row={row} />
        <Links
          row={row}
          owner={owner}
          isBizdev={hasRole(visit, "bizdev")}
          isOps={hasRole(visit, "ops")}
          hasVersions={(await findDefinition(visit, row.id)) !== null}
        />
        {await definitionParts(visit, row)}
        {await catalogueParts(visit, row)}
        <h2>Trente dernières nuits</h2>
        <div class="fr-mb-1w" data-arrows="rows">
          <NightStrip connector={row.id} name={row.name} nights={nightsOf(await readNights(visit, [row.id]), row.id, visit.now)} />
        </div>
        <NightLegend />
        <h2>Dernières collectes</h2>
        <ConnectorRuns runs={await visit.catalogue.overview.runs({ connector: row.id }, { limit: trendRuns, offset: 0 })} id={row.id} />
      </>
    ),
  };
});

/** Explains a state other than active. */
function StateNotice({ row: { state, definition, refused } }: { readonly row: ConnectorRow }): Child {
  if (refused !== null)
    return (
      <Alert kind="error" title={connectorStateMessages[state]} level={2}>
        <p>{refused.file}</p>
        <List items={refused.problems.map((problem) => problemSentence(problem))} />
      </Alert>
    );
  if (state === "active") return null;
  return (
    <p>
      {connectorStateMessages[state]}
      {definition?.because !== undefined && ` ${sentence(definition.because)}`}
    </p>
  );
}

function Links(given: {
  readonly row: ConnectorRow;
  readonly owner: StoredPublisher | null;
  /** Can write to the publisher and change it. */
  readonly isBizdev: boolean;
  /** Can move its aids to another connector. */
  readonly isOps: boolean;
  /** False for a connector whose definition is gone. A refused definition still has versions. */
  readonly hasVersions: boolean;
}): Child {
  const { owner, isBizdev, isOps, hasVersions } = given;
  const { id, definition } = given.row;
  const path = `/connecteurs/${id}`;
  return (
    <nav aria-label="Autour de ce connecteur" class="fr-mb-4w">
      <List
        class="moisson-links"
        items={[
          owner !== null && <Link href={`/producteurs/${owner.publisherId}`} label="La page du producteur" />,
          <Link href={`/plans?connecteur=${id}`} label="Ses plans" />,
          <Link href={`/aides?connecteur=${id}`} label="Ses aides" />,
          <Link href={`${path}/suggestions`} label="Suggestions et publication" />,
          isBizdev && owner !== null && definition !== null && isManual(definition) && (
            <Link href={entryPath(owner)} label="Saisir ou corriger une de ses aides" />
          ),
          definition !== null && <Link href={`${path}/definition`} label="Sa définition" />,
          definition !== null && <Link href={`${path}/flux`} label="Forme habituelle de son flux" />,
          hasVersions && <Link href={`${path}/versions`} label="Ses versions" />,
          isBizdev && <Link href={`${path}/courriers`} label="Courriers au producteur" />,
          isOps && definition !== null && <Link href={`${path}/passage`} label="Passer à un autre connecteur" />,
          isBizdev && <Link href={`${path}/producteur`} label="Changer de producteur" />,
        ]}
      />
    </nav>
  );
}

async function definitionParts(visit: Visit, row: ConnectorRow): Promise<Child> {
  const { definition } = row;
  if (definition === null) return null;
  const { catalogue, console: services, now } = visit;
  const stored = new Set((await catalogue.secrets.list()).map(({ name }) => name));
  const lastUpload = definition.rhythm === undefined ? null : ((await catalogue.activity.lastProvided([row.id])).get(row.id) ?? null);
  const isBizdev = hasRole(visit, "bizdev");
  const missing = missingVariables(definition, services.jobs.services.environment, stored);
  return (
    <>
      <div class="moisson-halves">
        <section>
          <h2>Qui, et où</h2>
          <ConnectorFacts definition={definition} missing={missing} givesKeys={isBizdev} />
        </section>
        <section>
          <h2>Quand</h2>
          <ConnectorSchedule row={row} definition={definition} lastUpload={lastUpload} now={now} />
        </section>
      </div>
      <div class="moisson-halves">
        {isBizdev && (
          <section id="fichier" class="fr-mb-4w">
            <h2>Déposer un fichier</h2>
            <FileForm visit={visit} id={row.id} format={definition.decode.format} />
          </section>
        )}
        <FunnelInBrief visit={visit} connectors={[row.id]} />
      </div>
    </>
  );
}

async function catalogueParts(visit: Visit, { id }: ConnectorRow): Promise<Child> {
  const { catalogue, now } = visit;
  // A search updates the index that `aidCounts` reads.
  await catalogue.search.count({ connectors: [id] });
  const [counts, queues, asides, { words }] = await Promise.all([
    catalogue.overview.aidCounts(id),
    catalogue.reviewQueue.counts({ connectors: [id], today: parisDay(now) }),
    catalogue.setAsides.list(id),
    readWords(visit),
  ]);
  const ofConnector = words.filter(({ uses }) => uses.some(({ connector }) => connector === id));
  return (
    <>
      <h2>Au catalogue</h2>
      <ConnectorAids id={id} counts={counts} queues={queues} words={ofConnector.length} />
      <SetAsides asides={asides} />
    </>
  );
}
