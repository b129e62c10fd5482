import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { plainRulesOf } from "../../src/kit/rules/rule-paths.ts";
import { labelsOf } from "../../src/kit/values/text/read-labels.ts";
import { type Term, type VocabularyName, vocabularies } from "../../src/model/vocabularies.ts";
import type { Field, Harness } from "./harness.ts";

/** Returns the vocabulary of a field, or null. */
function vocabularyOf(harness: Harness, field: Field): VocabularyName | null {
  const rule = harness.ruleOf(field);
  const plain = rule === undefined ? undefined : plainRulesOf(rule).find((one) => one.kind === "terms");
  return plain?.kind === "terms" ? plain.vocabulary : null;
}

const kept = new WeakMap<Harness, Map<Field, readonly string[]>>();

/** Returns the words that a field maps to a term: the publisher's in the feed first, then those of its term files, then ours. */
export function knownWords(harness: Harness, field: Field): readonly string[] {
  const ofHarness = kept.get(harness) ?? new Map<Field, readonly string[]>();
  kept.set(harness, ofHarness);
  const words = ofHarness.get(field) ?? lookUp(harness, field);
  ofHarness.set(field, words);
  return words;
}

function lookUp(harness: Harness, field: Field): string[] {
  const vocabulary = vocabularyOf(harness, field);
  if (vocabulary === null) return [];
  const { folder, definition, terms } = harness.connector;
  const files = [definition.id, "shared"].map((owner) => join(folder ?? "", "mappings", owner, `${vocabulary}.csv`));
  const ours: readonly Term[] = vocabularies[vocabulary];
  const all = [...inFeed(harness, field, vocabulary), ...files.flatMap(wordsInFile), ...ours.map(({ label }) => label)];
  return [...new Set(all)].filter((word) => (terms.targetsOf(vocabulary, word) ?? []).length > 0);
}

function inFeed(harness: Harness, field: Field, vocabulary: VocabularyName): string[] {
  const rule = harness.ruleOf(field);
  const expressions = rule === undefined ? [] : plainRulesOf(rule).flatMap((plain) => (plain.kind === "terms" ? [plain.of] : []));
  return harness.feed.records.flatMap((values) => {
    const context = { ...harness.compiled.context, values, report: () => undefined };
    return expressions.flatMap((expression) => labelsOf(expression, vocabulary, context));
  });
}

function wordsInFile(file: string): string[] {
  if (!existsSync(file)) return [];
  const { data } = Papa.parse<string[]>(readFileSync(file, "utf8"), { delimiter: "," });
  return data.slice(1).flatMap(([word = ""]) => (word.trim() === "" ? [] : [word.trim()]));
}

/** Returns true if the result contains every term of the word. */
export function targetsIn(out: unknown, harness: Harness, field: Field, word: string): boolean {
  const targets = targetsOf(harness, field, word);
  return targets.length > 0 && targets.every((target) => [out].flat().includes(target));
}

/** Returns the terms of a word. */
export function targetsOf(harness: Harness, field: Field, word: string): readonly string[] {
  const vocabulary = vocabularyOf(harness, field);
  return vocabulary === null ? [] : (harness.connector.terms.targetsOf(vocabulary, word) ?? []);
}
