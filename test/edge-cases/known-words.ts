import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { plainRulesOf } from "../../src/kit/rules/rule-paths.ts";
import { labelsOf } from "../../src/kit/values/text/read-labels.ts";
import { type Term, type VocabularyName, vocabularies } from "../../src/model/vocabularies.ts";
import type { Bench, Field } from "./bench.ts";

/** Returns the vocabulary of a field, or null. */
function vocabularyOf(bench: Bench, field: Field): VocabularyName | null {
  const rule = bench.ruleOf(field);
  const plain = rule === undefined ? undefined : plainRulesOf(rule).find((one) => one.kind === "terms");
  return plain?.kind === "terms" ? plain.vocabulary : null;
}

const kept = new WeakMap<Bench, Map<Field, readonly string[]>>();

/** Returns the words that a field maps to a term: the publisher's in the feed first, then those of its term files, then ours. */
export function knownWords(bench: Bench, field: Field): readonly string[] {
  const ofBench = kept.get(bench) ?? new Map<Field, readonly string[]>();
  kept.set(bench, ofBench);
  const words = ofBench.get(field) ?? lookUp(bench, field);
  ofBench.set(field, words);
  return words;
}

function lookUp(bench: Bench, field: Field): string[] {
  const vocabulary = vocabularyOf(bench, field);
  if (vocabulary === null) return [];
  const { folder, definition, terms } = bench.connector;
  const files = [definition.id, "shared"].map((owner) => join(folder ?? "", "mappings", owner, `${vocabulary}.csv`));
  const ours: readonly Term[] = vocabularies[vocabulary];
  const all = [...inFeed(bench, field, vocabulary), ...files.flatMap(wordsInFile), ...ours.map(({ label }) => label)];
  return [...new Set(all)].filter((word) => (terms.targetsOf(vocabulary, word) ?? []).length > 0);
}

function inFeed(bench: Bench, field: Field, vocabulary: VocabularyName): string[] {
  const { placeholders, baseUrl, terms, connector } = bench.compiled;
  const rule = bench.ruleOf(field);
  const expressions = rule === undefined ? [] : plainRulesOf(rule).flatMap((plain) => (plain.kind === "terms" ? [plain.of] : []));
  return bench.feed.records.flatMap((values) => {
    const context = { values, placeholders, baseUrl, terms, timeZone: connector.timeZone, report: () => undefined };
    return expressions.flatMap((expression) => labelsOf(expression, vocabulary, context));
  });
}

function wordsInFile(file: string): string[] {
  if (!existsSync(file)) return [];
  const { data } = Papa.parse<string[]>(readFileSync(file, "utf8"), { delimiter: "," });
  return data.slice(1).flatMap(([word = ""]) => (word.trim() === "" ? [] : [word.trim()]));
}

/** Returns true if the result contains every term of the word. */
export function targetsIn(out: unknown, bench: Bench, field: Field, word: string): boolean {
  const targets = targetsOf(bench, field, word);
  return targets.length > 0 && targets.every((target) => [out].flat().includes(target));
}

/** Returns the terms of a word. */
export function targetsOf(bench: Bench, field: Field, word: string): readonly string[] {
  const vocabulary = vocabularyOf(bench, field);
  return vocabulary === null ? [] : (bench.connector.terms.targetsOf(vocabulary, word) ?? []);
}
