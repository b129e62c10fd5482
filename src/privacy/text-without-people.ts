import { canHoldPerson } from "./can-hold-person.ts";
import { recognisePeople } from "./recognise-people.ts";
import { removed, tidyLine } from "./tidy-line.ts";

/** Removes names of people, their addresses and numbers from a line of text (not HTML). Null if nothing is left; null stays null. */
export function textWithoutPeople(text: string | null): string | null {
  const marked = text === null ? null : withMarks(text);
  return marked === null ? text : tidyLine(marked, () => false) || null;
}

/** The same for a title, which must not be empty: the sentence around a person stays, and `Aide` replaces an empty title. */
export function titleWithoutPeople(title: string): string {
  const marked = withMarks(title);
  return marked === null ? title : tidyLine(marked, () => true) || "Aide";
}

/** Returns the text with a mark for each person, or null without any. */
function withMarks(text: string): string | null {
  const people = canHoldPerson(text) ? recognisePeople(text) : [];
  if (people.length === 0) return null;
  let marked = text;
  for (const { start, end } of people.reverse()) marked = marked.slice(0, start) + removed + marked.slice(end);
  return marked;
}
