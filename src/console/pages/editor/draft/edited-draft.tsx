import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { runErrorMessage } from "../../../../french/runs.ts";
import type { Connector } from "../../../../kit/definition.ts";
import type { LoadedConnector } from "../../../../kit/loaded-connector.ts";
import { termLookup } from "../../../../kit/rules/term-lookup.ts";
import type { VersionTerms } from "../../../../model/run/connector-version.ts";
import { canonicalJson, fingerprintOf } from "../../../../model/text/canonical.ts";
import { changeContent } from "../../../../registry/change-content.ts";
import { checkConnector } from "../../../../registry/check-connector.ts";
import { connectorAs } from "../../../../registry/stored-versions.ts";
import { foldersOf } from "../../../../registry/term-folders.ts";
import type { RefusedSample } from "../../../../survey/sample/sample-request.ts";
import { Alert } from "../../../parts/alert.tsx";
import { ButtonLink } from "../../../parts/link.tsx";
import { CannotDo, type Done, NotFound, type Page } from "../../../route.ts";
import { param, type Visit, visitorOf } from "../../../visit.ts";
import { breadcrumbOf } from "../../publishers/publisher-at.ts";
import { refusal } from "../connector/trial-acts.ts";
import type { Edited, EditedDefinition, SavedChange } from "../edited-definition.ts";
import {
  analyseDraft,
  answersAt,
  type DraftAnalysis,
  definitionOfDraft,
  proposeDraft,
  wholeConnector,
  withHistory,
} from "./analyse-draft.ts";
import { answersOf, canOpen, type DraftAnswers, doneWith, draftSteps, type StepPath } from "./draft-steps.ts";

/** What a step saves. Default: the title and the file stay. */
interface SavedStep {
  readonly answers: DraftAnswers;
  readonly title?: string;
  readonly upload?: string;
  readonly connector?: string;
}

/** A draft that a step of the wizard edits. */
export interface EditedDraft extends Edited {
  readonly draft: Draft;
  readonly answers: DraftAnswers;
  /** Saves the draft, and leads to a page below `base`. Returns null if somebody else saved first. */
  keep(saved: SavedStep, to: string, more?: Partial<Pick<Done, "details" | "message">>): Promise<Done | null>;
}

/** A draft with the analysis of its file. */
export interface AnalysedDraft extends EditedDraft {
  readonly look: DraftAnalysis;
}

/** A draft whose file has a definition. */
export type DraftDefinition = EditedDraft & EditedDefinition;

type Opened<T> = T | Page | { readonly to: string };

/** Returns the draft of the path. @throws NotFound */
export async function draftOf(visit: Visit): Promise<Draft> {
  const draft = await visit.catalogue.drafts.find(param(visit, "brouillon"));
  if (draft === null) throw new NotFound("Ce brouillon n’existe pas, ou il a été supprimé.");
  return draft;
}

/** Returns the draft of the path in the frame of its step. @throws NotFound */
export async function editedDraft(visit: Visit): Promise<EditedDraft> {
  const draft = await draftOf(visit);
  const begunFor = await visit.catalogue.publishers.findByDraft(draft.draftId);
  const base = `/brouillons/${draft.draftId}`;
  return {
    draft,
    answers: answersOf(draft),
    base,
    name: draft.title,
    subject: `brouillon ${draft.title}`,
    isDraft: true,
    revision: draft.revision,
    changedBy: draft.updatedBy,
    page({ path, heading, content, status }) {
      const step = stepOf(path);
      const shown = (
        <>
          {step !== path && <h3>{heading}</h3>}
          {content}
        </>
      );
      const page = stepPage(draft, step, shown, status);
      return begunFor === null ? page : { ...page, breadcrumb: breadcrumbOf(begunFor) };
    },
    async keep({ answers, title = draft.title, upload = draft.upload ?? undefined, connector }, to, more) {
      const kept = { title, answers: withHistory(draft, answers) as Draft["answers"], upload: upload ?? null };
      const saved = { ...kept, ...(connector !== undefined && { connector }) };
      const isSaved = await visit.catalogue.drafts.save(draft, saved, { by: visitorOf(visit).name, now: visit.now });
      return isSaved ? { message: null, to: `${base}${to}`, subject: `brouillon ${title}`, ...more } : null;
    },
  };
}

/** Returns the result of `keep`. @throws CannotDo if somebody else saved first */
export function kept(done: Done | null): Done {
  if (done === null) throw new CannotDo("Quelqu’un d’autre vient d’enregistrer ce brouillon : rechargez la page.", 409);
  return done;
}

/** Returns a function that opens a draft at a step; or the page to visit before. */
export function openAt(step: StepPath): (visit: Visit) => Promise<Opened<EditedDraft>> {
  return async (visit) => {
    const edited = await editedDraft(visit);
    return canOpen(step, edited.draft) ? edited : { to: edited.base };
  };
}

/** Like `openAt`, with the analysis of the file; or the page that says why the file cannot be read. */
export function openAnalysed(
  step: StepPath,
  options: { readonly previews?: boolean } = {},
): (visit: Visit) => Promise<Opened<AnalysedDraft>> {
  return async (visit) => {
    const edited = await openAt(step)(visit);
    if (!("draft" in edited)) return edited;
    const look = await analyseDraft(visit, edited.draft, options);
    return "refused" in look ? refusedSample(edited.draft, step, look) : { ...edited, look };
  };
}

