import { counted, french } from "../../../french/typography.ts";
import type { OfConnector } from "../../../model/run/digest.ts";

export { sentence } from "../../../french/typography.ts";

/** What to do next; `command`: how, on the command line. */
export interface NextStep {
  readonly say: string;
  readonly command: string | null;
}

/** What is said of one connector. */
export interface DigestLine {
  readonly who: string;
  readonly what: readonly string[];
  readonly next: readonly NextStep[];
}

/** Lines about the same thing: the first of them. `count`: of how many there are in all; `left`: how many are not written out; `more`: how to see them. */
export interface DigestSection {
  readonly title: string;
  readonly count: number;
  readonly lines: readonly DigestLine[];
  readonly left: number;
  readonly more: NextStep;
}

/** Lines of a section that are written out: a night in which our network was down is no page of hundreds. */
const linesShown = 30;
const longestSentence = 600;

/** A section with its lines, or nothing where there are none. `more`: how to see those that are not written out. */
export function section(title: string, lines: readonly DigestLine[], more: NextStep): DigestSection[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, linesShown).map(tidied);
  return [{ title, count: lines.length, lines: shown, left: lines.length - shown.length, more }];
}

/** A section about many that is one line, because one step is for all of them: `names`, each after what is said of them all. */
export function sectionInOne(title: string, names: readonly string[], { who, what, next }: DigestLine): DigestSection[] {
  const [first] = next;
  if (names.length === 0 || first === undefined) return [];
  const rest = names.length > linesShown ? [french`… et ${counted(names.length - linesShown, "autre")}.`] : [];
  const line = tidied({ who, what: [...what, ...names.slice(0, linesShown), ...rest], next });
  return [{ title, count: names.length, lines: [line], left: 0, more: first }];
}

/** A step with its command. */
export function step(say: string, command: string | null = null): NextStep {
  return { say, command };
}

/** Publisher and connector. */
export function whoIs({ publisher, connector }: OfConnector): string {
  return publisher === connector ? connector : `${publisher} (${connector})`;
}

/** The first characters of an id, as the command line takes them. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** Words of feeds stand in the sentences: they break no line, hide nothing and do not go on for ever. */
function tidied({ who, what, next }: DigestLine): DigestLine {
  return { who: onOneLine(who), what: what.map(onOneLine), next: next.map(({ say, command }) => ({ say: onOneLine(say), command })) };
}

function onOneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/\p{Cf}/gu, "");
  return line.length > longestSentence ? `${line.slice(0, longestSentence)}…` : line;
}
