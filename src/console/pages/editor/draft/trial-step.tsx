import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { counted, french } from "../../../../french/typography.ts";
import { requestRun } from "../../../../jobs/queue/request-run.ts";
import type { ConnectorVersion } from "../../../../model/run/connector-version.ts";
import { canonicalJson } from "../../../../model/text/canonical.ts";
import { Alert } from "../../../parts/alert.tsx";
import { ActForm } from "../../../parts/form.tsx";
import { CannotDo, type Page } from "../../../route.ts";
import { type Visit, visitorOf } from "../../../visit.ts";
import { BaseField } from "../form-parts.tsx";
import { analyseDraft, type DraftAnalysis } from "./analyse-draft.ts";
import { AfterCreation } from "./draft-standing.tsx";
import { answersOf } from "./draft-steps.ts";
import { linkConnector, type StepResult, saveDraft, stepRoutes, withStepDone } from "./open-draft.tsx";
import { PreviewSection } from "./preview-section.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

/** Last step: creates the connector. Its first run is held until a person approves it. */
export const trialStep = stepRoutes({
  step: "essai",
  act: "draft.become-connector",
  async show(visit, draft) {
    const look = await analyseDraft(visit, draft, { previews: true });
    if ("refused" in look) return refusedSample(draft, "essai", look);
    const foreign = await foreignVersion(visit, draft, look.proposal.definition.id);
    return foreign !== null && draft.connector === foreign.connector
      ? changedSincePage(visit, draft, foreign, 200)
      : show(visit, draft, look);
  },
  async save(visit, draft) {
    const look = await analyseDraft(visit, draft, { previews: true });
    if ("refused" in look) return refusedSample(draft, "essai", look);
    if (look.proposal.problems.length > 0 || look.preview === null || look.preview.valid === 0) return show(visit, draft, look);
    const { id } = look.proposal.definition;
    const version = (await foreignVersion(visit, draft, id)) === null ? await keepConnector(visit, draft, look) : null;
    if (version === null) return notReplaced(visit, draft, look, await foreignVersion(visit, draft, id));
    const answers = withStepDone(draft, "essai", { version });
    await saveDraft(visit, draft, { answers }, id);
    if (draft.connector === null) await linkConnector(visit, draft.draftId, id);
    const run = await askFirstRun(visit, { ...draft, answers: answers as Draft["answers"] }, id);
    // The draft is already saved.
    return {
      answers,
      to: `/collectes/${run}`,
      message: `Le connecteur ${id} est créé. Sa première collecte est retenue tant que personne ne l’a relue.`,
      isSaved: true,
    };
  },
});

function notReplaced(visit: Visit, draft: Draft, look: DraftAnalysis, foreign: ConnectorVersion | null): StepResult | Page {
  const { id } = look.proposal.definition;
  // After a double click, the first request has created the connector.
  if (foreign !== null && isSameDefinition(foreign, look))
    return { answers: answersOf(draft), to: `/connecteurs/${id}`, message: `Le connecteur ${id} est déjà créé.`, isSaved: true };
  if (foreign !== null && draft.connector === id) return changedSincePage(visit, draft, foreign, 409);
  throw new CannotDo(`Un connecteur s’appelle déjà ${id} : changez son nom à la première étape.`, 409);
}

/** Adds a version, unless the draft's own is equal, and returns its number. Returns null if somebody else added one first. */
async function keepConnector(visit: Visit, draft: Draft, look: DraftAnalysis): Promise<number | null> {
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

function show(visit: Visit, draft: Draft, { proposal, preview, survey }: DraftAnalysis): Page {
  const isReady = proposal.problems.length === 0 && preview !== null && preview.valid > 0;
  return stepPage(
    draft,
    "essai",
    <>
      {isReady ? (
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
            <ul>
              {proposal.problems.map(({ key, message }) => (
                <li>{`${key} : ${message}`}</li>
              ))}
            </ul>
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
      <ul>
        <li>
          <a href={`/brouillons/${draft.draftId}/fiches`}>Les fiches à laisser de côté</a>
        </li>
        <li>
          <a href={`/brouillons/${draft.draftId}/collecte`}>Quand ce flux est collecté</a>
        </li>
        <li>
          <a href={`/brouillons/${draft.draftId}/garde-fous`}>Ce qui retient une collecte</a>
        </li>
      </ul>
      <AfterCreation visit={visit} draft={draft} />
    </>,
    isReady ? 200 : 422,
  );
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
function isSameDefinition({ definition }: ConnectorVersion, { proposal }: DraftAnalysis): boolean {
  return canonicalJson(definition) === canonicalJson(proposal.definition);
}

/** Returns the last step of a draft whose connector has changed since. */
function changedSincePage(visit: Visit, draft: Draft, { connector, by, why }: ConnectorVersion, status: 200 | 409): Page {
  return stepPage(
    draft,
    "essai",
    <>
      <Alert kind="warning" title="Ce brouillon ne peut plus remplacer le connecteur">
        <p>{french`Dernière version par ${by} : ${why}`}</p>
        <p>
          Il a changé depuis, ou ses aides sont entrées au catalogue. Ce qui est à changer se change dans{" "}
          <a href={`/connecteurs/${connector}/definition`}>la définition du connecteur</a>, et s’essaie avant de compter.
        </p>
      </Alert>
      <AfterCreation visit={visit} draft={draft} />
    </>,
    status,
  );
}