/** Returns the definition of the draft of the path; or the page to visit before, or the page that says why its file cannot be read. */
export async function definitionOfPath(visit: Visit): Promise<Opened<DraftDefinition>> {
  const edited = await openAt("champs")(visit);
  if (!("draft" in edited)) return edited;
  const { draft } = edited;
  const answers = edited.answers.proposed === undefined ? await proposeDraft(visit, draft) : edited.answers;
  const { proposed } = answers;
  const definition = definitionOfDraft(answers);
  const whole = { ...draft, answers: answers as Draft["answers"] };
  const analysis = await analyseDraft(visit, whole);
  if ("refused" in analysis) return refusedSample(draft, "lecture", analysis);
  if (proposed === undefined || definition === null) return { to: `${edited.base}/flux` };
  return {
    ...edited,
    connector: await connectorOfDraft(visit, draft, definition, answers.terms ?? analysis.proposal.suggestedTerms),
    snapshot: draft.upload,
    ignoredInOrder: wholeConnector(proposed).ignored,
    fieldBack: (field) => (field === "externalId" ? "/champs" : `/champs#ligne-${field}`),
    mayLeaveDraft: async () => false,
    definitionAt: async (revision) => answersAt(whole, revision)?.definition ?? null,
    async analyse(unsaved) {
      const found = unsaved === undefined ? analysis : await analyseDraft(visit, whole, unsaved);
      return "refused" in found ? refusedSample(draft, "lecture", found) : found;
    },
    save: (saving) => saveChange(visit, { ...edited, draft: whole, answers }, proposed, saving),
  };
}

/** Returns the connector of a draft, as the first version would define it. */
async function connectorOfDraft(
  { console: { jobs } }: Visit,
  { createdBy: by, createdAt: at }: Draft,
  definition: Connector,
  terms: VersionTerms,
): Promise<LoadedConnector> {
  const content = { definition: definition as unknown as Readonly<Record<string, unknown>>, changes: {}, terms };
  const first = { connector: definition.id, version: 0, ...content, why: "", by, at };
  const read = await connectorAs({ connectors: [], problems: [], folders: foldersOf(await jobs.connectors()) }, first);
  if (read !== null && !("problems" in read)) return read;
  return { definition, terms: termLookup(new Map()), fingerprint: fingerprintOf(canonicalJson(definition)), file: null, folder: null };
}

/** Saves a change of a draft's definition: see `EditedDefinition.save`. */
async function saveChange(visit: Visit, { draft, answers, keep }: EditedDraft, proposed: object, { change, back }: SavedChange) {
  // The file decides which other fields are ignored, and another way to read it calls for another proposal.
  const { ignored: _, decode, ...kept } = change;
  const content = { definition: null, changes: answers.changes ?? {}, terms: {} };
  const { changes } = changeContent(content, wholeConnector(proposed), kept);
  const checked = checkConnector(definitionOfDraft({ ...answers, changes }));
  if ("problems" in checked) return { problem: refusal(checked.problems) };
  const fields = Object.keys((change.fields ?? {}) as object);
  const step = fields.includes("externalId") ? "champs/externalId" : back === "/mots" ? "champs" : null;
  const after = {
    ...(step === null ? answers : doneWith(answers, step)),
    changes,
    ...(decode !== undefined && { reading: decode as DraftAnswers["reading"] }),
  };
  const whole = decode === undefined ? after : await proposeDraft(visit, { ...draft, answers: after as Draft["answers"] });
  return keep({ answers: whole }, back, { details: { keys: Object.keys(kept), ...(fields.length > 0 && { fields }) } });
}

/** Returns the step that a page of the editor belongs to. */
function stepOf(path: string): StepPath {
  const step = draftSteps.find((one) => one.path === path);
  if (step !== undefined) return step.path;
  return path === "fiches" ? "lecture" : path.startsWith("champs/") ? "champs" : "essai";
}

/** Returns a page of the wizard, with links to the other steps. */
function stepPage(draft: Draft, step: StepPath, content: Child, status: Page["status"] = 200): Page {
  const index = draftSteps.findIndex(({ path }) => path === step);
  const here = draftSteps[index];
  const title = here?.title ?? "";
  return {
    title: `${title} – ${draft.title}`,
    status,
    menuPath: "/brouillons",
    breadcrumb: [{ title: "Nouveau producteur", href: "/brouillons" }],
    content: (
      <>
        <h1>{draft.title}</h1>
        <div class="fr-stepper">
          <h2 class="fr-stepper__title">
            {title}
            <span class="fr-stepper__state">{`Étape ${index + 1} sur ${draftSteps.length}`}</span>
          </h2>
          <div class="fr-stepper__steps" data-fr-current-step={String(index + 1)} data-fr-steps={String(draftSteps.length)} />
        </div>
        <nav aria-label="Étapes" class="fr-mb-2w">
          <ul class="fr-tags-group">
            {draftSteps.map(({ path, title: name }) => (
              <li>
                {canOpen(path, draft) ? (
                  <a
                    class="fr-tag fr-tag--sm"
                    href={`/brouillons/${draft.draftId}/${path}`}
                    aria-current={path === step ? "step" : undefined}
                  >
                    {name}
                  </a>
                ) : (
                  <span class="fr-tag fr-tag--sm moisson-mention">{name}</span>
                )}
              </li>
            ))}
          </ul>
        </nav>
        {content}
      </>
    ),
  };
}

/** Returns the page of a step whose sample cannot be read. */
export function refusedSample(draft: Draft, step: StepPath, { refused }: RefusedSample): Page {
  return stepPage(
    draft,
    step,
    <>
      <Alert kind="error" title="Ce qui a été donné ne peut pas être lu" isAnnounced text={runErrorMessage(refused.code, refused.params)} />
      <p>
        <ButtonLink href={`/brouillons/${draft.draftId}/flux`} label="Donner un autre fichier ou une autre adresse" />{" "}
        <ButtonLink kind="secondary" href={`/brouillons/${draft.draftId}/lecture`} label="Revenir à la lecture détectée" />
      </p>
    </>,
    422,
  );
}
