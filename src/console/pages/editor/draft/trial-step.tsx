import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { fieldName, fieldNameOrKey } from "../../../../french/fields.ts";
import { issueMessage } from "../../../../french/issues.ts";
import { definitionProblem } from "../../../../french/pattern-faults.ts";
import { placeMessage } from "../../../../french/places.ts";
import { counted, french } from "../../../../french/typography.ts";
import type { Preview } from "../../../../ingest/preview-aids.ts";
import { requestRun } from "../../../../jobs/queue/request-run.ts";
import type { AidField } from "../../../../model/aid/aid.ts";
import type { ConnectorVersion } from "../../../../model/run/connector-version.ts";
import { canonicalJson } from "../../../../model/text/canonical.ts";
import { syncPublishers } from "../../../../partners/sync-publishers.ts";
import { ConflictAlert } from "../../../forms/form.tsx";
import { Alert } from "../../../parts/alert.tsx";
import { Figures } from "../../../parts/facts.tsx";
import { ActForm } from "../../../parts/form-controls.tsx";
import { List } from "../../../parts/list.tsx";
import { formatNumber, Table } from "../../../parts/table.tsx";
import { CannotDo, type Done, type Page } from "../../../route.ts";
import { type Visit, visitorOf } from "../../../visit.ts";
import { isOutdated } from "../edited-definition.ts";
import type { EditorPage } from "../editor-routes.ts";
import { BaseField } from "../form-page.tsx";
import { AfterCreation } from "./draft-standing.tsx";
import { answersOf, doneWith } from "./draft-steps.ts";
import { type AnalysedDraft, kept } from "./edited-draft.tsx";
import { ShareSection } from "./share-preview.tsx";

/** Last step: creates the connector. Its first run is held until a person approves it. */
export const trialPage: EditorPage<AnalysedDraft> = {
  path: "essai",
  act: "become-connector",
  async show(visit, edited) {
    const { draft, look } = edited;
    const foreign = await foreignVersion(visit, draft, look.proposal.definition.id);
    return foreign !== null && draft.connector === foreign.connector ? changedSincePage(visit, edited, foreign, 200) : page(visit, edited);
  },
  async change(visit, edited, form) {
    const { draft, look, answers, keep } = edited;
    const { id } = look.proposal.definition;
    if (isOutdated(edited, form)) return page(visit, edited, <ConflictAlert who={edited.changedBy} conflicts={[]} />);
    if (!isReady(look)) return page(visit, edited);
    const version = (await foreignVersion(visit, draft, id)) === null ? await keepConnector(visit, draft, look) : null;
    if (version === null) return notReplaced(visit, edited, await foreignVersion(visit, draft, id));
    const told = { ...doneWith(answers, "essai"), version };
    const done = kept(await keep({ answers: told, connector: id }, ""));
    if (draft.connector === null) await linkConnector(visit, draft.draftId, id);
    const run = await askFirstRun(visit, draft, id);
    return {
      ...done,
      to: `/collectes/${run}`,
      message: `Le connecteur ${id} est créé. Sa première collecte est retenue tant que personne ne l’a relue.`,
    };
  },
};

function isReady({ proposal, preview }: AnalysedDraft["look"]): boolean {
  return proposal.problems.length === 0 && preview !== null && preview.valid > 0;
}

function notReplaced(visit: Visit, edited: AnalysedDraft, foreign: ConnectorVersion | null): Done | Page {
  const { draft, look, subject } = edited;
  const { id } = look.proposal.definition;
  // After a double click, the first request has created the connector.
  if (foreign !== null && isSameDefinition(foreign, look))
    return { to: `/connecteurs/${id}`, message: `Le connecteur ${id} est déjà créé.`, subject };
  if (foreign !== null && draft.connector === id) return changedSincePage(visit, edited, foreign, 409);
  throw new CannotDo(`Un connecteur s’appelle déjà ${id} : changez son nom à la première étape.`, 409);
}

