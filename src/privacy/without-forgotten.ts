import { type ForgottenPeople, forgottenPeople } from "./forgotten-people.ts";
import type { PersonTrace } from "./person-trace.ts";
import { type ReadableView, readableView, type Stretch } from "./readable-view.ts";

/** Replaces a forgotten person in all texts. Records and aids use the same word, so that they stay equal. */
export const erased = "[effacé]";

interface Replacement extends Stretch {
  readonly by: string;
}

const nothing: readonly Replacement[] = [];
/** A text that is only a link. Without a part of it, the link would not work. */
const onlyAddress = /^\s*https?:\/\/\S*\s*$/i;

/** Removes people from a text. A link to one becomes its text; a text that is only such a link becomes empty. */
export function withoutForgotten(text: string, traces: readonly PersonTrace[], keys: readonly string[]): string {
  return withoutPeople(text, forgottenPeople(traces, keys));
}

/** Does the same for people whose traces are already read. */
export function withoutPeople(text: string, people: ForgottenPeople): string {
  if (people.isEmpty || text.length < 5) return text;
  const view = readableView(text);
  const found = people.findIn(view.text).flatMap((stretch) => view.written(stretch).map((piece) => ({ ...piece, by: erased })));
  const linked = inAttributes(text, view, people);
  if (found.length === 0 && linked.length === 0) return text;
  return onlyAddress.test(text) ? "" : replaced(text, [...found, ...linked]);
}

/** Returns true if a text names one of the people. */
export function holdsPeople(text: string, people: ForgottenPeople): boolean {
  return withoutPeople(text, people) !== text;
}

function inAttributes(text: string, view: ReadableView, people: ForgottenPeople): readonly Replacement[] {
  if (view.attributes.length === 0) return nothing;
  return view.attributes.flatMap(({ text: value, value: place, tag }) => {
    if (people.findIn(value).length === 0) return [];
    if (tag.name !== "a") return [{ ...place, by: erased }];
    const close = /<\/a\s*>/i.exec(text.slice(tag.end));
    const end = close === null ? [] : [{ start: tag.end + close.index, end: tag.end + close.index + close[0].length, by: "" }];
    return [{ ...tag, by: "" }, ...end];
  });
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, by } of [...replacements].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    result += text.slice(at, start) + by;
    at = end;
  }
  return result + text.slice(at);
}
