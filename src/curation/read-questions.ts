import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import type { AidContent, AidField } from "../model/aid/aid.ts";
import { missingForDescription } from "../model/aid/publishable.ts";
import { type LackingAids, orderQuestions, type Question } from "../model/aid/question.ts";
import { shownContent } from "../model/aid/shown-value.ts";
import type { SourceValue } from "../model/aid/source-value.ts";
import { countsOf } from "../model/collect.ts";
import type { PerimeterRef } from "../model/territories/perimeter.ts";
import { proposeSourceValues } from "../suggest/propose-source-values.ts";
import { takesSuggestions } from "./waiting-suggestions.ts";

/** A question with what a person needs to answer it. */
export interface AskedQuestion extends Question {
  readonly publisher: string;
  /** Our answer as a person would write it, with its reason. None without a proposal. */
  readonly proposed: Pick<SourceValue, "values" | "reason">;
  /** The first aids that it concerns. */
  readonly examples: readonly { readonly aidId: string; readonly externalId: string; readonly title: string }[];
  /** The types of these aids, and the organisations that run them, with their numbers of aids. The most frequent first. */
  readonly types: readonly (readonly [AidContent["aidTypes"], number])[];
  readonly operators: readonly (readonly [string, number])[];
}

/** Which questions: about some connectors, aids of some territories. Null: all. */
export interface QuestionFilter {
  readonly connectors: readonly string[] | null;
  readonly territories: readonly PerimeterRef[] | null;
}

const maxExamples = 5;
/** Maximum number of aids of a connector that a question and its proposal rest on. */
const maxRead = 1000;

/** Returns the questions that free most aids for each answer, from the search index, which must be up to date. */
export async function readQuestions(catalogue: Catalogue, { connectors, territories }: QuestionFilter): Promise<Question[]> {
  return orderQuestions(await catalogue.funnel.groups(connectors, territories));
}

/** Returns the questions about one connector with their proposed answers; also those about the publisher's words. Reads its first aids. */
export async function askQuestions(catalogue: Catalogue, { definition }: LoadedConnector): Promise<AskedQuestion[]> {
  const aids = await firstAids(catalogue, definition.id);
  const { publisher } = definition;
  const proposals = new Map<AidField, SourceValue>(
    proposeSourceValues(
      publisher,
      aids.map(({ content }) => content),
    ).map((one) => [one.field, one]),
  );
  return orderQuestions(aids.map(({ lacking }) => lacking)).map((question) => {
    const concerned = aids.filter(({ lacking }) => lacking.missing.includes(question.field) && asksFor(question, lacking));
    const { values = [], reason = null } = question.word === null ? (proposals.get(question.field) ?? {}) : {};
    return {
      ...question,
      publisher: publisher.name,
      proposed: { values, reason },
      examples: concerned.slice(0, maxExamples).map(({ aid, content }) => ({ ...aid, title: content.name })),
      types: [...countsOf(concerned.map(({ content }) => content.aidTypes.join(",")))]
        .sort(([, a], [, b]) => b - a)
        .map(([types, count]) => [types.split(",").filter((type) => type !== "") as AidContent["aidTypes"], count]),
      operators: [...countsOf(concerned.flatMap(({ content }) => content.instructors.map(({ name }) => name)))].sort(
        ([, a], [, b]) => b - a,
      ),
    };
  });
}

function asksFor({ field, word }: Question, { words = {} }: LackingAids): boolean {
  return (words[field] ?? null) === word;
}

async function firstAids(catalogue: Catalogue, connector: string) {
  const aids: ReturnType<typeof readAid>[] = [];
  for await (const page of catalogue.aids.curated({ connector })) {
    aids.push(...page.filter(takesSuggestions).map(readAid));
    if (aids.length >= maxRead) break;
  }
  return aids.slice(0, maxRead);
}

function readAid({ aidId, externalId, connector, status, memo, ...layers }: CuratedAid) {
  const content = shownContent(layers);
  const words = Object.fromEntries(memo.unmapped);
  const missing = missingForDescription(content);
  const lacking: LackingAids = { connector, isPublished: status === "published", missing, words, aids: 1 };
  return { aid: { aidId, externalId }, content, lacking };
}
