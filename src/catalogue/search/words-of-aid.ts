import type { AidContent } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import { contentWithoutPeople } from "../../privacy/without-people-in-aid.ts";
import { indexWords, withheldWord } from "./search-words.ts";

/** Number of characters of the description that are indexed. */
const searched = 2000;

/** Returns the distinct names of organisations that finance or run an aid. */
export function organisationsOf({ financers, instructors }: Pick<AidContent, "financers" | "instructors">): string[] {
  return [...new Set([...financers, ...instructors].map(({ name }) => name))];
}

/**
 * Returns the words of an aid's texts. Prefixes: `/o/…` organisations, `/b/…` slugs and SIREN of backers, `/t/…` title. Words that only
 * occur in text about people are marked as not public.
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
