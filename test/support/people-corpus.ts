import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { foldWord, nameWords } from "../../src/privacy/fold-name.ts";
import { particles } from "../../src/privacy/name-vocabulary.ts";
import { readableView } from "../../src/privacy/readable-view.ts";
import { withoutPeopleInAid } from "../../src/privacy/without-people-in-aid.ts";
import { exampleAid } from "./example-aid.ts";
import { fragmentsOf } from "./text-fragments.ts";

/** A labelled text of the corpus. */
export interface PeopleCase {
  /** File and line, for messages. */
  readonly place: string;
  /** False for files of texts without markup: their names start with "plain". */
  readonly isHtml: boolean;
  readonly isHeldOut: boolean;
  readonly written: string;
  /** Names, addresses and numbers of people, as written. */
  readonly people: readonly string[];
  /** Details of services, as written. */
  readonly services: readonly string[];
}

/** What the gate did with a case. */
export interface PeopleResult {
  readonly published: string | null;
  readonly peopleLeft: readonly string[];
  readonly servicesLost: readonly string[];
  readonly fragments: readonly string[];
}

const folder = join(import.meta.dirname, "../privacy/people-corpus");
const span = /\{([ps])\|([^}]*)\}/g;

/**
 * Reads the corpus. In a file, a blank line separates groups of texts of the same shape. Every third group is held out: rules are not
 * written after these texts.
 */
export function peopleCorpus(): PeopleCase[] {
  return readdirSync(folder).flatMap((file) => {
    let group = 0;
    const lines = readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
    return lines.flatMap((line, at): PeopleCase[] => {
      if (line === "") group++;
      if (line === "" || line.startsWith("#")) return [];
      const labelled = [...line.matchAll(span)];
      const of = (kind: string) => labelled.filter((found) => found[1] === kind).map((found) => found[2] ?? "");
      const written = line.replace(span, "$2");
      const isHtml = !file.startsWith("plain");
      return [{ place: `${file}:${at + 1}`, isHtml, isHeldOut: group % 3 === 2, written, people: of("p"), services: of("s") }];
    });
  });
}

/** Passes a case through the gate of everything public, and compares the result with the labels. */
export function checkCase({ isHtml, written, people, services }: PeopleCase): PeopleResult {
  const field = isHtml ? "description" : "contactDetail";
  const published = withoutPeopleInAid(exampleAid({ [field]: written }), "mailbox")[field];
  const [before, after] = [allText(written), allText(published ?? "")];
  const others = new Set(nameWords(written.replace(span, "$2")).map(({ folded }) => folded));
  for (const person of people) for (const { folded } of nameWords(allText(person))) others.delete(folded);
  for (const service of services) for (const { folded } of nameWords(allText(service))) others.add(folded);
  return {
    published,
    peopleLeft: people.filter((person) => isLeft(allText(person), after, others)),
    servicesLost: services.filter((service) => !plain(after).includes(plain(allText(service)))),
    fragments: published === null ? [] : fragmentsOf(readableView(written).text, readableView(published).text, before),
  };
}

/** Visible text and attributes, decoded. */
function allText(html: string): string {
  const { text, attributes } = readableView(html);
  return [text, ...attributes.map((attribute) => attribute.text)].join("\n");
}

function plain(text: string): string {
  return text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
}

/** Returns true if a word, the local part or the digits of a person are still in a text. `others`: words that belong to nobody. */
function isLeft(person: string, text: string, others: ReadonlySet<string>): boolean {
  const digits = person.replace(/\D/g, "");
  if (digits.length >= 9) return text.replace(/\D/g, "").includes(digits);
  const local = /^\s*([\p{L}\d._%+'-]+)\s*@/u.exec(person)?.[1] ?? (/^[a-z]+[._-][a-z.-]+$/.test(person) ? person : null);
  if (local !== null) return foldWord(text).includes(foldWord(local));
  const words = new Set(nameWords(text).map(({ folded }) => folded));
  return nameWords(person).some(({ folded }) => folded.length > 2 && !particles.has(folded) && !others.has(folded) && words.has(folded));
}
