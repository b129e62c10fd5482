import type { AidContent } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { contentWithoutPeople } from "../../privacy/without-people-in-aid.ts";
import { indexWords, withheldWord } from "./search-words.ts";

/** Beginning of a description that is searched, in characters. */
const searched = 2000;

/** Names of those that pay for an aid or run it, each once. */
export function organisationsOf({ financers, instructors }: Pick<AidContent, "financers" | "instructors">): string[] {
  return [...new Set([...financers, ...instructors].map(({ name }) => name))];
}

/**
 * Words of an aid's texts; as `/o/…` those of its organisations, as `/b/…` what these are asked for by, as `/t/…` those of its title. A word of people, which stands in
 * nothing that anybody may read of the aid, is marked as withheld.
 */
export function wordsOfAid(externalId: string, content: AidContent): string[] {
  const whole = searchedOf(content);
  const open = searchedOf(contentWithoutPeople(wholeContent(whole), "leave-out"));
  const all = wordsIn(externalId, whole);
  const ofTitle = indexWords(open.name, "/t/");
  if (JSON.stringify(open) === JSON.stringify(whole)) return [...all, ...ofTitle];
  const anybodys = new Set(wordsIn(externalId, open));
  return [...anybodys, ...ofTitle, ...all.filter((word) => !anybodys.has(word)).map(withheldWord)];
}

type Searched = Pick<AidContent, "name" | "nameInitial" | "shortTitle" | "description" | "financers" | "instructors">;

function searchedOf({ name, nameInitial, shortTitle, description, financers, instructors }: AidContent): Searched {
  return { name, nameInitial, shortTitle, description, financers, instructors };
}

function wordsIn(externalId: string, content: Searched): string[] {
  const { name, nameInitial, shortTitle, description, financers, instructors } = content;
  const organisations = organisationsOf(content);
  const beginning = (description ?? "").slice(0, searched);
  const text = [name, nameInitial, shortTitle, externalId, ...organisations, beginning].filter(Boolean).join(" ");
  const backers = [...financers, ...instructors].flatMap(({ name: backer, siren }) => [backerSlug(backer), siren ?? ""]).filter(Boolean);
  return [...new Set([...indexWords(text), ...indexWords(organisations.join(" "), "/o/"), ...backers.map((backer) => `/b/${backer}`)])];
}