/** Adds a version, unless the draft's own is equal, and returns its number. Returns null if somebody else added one first. */
async function keepConnector(visit: Visit, draft: Draft, look: AnalysedDraft["look"]): Promise<number | null> {
  const { proposal } = look;
  const { id } = proposal.definition;
  const after = draft.connector === id ? (answersOf(draft).version ?? 1) : 0;
  const terms = answersOf(draft).terms ?? proposal.suggestedTerms;
  const [newest] = await visit.catalogue.connectorVersions.list(id);
  if (newest?.version === after && isSameDefinition(newest, look) && canonicalJson(newest.terms) === canonicalJson(terms)) return after;
  const made = {
    connector: id,
    definition: proposal.definition as unknown as Readonly<Record<string, unknown>>,
    changes: {},
    terms,
    why: after === 0 ? "nouveau producteur" : "brouillon repris",
    by: visitorOf(visit).name,
    at: visit.now,
  };
  return visit.catalogue.connectorVersions.add(made, after);
}

async function askFirstRun(visit: Visit, draft: Draft, connector: string): Promise<string> {
  const { feed } = answersOf(draft);
  const options = feed?.way === "address" ? {} : { snapshot: draft.upload ?? "", brought: true };
  const { services, queue } = visit.console.jobs;
  const { runId } = await requestRun(services.catalogue, queue, { connector, options, by: visitorOf(visit).name, now: visit.now });
  return runId;
}

function page(visit: Visit, edited: AnalysedDraft, conflict: Child = null): Page {
  const { draft, look } = edited;
  const { proposal, preview, survey } = look;
  return edited.page({
    path: "essai",
    status: conflict !== null ? 409 : isReady(look) ? 200 : 422,
    content: (
      <>
        {conflict}
        {preview !== null && isReady(edited.look) ? (
          <>
            <p>
              {`Ce connecteur lira ${counted(survey.received, "enregistrement")} et donnera ${counted(preview.valid, "aide")}, dont ${publishableInWords(preview.publishable)}.`}
            </p>
            <p>
              Il est créé comme brouillon : sa première collecte est préparée, et retenue. Rien n’entre au catalogue avant que quelqu’un ait
              relu son plan et l’ait appliqué. Tout peut encore être changé ensuite.
            </p>
            <ActForm action={`/brouillons/${draft.draftId}/essai`} csrf={visit.csrf}>
              <BaseField version={draft.revision} />
              <button class="fr-btn" type="submit">
                {draft.connector === null
                  ? "Créer le connecteur et lancer sa première collecte"
                  : "Remplacer le connecteur et relancer une collecte"}
              </button>
            </ActForm>
          </>
        ) : (
          <Alert kind="error" title="Le connecteur n’est pas encore complet">
            {proposal.problems.length > 0 ? (
              <List items={proposal.problems.map(({ key, message }) => french`${key} : ${definitionProblem(message)}`)} />
            ) : (
              <p>
                Aucune aide ne sort de ce fichier : reprenez l’identifiant et le titre, sans lesquels un enregistrement ne peut pas être
                gardé.
              </p>
            )}
          </Alert>
        )}
        {preview !== null && <PreviewSection visit={visit} draft={draft} preview={preview} />}
        <h3 class="fr-mt-4w">À régler si besoin</h3>
        <List
          items={[
            <a href={`/brouillons/${draft.draftId}/fiches`}>Les fiches à laisser de côté</a>,
            <a href={`/brouillons/${draft.draftId}/collecte`}>Quand ce flux est collecté</a>,
            <a href={`/brouillons/${draft.draftId}/garde-fous`}>Ce qui retient une collecte</a>,
          ]}
        />
        <AfterCreation visit={visit} draft={draft} />
      </>
    ),
  });
}

function publishableInWords(count: number): string {
  return count === 0 ? "aucune n’est publiable telle quelle" : counted(count, "publiable telle quelle", "publiables telles quelles");
}

