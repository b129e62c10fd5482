import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { addressVariable } from "../../../../kit/address-variable.ts";
import type { Connector, ConnectorInput } from "../../../../kit/definition.ts";
import { pathsOfCondition } from "../../../../kit/expressions/expression-paths.ts";
import type { Rule } from "../../../../kit/field-rules.ts";
import { refOf } from "../../../../kit/rules/perimeters.ts";
import { pathsOfRule } from "../../../../kit/rules/rule-paths.ts";
import type { FieldProfile } from "../../../../model/survey/field-profile.ts";
import { changeBetween, changesInOrder, type DefinitionChange, withChanges } from "../../../../registry/change-content.ts";
import { checkConnector } from "../../../../registry/check-connector.ts";
import { conditionsOf, type KeepWhen } from "../../../../survey/propose/keep-when.ts";
import { analysisOptions } from "../../../../survey/sample/analysis-options.ts";
import type { RefusedSample, SampleAnalysis, ShownProposal } from "../../../../survey/sample/sample-request.ts";
import type { Reading } from "../../../../survey/survey.ts";
import { type FieldChoices, hasField } from "../../../../survey/write/explain-definition.ts";
import { CannotDo } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { ignoredAfter } from "../changed-rules.ts";
import type { Unsaved } from "../edited-definition.ts";
import { answersOf, type DraftAnswers } from "./draft-steps.ts";

/** Number of revisions whose definition can be shown again. */
const maxEarlier = 30;

/** Returns the definition of a draft: what the analysis proposes, with the changes of people; null before the file is analysed. */
export function definitionOfDraft({ proposed, changes = {} }: DraftAnswers): Connector | null {
  if (proposed === undefined) return null;
  const before = wholeConnector(proposed);
  const after = wholeConnector(withChanges(proposed, changes));
  return { ...after, ignored: ignoredAfter(before, after, before.ignored) };
}

/** Returns the checked definition. An invalid one gets the usual values, so that its pages can be opened and corrected. */
export function wholeConnector(definition: object): Connector {
  const checked = checkConnector(definition);
  if ("connector" in checked) return checked.connector;
  return { state: "draft", ignored: [], placeholders: [], guards: {}, expect: {}, ...definition } as unknown as Connector;
}

/** Returns the answers to save, with the way back to the saved ones. */
export function withHistory(draft: Draft, after: DraftAnswers): DraftAnswers {
  const before = answersOf(draft);
  const [from, to] = [definitionOfDraft(after), definitionOfDraft(before)];
  const isChanged = (key: "publisher" | "terms") => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const earlier = {
    revision: draft.revision,
    before: from === null || to === null ? {} : changeBetween(from, to),
    ...(isChanged("publisher") && { publisher: before.publisher ?? null }),
    ...(isChanged("terms") && { terms: before.terms ?? null }),
  };
  return { ...after, history: [earlier, ...(before.history ?? [])].slice(0, maxEarlier) };
}

interface EarlierAnswers extends Pick<DraftAnswers, "publisher" | "terms"> {
  readonly definition: Connector | null;
}

/** Returns the definition, the publisher and the words of an earlier revision, or null if they are not stored. */
export function answersAt(draft: Draft, revision: number): EarlierAnswers | null {
  const answers = answersOf(draft);
  const { history = [] } = answers;
  const later = history.filter((earlier) => earlier.revision >= revision);
  if (!(revision >= 1 && revision <= draft.revision) || later.length < draft.revision - revision) return null;
  const now = definitionOfDraft(answers);
  const back = (definition: object, { before }: { readonly before: DefinitionChange }) => withChanges(definition, before);
  // The last of these entries is the oldest one after the revision.
  const { publisher = answers.publisher } = later.findLast((earlier) => earlier.publisher !== undefined) ?? {};
  const { terms = answers.terms } = later.findLast((earlier) => earlier.terms !== undefined) ?? {};
  return {
    definition: now === null ? null : (later.reduce(back, now as object) as unknown as Connector),
    publisher: publisher ?? undefined,
    terms,
  };
}

/** The survey of a draft's sample, its definition with reasons, and a preview of its aids. */
export interface DraftAnalysis extends SampleAnalysis {
  readonly proposal: ShownProposal;
}

type Analysed = Pick<Draft, "answers" | "upload">;

/** Analyses the sample of a draft with the saved answers. `unsaved` replaces saved choices for this analysis only. */
export async function analyseDraft(
  visit: Visit,
  draft: Analysed,
  unsaved: Unsaved & { readonly previews?: boolean } = {},
): Promise<DraftAnalysis | RefusedSample> {
  const saved = answersOf(draft);
  const definition = definitionOfDraft(saved.proposed === undefined ? await proposeDraft(visit, draft) : saved);
  const { previews = false, field } = unsaved;
  const shown = definition === null ? null : "keepWhen" in unsaved ? withKeepWhen(definition, unsaved.keepWhen) : definition;
  return look(visit, draft, { definition: shown, choices: field === undefined ? {} : { [field.field]: field.choice }, previews });
}

