import { noServices, peopleBut, type ServicesOfAid } from "./doubts.ts";
import { removed, removedDetail, tidyLine } from "./tidy-line.ts";

/** Removes people, their addresses and numbers from a line of text (not HTML). Returns null if nothing is left, or for null. */
export function textWithoutPeople(text: string | null, services: ServicesOfAid = noServices): string | null {
  const marked = text === null ? null : withMarks(text, services);
  return marked === null ? text : tidyLine(marked, () => false) || null;
}

/** Does the same for a title, but keeps the sentence around a person. Returns `Aide` instead of an empty title. */
export function titleWithoutPeople(title: string, services: ServicesOfAid = noServices): string {
  const marked = withMarks(title, services);
  return marked === null ? title : tidyLine(marked, () => true) || "Aide";
}

/** Replaces each person in a text with a mark. Returns null if the text names nobody. */
function withMarks(text: string, services: ServicesOfAid): string | null {
  const people = peopleBut(services, text);
  if (people.length === 0) return null;
  let marked = text;
  for (const { start, end, kind } of people.reverse())
    marked = marked.slice(0, start) + (kind === "name" ? removed : removedDetail) + marked.slice(end);
  return marked;
}