/**
 * Returns the connector's newest version if the draft must not replace it, or null. This is the case if somebody else added it, or if a run
 * was already applied: then nothing would hold the next run for approval.
 */
async function foreignVersion({ catalogue }: Visit, draft: Draft, id: string): Promise<ConnectorVersion | null> {
  const [newest] = await catalogue.connectorVersions.list(id);
  const own = draft.connector === id ? (answersOf(draft).version ?? 1) : null;
  const isOwn = newest?.version === own && (await catalogue.appliedRuns.lastReports(id, 1)).length === 0;
  return newest === undefined || isOwn ? null : newest;
}

/** Returns true if the version equals the proposal, as after a double click. */
function isSameDefinition({ definition }: ConnectorVersion, { proposal }: AnalysedDraft["look"]): boolean {
  return canonicalJson(definition) === canonicalJson(proposal.definition);
}

/** Returns the last step of a draft whose connector has changed since. */
function changedSincePage(visit: Visit, edited: AnalysedDraft, { connector, by, why }: ConnectorVersion, status: 200 | 409): Page {
  const content = (
    <>
      <Alert kind="warning" title="Ce brouillon ne peut plus remplacer le connecteur">
        <p>{french`Dernière version par ${by} : ${why}`}</p>
        <p>
          Il a changé depuis, ou ses aides sont entrées au catalogue. Ce qui est à changer se change dans{" "}
          <a href={`/connecteurs/${connector}/definition`}>la définition du connecteur</a>, et s’essaie avant de compter.
        </p>
      </Alert>
      <AfterCreation visit={visit} draft={edited.draft} />
    </>
  );
  return edited.page({ path: "essai", status, content });
}

/** Links a new connector to the publisher of its draft or, failing that, to the publisher that its definition names. Logs the link. */
async function linkConnector(visit: Visit, draftId: string, connector: string): Promise<void> {
  const { catalogue, now, console: services } = visit;
  const publisher = await catalogue.publishers.findByDraft(draftId);
  if (publisher !== null) await catalogue.publishers.giveConnector(connector, publisher.publisherId);
  await syncPublishers(catalogue, await services.jobs.registry(), now);
  await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "connector-made", by: visitorOf(visit).name });
}

const maxIssues = 50;

/** The counts and the issues of the aids that the first run will bring, and the form that shares them with the publisher. */
function PreviewSection({ visit, draft, preview }: { readonly visit: Visit; readonly draft: Draft; readonly preview: Preview }): Child {
  const missing = Object.entries(preview.missing) as [AidField, number][];
  return (
    <>
      <Figures
        figures={[
          ["enregistrements reçus", preview.received],
          ["laissés de côté", preview.skipped],
          ["rejetés", preview.rejected],
          ["aides", preview.valid],
          ["publiables telles quelles", preview.publishable],
        ]}
      />
      {missing.length > 0 && (
        <>
          <h3>Ce qui manque pour publier</h3>
          <List items={missing.map(([field, count]) => `${fieldName(field)} : ${counted(count, "aide")}`)} />
        </>
      )}
      {preview.issues.length > 0 && (
        <>
          <h3>Anomalies</h3>
          <Table
            caption={counted(preview.issues.length, "sorte d’anomalies", "sortes d’anomalies")}
            head={["Anomalie", "Champ", "Nombre", "Exemple"]}
          >
            {preview.issues.slice(0, maxIssues).map(({ example, field, count }) => (
              <tr>
                <td>{issueMessage(example.code, example.params)}</td>
                <td>{field === null ? "" : fieldNameOrKey(field)}</td>
                <td class="fr-cell--right">{formatNumber(count)}</td>
                <td>{`${example.locator === null || example.locator === undefined ? "" : placeMessage(example.locator)}${example.value === null || example.value === undefined ? "" : ` : ${String(example.value).slice(0, 120)}`}`}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      {preview.aids.length > 0 && <ShareSection visit={visit} draft={draft} />}
    </>
  );
}
