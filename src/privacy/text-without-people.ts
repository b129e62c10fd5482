import { canHoldPerson } from "./can-hold-person.ts";
import { recognisePeople } from "./recognise-people.ts";
import { removed, tidyLine } from "./tidy-line.ts";

/** A line of text, no HTML, without names of people, their addresses and numbers. Null where nothing is left to say; null stays null. */
export function textWithoutPeople(text: string | null): string | null {
  const marked = text === null ? null : withMarks(text);
  return marked === null ? text : tidyLine(marked, () => false) || null;
}

/** The same of a title, which there must be: a sentence that somebody was in stays, and `Aide` stands where nothing else is left. */
export function titleWithoutPeople(title: string): string {
  const marked = withMarks(title);
  return marked === null ? title : tidyLine(marked, () => true) || "Aide";
}

/** The text with a mark in place of everyone in it; null where nobody is. */
function withMarks(text: string): string | null {
  const people = canHoldPerson(text) ? recognisePeople(text) : [];
  if (people.length === 0) return null;
  let marked = text;
  for (const { start, end } of people.reverse()) marked = marked.slice(0, start) + removed + marked.slice(end);
  return marked;
}
