import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { StoredPublisher } from "../../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../../french/typography.ts";
import { connectorIdFor, connectorIds, freeConnectorId } from "../../../../jobs/connectors/connector-ids.ts";
import { foldersOf } from "../../../../jobs/connectors/term-folders.ts";
import type { Connector } from "../../../../kit/definition.ts";
import { termLookup } from "../../../../kit/rules/term-lookup.ts";
import type { VersionTerms } from "../../../../model/run/connector-version.ts";
import { canonicalJson, fingerprintOf } from "../../../../model/text/canonical.ts";
import { changeContent } from "../../../../registry/change-content.ts";
import { checkConnector } from "../../../../registry/check-connector.ts";
import type { LoadedConnector } from "../../../../registry/load-connectors.ts";
import { connectorAs } from "../../../../registry/stored-versions.ts";
import { publisherOf } from "../../../../survey/propose/publisher-of.ts";
import { Invalid } from "../../../forms/form.tsx";
import type { Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { refusal } from "../connector/try-change.ts";
import type { Edited, EditedDefinition, SavedChange } from "../edited-definition.ts";
import { type EditedPublisher, typedOf, typedOfStored } from "../publisher-page.ts";
import { analyseDraft, proposeDraft, publisherOfAnswer } from "./analyse-draft.ts";
import { answersAt, definitionOfDraft, wholeConnector } from "./draft-definition.ts";
import { answersOf, canOpen, type DraftAnswers, draftSteps, type StepPath } from "./draft-steps.ts";
import { draftOf, isDraftSaved, underPublisher, withStepDone } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

/** Returns the definition of the draft of the path; or the page to visit before, or the page that says why its file cannot be read. */
export async function editedDraft(visit: Visit): Promise<EditedDefinition | Page | { readonly to: string }> {
  const draft = await draftOf(visit);
  if (!canOpen("champs", draft)) return { to: `/brouillons/${draft.draftId}` };
  const saved = answersOf(draft);
  const answers = saved.proposed === undefined ? await proposeDraft(visit, draft) : saved;
  const { proposed } = answers;
  const definition = definitionOfDraft(answers);
  const analysis = await analyseDraft(visit, { ...draft, answers: answers as Draft["answers"] });
  if ("refused" in analysis || proposed === undefined || definition === null)
    return "refused" in analysis ? refusedSample(draft, "lecture", analysis) : { to: `/brouillons/${draft.draftId}/flux` };
  const whole = { ...draft, answers: answers as Draft["answers"] };
  return {
    ...(await frameOf(visit, draft)),
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
    save: (saving) => saveChange(visit, whole, proposed, saving),
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
  const read = await connectorAs({ connectors: [], problems: [], folders: await foldersOf(jobs) }, first);
  if (read !== null && !("problems" in read)) return read;
  return { definition, terms: termLookup(new Map()), fingerprint: fingerprintOf(canonicalJson(definition)), file: null, folder: null };
}

/** Saves a change of a draft's definition: see `EditedDefinition.save`. */
async function saveChange(visit: Visit, draft: Draft, proposed: object, { change, back }: SavedChange) {
  const answers = answersOf(draft);
  // The file decides which other fields are ignored, and another way to read it calls for another proposal.
  const { ignored: _, decode, ...kept } = change;
  const content = { definition: null, changes: answers.changes ?? {}, terms: {} };
  const { changes } = changeContent(content, wholeConnector(proposed), kept);
  const definition = definitionOfDraft({ ...answers, changes });
  const checked = checkConnector(definition);
  if ("problems" in checked) return { problem: refusal(checked.problems) };
  const isIdentifier = Object.hasOwn((change.fields ?? {}) as object, "externalId");
  const step = isIdentifier ? "champs/externalId" : back === "/mots" ? "champs" : null;
  const done = { ...(step === null ? answers : withStepDone(draft, step, {})), changes };
  const reading = decode === undefined ? {} : { reading: decode as DraftAnswers["reading"] };
  const after = { ...done, ...reading };
  const whole = decode === undefined ? after : await proposeDraft(visit, { ...draft, answers: after as Draft["answers"] });
  if (!(await isDraftSaved(visit, draft, { answers: whole }))) return null;
  const fields = Object.keys((change.fields ?? {}) as object);
  return {
    message: null,
    to: `/brouillons/${draft.draftId}${back}`,
    subject: `brouillon ${draft.title}`,
    details: { keys: Object.keys(kept), ...(fields.length > 0 && { fields }) },
  };
}

const contact = {
  label: "Contact chez le producteur",
  hint: "À qui écrire quand ses données posent question. Gardé ici, jamais dans un fichier ni un export.",
  maxLength: 700,
};
const connecteur = {
  label: "Nom du connecteur",
  hint: "Comment il s’appellera dans les listes. Ne change plus ensuite.",
  maxLength: 300,
  required: "Donnez un nom au connecteur.",
  read: (text: string) =>
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)
      ? text
      : new Invalid(french`Des mots en minuscules sans accent, reliés par des tirets : « region-bretagne ».`),
};

/** Returns the publisher of the draft of the path. */
export async function publisherOfDraft(visit: Visit): Promise<EditedPublisher> {
  const draft = await draftOf(visit);
  const taken = draft.connector === null ? await connectorIds(visit.console.jobs) : new Set<string>();
  const answers = answersOf(draft);
  return {
    ...(await frameOf(visit, draft)),
    moreFields: { contact, connecteur: { ...connecteur, isReadOnly: draft.connector !== null } },
    typed: answers.publisher === undefined ? await proposedTexts(visit, draft) : textsOf(answers.publisher),
    async typedAt(revision) {
      const publisher = answersAt(draft, revision)?.publisher;
      return publisher === undefined ? null : textsOf(publisher);
    },
    check: ({ connecteur: id = "" }) =>
      taken.has(id)
        ? { connecteur: french`Un connecteur porte déjà ce nom : ajoutez ce qui distingue ce flux (« region-bretagne-appels »).` }
        : {},
    async savePublisher({ territory, agreement = "", ...publisher }, more) {
      const answer = {
        ...publisher,
        territory: `${territory.scale}:${territory.code}`,
        agreement,
        contact: more.contact ?? "",
        id: more.connecteur ?? "",
      };
      const told: DraftAnswers = { ...withStepDone(draft, "producteur", {}), publisher: answer };
      const whole = await proposeDraft(visit, { ...draft, answers: told as Draft["answers"] });
      if (!(await isDraftSaved(visit, draft, { answers: whole, title: publisher.name }))) return null;
      return { message: null, to: `/brouillons/${draft.draftId}/flux`, subject: `brouillon ${publisher.name}` };
    },
  };
}

async function frameOf(visit: Visit, draft: Draft): Promise<Edited> {
  const begunFor = await visit.catalogue.publishers.findByDraft(draft.draftId);
  return {
    base: `/brouillons/${draft.draftId}`,
    name: draft.title,
    subject: `brouillon ${draft.title}`,
    isDraft: true,
    revision: draft.revision,
    changedBy: draft.updatedBy,
    page({ path, heading, content, status }) {
      const step = stepOf(path);
      const isStep = step === path;
      const shown = (
        <>
          {!isStep && <h3>{heading}</h3>}
          {content}
        </>
      );
      return underPublisher(begunFor, stepPage(draft, step, shown, status));
    },
  };
}

/** Returns the step that a page of the editor belongs to. */
function stepOf(path: string): StepPath {
  const step = draftSteps.find((one) => one.path === path);
  if (step !== undefined) return step.path;
  return path === "fiches" ? "lecture" : path.startsWith("champs/") ? "champs" : "essai";
}

function textsOf(answer: NonNullable<DraftAnswers["publisher"]>) {
  return { ...typedOf(publisherOfAnswer(answer)), contact: answer.contact, connecteur: answer.id };
}

/** Returns the texts for a draft without a publisher: the facts of the publisher it was begun for, or a guess from the draft's name. */
async function proposedTexts(visit: Visit, draft: Draft) {
  const id = await freeConnectorId(visit.console.jobs, connectorIdFor(draft.title));
  const known = await visit.catalogue.publishers.findByDraft(draft.draftId);
  if (known !== null) {
    const { licence, agreedOn, agreementDocument } = known;
    const accord = licence === "agreement" ? (agreementDocument ?? agreedOn ?? "") : "";
    return { licence: "unknown", ...typedOfStored(known), accord, contact: await contactText(visit, known), connecteur: id };
  }
  const found = publisherOf(id, { name: draft.title });
  const empty = { nom: draft.title, siren: "", nature: "any", territoire: "", site: "", licence: "unknown", accord: "" };
  const guess =
    "publisher" in found ? { ...typedOf(found.publisher), ...(found.territory === null && { territoire: "" }), nom: draft.title } : empty;
  return { ...guess, contact: "", connecteur: id };
}

/** Returns the first contact as text, or "". Contacts who receive letters come first. */
async function contactText({ catalogue }: Visit, { publisherId }: StoredPublisher): Promise<string> {
  const [first] = await catalogue.contacts.list(publisherId);
  if (first === undefined) return "";
  return [first.name, first.role, first.email ?? first.phone].filter((part) => part !== null).join(", ");
}