function withKeepWhen({ keepWhen: _, ...definition }: Connector, keepWhen: KeepWhen | undefined): object {
  return keepWhen === undefined ? definition : { ...definition, keepWhen };
}

interface Asked {
  /** Null for the proposed definition. */
  readonly definition: object | null;
  readonly choices?: FieldChoices;
  readonly previews?: boolean;
}

async function look(
  visit: Visit,
  draft: Analysed,
  { definition, choices = {}, previews = false }: Asked,
): Promise<DraftAnalysis | RefusedSample> {
  const { catalogue, console } = visit;
  const { publisher, feed, reading = null, terms = null } = answersOf(draft);
  if (publisher === undefined || feed === undefined || draft.upload === null)
    throw new CannotDo("Il faut d’abord dire qui est le producteur, et donner son fichier.");
  const file = await console.samples.spooled.fileOf(catalogue, draft.upload);
  if (file === null)
    throw new CannotDo("L’échantillon n’est plus conservé : donnez à nouveau le fichier ou l’adresse, tout le reste est gardé.");
  const given = { id: publisher.id, feed: feedOf(publisher.id, feed.address), publisher: publisherOfAnswer(publisher) };
  const answer = await console.samples.analyse({
    ...analysisOptions(await console.jobs.connectors(), given),
    file: { ...file, name: feed.name },
    records: null,
    address: feed.address,
    reading: reading as Reading | null,
    definition,
    choices,
    terms,
    previews,
  });
  if ("refused" in answer) return answer;
  if (answer.proposal === null) throw new Error("no proposal for a sample with a publisher");
  return { ...answer, proposal: answer.proposal };
}

/** Returns the publisher of a connector from the answer of the first step. */
export function publisherOfAnswer({ name, kind, territory, website, siren, licence, agreement }: Answered): Connector["publisher"] {
  const ref = refOf(territory);
  if (ref === undefined) throw new CannotDo("Le producteur est à compléter : reprenez la première étape.");
  return {
    name,
    ...(siren !== undefined && { siren }),
    kind,
    territory: ref,
    ...(website !== undefined && { website }),
    licence,
    ...(agreement !== "" && { agreement }),
  };
}

type Answered = NonNullable<DraftAnswers["publisher"]>;

/** Returns the feed of the connector. An uploaded file has no URL, so a setting must name one. */
function feedOf(id: string, address: string | null): ConnectorInput["feed"] {
  return address === null ? { urlFrom: addressVariable(id) } : { url: address };
}

/**
 * Analyses the file of a draft, and returns the answers with the proposed definition. The changes of people remain; those that the file does
 * not allow wait for another file. Without a readable file, the draft has no definition.
 */
export async function proposeDraft(visit: Visit, draft: Analysed): Promise<DraftAnswers> {
  const { proposed: _, unfit = {}, changes = {}, ...answers } = answersOf(draft);
  const wanted = changesInOrder(unfit, changes);
  const kept = { ...answers, changes: wanted };
  if (draft.upload === null || answers.feed === undefined || answers.publisher === undefined) return kept;
  const found = await look(visit, draft, { definition: null });
  if ("refused" in found) return kept;
  const { definition } = found.proposal;
  return {
    ...answers,
    fileKind: found.survey.verdict.kind,
    proposed: definition as unknown as Record<string, unknown>,
    ...fitting(wanted, found.survey.fields, definition),
  };
}

/** Splits a change into the part that fits a file, and the rest, which reads missing fields. */
function fitting(
  { fields = {}, ...keys }: DefinitionChange,
  profiles: readonly FieldProfile[],
  proposed: object,
): { changes: DefinitionChange; unfit: DefinitionChange } {
  const isThere = (paths: readonly string[]) => paths.every((path) => hasField(profiles, path));
  const rules = Object.entries(fields as Readonly<Record<string, Rule | null>>);
  const isFit = ([, rule]: readonly [string, Rule | null]) => rule === null || isThere(pathsOfRule(rule));
  const { keepWhen, ...others } = keys;
  const isKept = keepWhen === null || keepWhen === undefined || isThere(conditionsOf(keepWhen as KeepWhen).flatMap(pathsOfCondition));
  const withFields = (own: typeof rules) => (own.length > 0 ? { fields: Object.fromEntries(own) } : {});
  const condition = keepWhen === undefined ? {} : { keepWhen };
  const changes = { ...others, ...(isKept && condition), ...withFields(rules.filter(isFit)) };
  const isValid = "connector" in checkConnector(withChanges(proposed, changes));
  if (!isValid) return { changes: {}, unfit: { ...keys, ...withFields(rules) } };
  return { changes, unfit: { ...(!isKept && condition), ...withFields(rules.filter((rule) => !isFit(rule))) } };
}
