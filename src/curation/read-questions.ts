import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import type { AidContent, AidField } from "../model/aid/aid.ts";
import { missingForDescription } from "../model/aid/publishable.ts";
import { type LackingAids, orderQuestions, type Question } from "../model/aid/question.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import type { SourceValue } from "../model/aid/source-value.ts";
import { countsOf, groupedBy } from "../model/collect.ts";
import type { StandingDecision } from "../model/plan/standing-decision.ts";
import type { PerimeterRef } from "../model/territories/perimeter.ts";
import { proposeSourceValues, type SourceFacts } from "../suggest/propose-source-values.ts";
import type { NamedAid } from "./read-answers.ts";
import { takesSuggestions } from "./waiting-suggestions.ts";

/** A question with what a person needs to answer it. */
export interface AskedQuestion extends Question {
  readonly publisher: string;
  /** Our answer as a person would write it, with its reason. None without a proposal. */
  readonly proposed: Proposed;
  /** Types of these aids for which we propose another answer, most aids first. */
  readonly parts: readonly QuestionPart[];
  /** Some of the aids that it concerns, of as many types and operators as possible. */
  readonly examples: readonly Omit<NamedAid, "connector">[];
  /** The types of these aids, and the organisations that run them, with their numbers of aids. The most frequent first. */
  readonly types: readonly (readonly [AidContent["aidTypes"], number])[];
  readonly operators: readonly (readonly [string, number])[];
}

type Proposed = Pick<SourceValue, "values" | "reason">;

/** The aids of some types that a question concerns, and our answer for them. */
interface QuestionPart extends Pick<AskedQuestion, "examples"> {
  readonly types: AidContent["aidTypes"];
  readonly aids: number;
  readonly proposed: Proposed;
}

/** Which questions: about some connectors, aids of some territories. Null: all. */
export interface QuestionFilter {
  readonly connectors: readonly string[] | null;
  readonly territories: readonly PerimeterRef[] | null;
  /** `YYYY-MM-DD` in Paris. */
  readonly today: string;
}

const maxExamples = 5;
/** Maximum number of aids of a connector that a question and its proposal rest on. */
const maxRead = 1000;

/** Returns the questions that free most aids for each answer, from the search index, which must be up to date. */
export async function readQuestions(catalogue: Catalogue, { connectors, territories, today }: QuestionFilter): Promise<Question[]> {
  return orderQuestions(await catalogue.funnel.groups(connectors, today, territories));
}

/** Returns the questions about one connector with their proposed answers; also those about the publisher's words. Reads its first aids. */
export async function askQuestions(catalogue: Catalogue, { definition }: LoadedConnector, today: string): Promise<AskedQuestion[]> {
  const answers = await catalogue.standingDecisions.holdingFor(definition.id);
  const aids = await firstAids(catalogue, definition.id, answers, today);
  const { publisher } = definition;
  const proposals = proposalsFor(publisher, aids);
  const proposalsByTypes = [...groupedBy(aids, ({ content }) => content.aidTypes.join(","))].flatMap(([types, own]) =>
    types === "" || own.length < minPart ? [] : [[types, proposalsFor(publisher, own)] as const],
  );
  return orderQuestions(aids.map(({ lacking }) => lacking)).map((question) => {
    const concerned = aids.filter(({ lacking }) => lacking.missing.includes(question.field) && asksFor(question, lacking));
    const proposed = proposalOf(question, proposals);
    const counts = countsOf(concerned.map(({ content }) => content.aidTypes.join(",")));
    const types = [...counts].sort(([, a], [, b]) => b - a).map(([of, count]) => [typesOf(of), count] as const);
    const parts = proposalsByTypes.map(([of, own]) => {
      const ofTypes = concerned.filter((aid) => typeKey(aid) === of);
      return { types: typesOf(of), aids: ofTypes.length, proposed: proposalOf(question, own), examples: variedAids(ofTypes) };
    });
    return {
      ...question,
      publisher: publisher.name,
      proposed,
      parts: parts.filter((part) => isOther(part, proposed)).toSorted((a, b) => b.aids - a.aids),
      examples: variedAids(concerned),
      types,
      operators: [...countsOf(concerned.flatMap(({ content }) => content.instructors.map(({ name }) => name)))].sort(
        ([, a], [, b]) => b - a,
      ),
    };
  });
}

/** Fewer aids of the same types get no proposal of their own. */
const minPart = 3;

function isOther({ aids, proposed: { values } }: QuestionPart, all: Proposed): boolean {
  return aids > 0 && values.length > 0 && values.join("\n") !== all.values.join("\n");
}

function typesOf(joined: string): AidContent["aidTypes"] {
  return joined.split(",").filter((type) => type !== "") as AidContent["aidTypes"];
}

function proposalsFor(source: SourceFacts, aids: readonly ReadAid[]): ReadonlyMap<AidField, SourceValue> {
  const contents = aids.map(({ content }) => content);
  return new Map(proposeSourceValues(source, contents).map((one) => [one.field, one]));
}

function proposalOf({ word, field }: Question, proposals: ReadonlyMap<AidField, SourceValue>): Proposed {
  const { values = [], reason = null } = word === null ? (proposals.get(field) ?? {}) : {};
  return { values, reason };
}

/** Returns the aids to read: each time the first one of the types and operators that were chosen least. */
function variedAids(aids: readonly ReadAid[]): AskedQuestion["examples"] {
  const left = [...aids];
  const chosen: ReadAid[] = [];
  while (chosen.length < maxExamples && left.length > 0) {
    const known = (key: (aid: ReadAid) => string, aid: ReadAid) => chosen.filter((one) => key(one) === key(aid)).length;
    const seen = left.map((aid) => known(typeKey, aid) * maxExamples + known(operatorKey, aid));
    chosen.push(...left.splice(seen.indexOf(Math.min(...seen)), 1));
  }
  return chosen.map(({ aid, content }) => ({ ...aid, title: content.name }));
}

const typeKey = ({ content }: ReadAid) => content.aidTypes.join(",");
const operatorKey = ({ content }: ReadAid) => content.instructors.map(({ name }) => name).join("\n");

function asksFor({ field, word }: Question, { words = {}, leftOut = [] }: LackingAids): boolean {
  return (words[field] ?? null) === word && (word !== null || !leftOut.includes(field));
}

type ReadAid = ReturnType<typeof readAid>;

async function firstAids(catalogue: Catalogue, connector: string, answers: readonly StandingDecision[], today: string): Promise<ReadAid[]> {
  const aids: ReadAid[] = [];
  for await (const page of catalogue.aids.curated({ connector })) {
    aids.push(...page.filter(takesSuggestions).map((aid) => readAid(aid, answers, today)));
    if (aids.length >= maxRead) break;
  }
  return aids.slice(0, maxRead);
}

function readAid(
  { aidId, externalId, connector, status, memo, ...layers }: CuratedAid,
  answers: readonly StandingDecision[],
  today: string,
) {
  const content = shownContent(layers);
  const words = Object.fromEntries(memo.unmapped);
  const missing = missingForDescription(content);
  const leftOut = answers.flatMap(({ kind, field, condition }) =>
    kind === "fill" && field !== null && condition?.except?.includes(externalId) ? [field] : [],
  );
  const isExpired = content.submissionDeadline !== null && content.submissionDeadline < today;
  const lacking: LackingAids = { connector, isPublished: status === "published", missing, words, leftOut, isExpired, aids: 1 };
  return { aid: { aidId, externalId }, content, lacking };
}
