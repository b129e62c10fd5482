import { isDeepStrictEqual } from "node:util";
import { foldTerm } from "../../../src/kit/values/text/clean-text.ts";
import type { EdgeCase } from "../edge-case.ts";
import { fieldCase } from "../field-cases.ts";
import type { Field, Harness } from "../harness.ts";
import { keywords, separator, words } from "../kinds.ts";
import { knownWords, targetsIn, targetsOf } from "../known-words.ts";
import type { Place, Probe } from "../place.ts";

/** Returns another spelling of a word, or null. */
type Spelling = (word: string, separator: string | null) => string | null;

/** Returns the first known word of a field that has this spelling. */
function wordFor(harness: Harness, { field }: Place, { value }: Probe, spelling: Spelling): string | undefined {
  return [String(value), ...knownWords(harness, field)].find((word) => spelling(word, separator(harness, field)) !== null);
}

/** Returns a case with a known word in another spelling. */
function spelled(name: string, spelling: Spelling): EdgeCase {
  return fieldCase(
    `word: ${name}`,
    words,
    (harness, place, probe) => {
      const word = wordFor(harness, place, probe, spelling);
      return word === undefined ? { none: "no known word is like that" } : { value: spelling(word, separator(harness, place.field)) };
    },
    (out, { harness, place, probe }) => {
      const word = wordFor(harness, place, probe, spelling) ?? "";
      if (isDeepStrictEqual(new Set([out].flat()), new Set(targetsOf(harness, place.field, word)))) return "known";
      return `"${word}" is ${[out].flat().length === 0 ? "unknown" : [out].flat().join(", ")}`;
    },
  );
}

/** Returns two known words with different terms and without list separators, or null. */
export function twoWords(harness: Harness, field: Field, probed: unknown): [string, string] | null {
  const plain = [String(probed), ...knownWords(harness, field)].filter((word) => !/[,;|&<>/]/.test(word));
  const [first] = plain;
  const second = plain.find(
    (word) =>
      first !== undefined &&
      foldTerm(word) !== foldTerm(first) &&
      !targetsOf(harness, field, first).some((one) => targetsOf(harness, field, word).includes(one)),
  );
  return first === undefined || second === undefined ? null : [first, second];
}

/** Returns a case with a list of two words. */
function listed(name: string, write: (first: string, second: string, sign: string) => unknown, needsLists = false): EdgeCase[] {
  return [
    fieldCase(
      `list of words: ${name}`,
      words,
      (harness, place, { value }) => {
        const two = twoWords(harness, place.field, value);
        if (two === null) return { none: "knows one word only" };
        return needsLists && !place.takesLists
          ? { none: "the format has texts only" }
          : { value: write(...two, separator(harness, place.field) ?? ",") };
      },
      (out, { harness, place, probe }) => {
        const known = twoWords(harness, place.field, probe.value)?.map((word) => targetsIn(out, harness, place.field, word));
        return known?.every((one) => one) ? "kept both" : known?.some((one) => one) ? "kept one of the two" : "kept neither";
      },
    ),
    fieldCase(
      `free list: ${name}`,
      keywords,
      (harness, place) =>
        needsLists && !place.takesLists
          ? { none: "the format has texts only" }
          : { value: write("Eau", "Air", separator(harness, place.field) ?? ",") },
      (out) => `kept ${JSON.stringify(out)}`,
    ),
  ];
}

/** Encodes the first letter as an entity. Splitting at `;` before decoding would lose the word. */
const encoded = (word: string) => `&#${word.codePointAt(0)};${word.slice(1)}`;

const withoutS = (word: string) => (/^[\p{L}]+s$/u.test(word) ? word.slice(0, -1) : null);
const withS = (word: string) => (/^[\p{L}]+[^sx]$/u.test(word) && word.length > 4 ? `${word}s` : null);

/** Lists of words, and other spellings. */
export const wordCases: readonly EdgeCase[] = [
  ...listed("a list", (first, second) => [first, second], true),
  ...listed('"A, B"', (first, second) => `${first}, ${second}`),
  ...listed('"A;B"', (first, second) => `${first};${second}`),
  ...listed('"A<|>B"', (first, second) => `${first}<|>${second}`),
  ...listed("entities, by its own separator", (first, second, sign) => encoded(first) + sign + encoded(second)),
  spelled("singular where the plural is known", withoutS),
  spelled("plural where the singular is known", withS),
  spelled("the other apostrophe", (word) => (/['’]/.test(word) ? word.replace(/['’]/g, (sign) => (sign === "'" ? "’" : "'")) : null)),
  spelled("in capitals", (word) => (word === word.toUpperCase() ? null : word.toUpperCase())),
  spelled("blanks around and inside", (word) => (/\s/.test(word) ? `  ${word.replace(/\s/, "   ")} ` : null)),
  spelled("an entity in it", (word) => (word.includes("é") ? word.replaceAll("é", "&eacute;") : null)),
  spelled("it holds the separator", (word, sign) => (sign !== null && word.includes(sign) ? word : null)),
  fieldCase(
    "word: nobody knows it",
    words,
    () => ({ value: "Licornes" }),
    (out) => `kept ${JSON.stringify(out)}`,
  ),
  {
    name: "word: an audience in the field of themes",
    outcome: (harness) =>
      fieldCase(
        "word: an audience in the field of themes",
        { ...words, fields: ["categories"] },
        () => ({ value: knownWords(harness, "targetedAudiences")[0] ?? "Associations" }),
        (out, { put, kept }) => {
          const means = targetsOf(harness, "targetedAudiences", String(put));
          const isAudience = means.length > 0 && means.every((one) => kept.content.targetedAudiences.some((audience) => audience === one));
          const themes = [out].flat();
          return `${themes.length === 0 ? "no theme" : `theme ${themes.join(", ")}`}${isAudience ? ", an audience" : ""}`;
        },
      ).outcome(harness),
  },
];
