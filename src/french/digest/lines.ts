import type { OfConnector } from "../../model/run/digest.ts";
import { counted, french, joinedWithAnd, onOneLine } from "../typography.ts";

/** A next step; `command`: how to do it on the command line, or null. */
export interface NextStep {
  readonly say: string;
  readonly command: string | null;
}

/** A line about one connector. */
export interface DigestLine {
  readonly who: string;
  readonly what: readonly string[];
  readonly next: readonly NextStep[];
}

/** Lines about one subject. `count`: total number; `left`: lines not shown; `more`: how to see them. */
export interface DigestSection {
  readonly title: string;
  readonly count: number;
  readonly lines: readonly DigestLine[];
  readonly left: number;
  readonly more: NextStep;
}

/** Maximum number of lines in a section: a network failure must not fill a page with hundreds. */
const linesShown = 30;

/** Returns a section, or nothing without lines. `more`: how to see the other lines; `count`: total number of lines. */
export function section(title: string, lines: readonly DigestLine[], more: NextStep, count = lines.length): DigestSection[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, linesShown).map(tidied);
  return [{ title, count, lines: shown, left: count - shown.length, more }];
}

/** Returns a section with one line for many connectors that need the same step: `names` follow the sentence. */
export function sectionInOne(title: string, names: readonly string[], { who, what, next }: DigestLine): DigestSection[] {
  const [first] = next;
  if (names.length === 0 || first === undefined) return [];
  const rest = names.length > linesShown ? [french`… et ${counted(names.length - linesShown, "autre")}.`] : [];
  const line = tidied({ who, what: [...what, ...names.slice(0, linesShown), ...rest], next });
  return [{ title, count: names.length, lines: [line], left: 0, more: first }];
}

/** Maximum number of names in a sentence. */
const namesInLine = 10;

/** Returns names as the end of a sentence, and the number of those that are left out. */
export function namesSentence(names: readonly string[]): string {
  const left = names.length - namesInLine;
  return `${joinedWithAnd(left > 0 ? [...names.slice(0, namesInLine), counted(left, "autre")] : names)}.`;
}

/** Returns a step with its command. */
export function step(say: string, command: string | null = null): NextStep {
  return { say, command };
}

/** Returns the names of publisher and connector. */
export function whoIs({ publisher, connector }: OfConnector): string {
  return publisher === connector ? connector : `${publisher} (${connector})`;
}

/** Returns the first characters of an id, which the command line accepts. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** Removes line breaks and invisible characters of feed texts and limits their length. */
function tidied({ who, what, next }: DigestLine): DigestLine {
  return { who: onOneLine(who), what: what.map(onOneLine), next: next.map(({ say, command }) => ({ say: onOneLine(say), command })) };
}
