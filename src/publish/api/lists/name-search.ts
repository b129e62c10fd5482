import { comparableText } from "../../../model/text/comparable-text.ts";
import { single } from "../parameters/parameter.ts";
import { textUpTo } from "../parameters/read-values.ts";

/** Describes the parameter that searches a list by name. */
export const nameSearch = (meaning: string, example: string) =>
  single({ name: "q", otherNames: ["search"], meaning, example }, textUpTo(200));

/** Returns a test for names: each word of `q`, if given, begins a word of the name, without case and accents. */
export function namedLike(q: string | undefined): (name: string) => boolean {
  const words = comparableText(q ?? "")
    .split(" ")
    .filter(Boolean);
  return (name) => words.every((word) => ` ${comparableText(name)}`.includes(` ${word}`));
}
