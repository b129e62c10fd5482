import { escapeText } from "../kit/values/html/html-markup.ts";
import { noServices, peopleBut, type ServicesOfAid } from "./doubts.ts";
import { readableView, type Stretch } from "./readable-view.ts";
import type { RecognisedPerson } from "./recognise-people.ts";
import { namesService, removed, removedDetail, saysNothing, tidyLine } from "./tidy-line.ts";

/** A connector's policy for contacts in exports: keep people, keep only mailboxes and services, or leave the contact out. */
export type ContactPolicy = "keep" | "mailbox" | "leave-out";

const block = /(<\/?(?:p|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|blockquote|hr)\b[^>]*>|<br\b[^>]*>)/i;
const canBeEmpty: ReadonlySet<string> = new Set("p div li ul ol h1 h2 h3 h4 h5 h6 blockquote strong em".split(" "));
const blanks = /(?:\s|<br\b[^<>]*>)+/gi;
const opensBlock = /<(?:p|div|li|td)\b[^<>]*>$/i;
const closesBlock = /^<\/(?:p|div|li|td)>/i;
const longestTag = 1000;
const link = /<a\b[^<>]*>(?:(?!<\/?a\b).)*<\/a>/gis;
/** First of the private characters that replace the links of a line while it is tidied. */
const firstMark = 0xe100;

/**
 * Returns the contact of an aid (HTML, or null) for exports. `mailbox` removes people with their addresses and numbers, and lines that are
 * empty after that. Services, mailboxes and lines without people are unchanged. `services`: doubtful people who are services.
 */
export function htmlWithoutPeople(html: string | null, policy: ContactPolicy, services: ServicesOfAid = noServices): string | null {
  if (html === null || policy === "keep") return html;
  if (policy === "leave-out") return null;
  const people = peopleBut(services, html);
  if (people.length === 0) return html;
  const pieces = html.split(block);
  let at = 0;
  const kept = pieces.map((piece, place) => {
    const stretch = { start: at, end: at + piece.length };
    at = stretch.end;
    return place % 2 === 1 ? piece : withoutPeopleIn(piece, stretch, people);
  });
  return readableHtml(withoutOrphans(pieces, kept).join(""));
}

const civilityLine = /^\s*(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|Madame|Monsieur)\s*$/u;
const headingLine =
  /:\s*$|^\s*(?:(?:vos |votre )?contacts?|(?:vos |votre )?interlocut(?:eur|rice)s?|r[ée]f[ée]rente?s?|coordonn[ée]es|renseignements)(?:\s[\p{L}\s’']{0,40})?\s*$/iu;

/** Empties headings and civilities whose people are gone. `before`: the pieces as written, lines and tags in turn. */
function withoutOrphans(before: readonly string[], kept: readonly string[]): string[] {
  const left = [...kept];
  /** The next line that is not empty, and whether a line before it was emptied. */
  let [next, isEmptied]: [string | null, boolean] = [null, false];
  for (let at = left.length - 1; at >= 0; at--) {
    const [written = "", now = ""] = [before[at], left[at]];
    if (at % 2 === 1 || written.trim() === "") continue;
    const text = textOf(now);
    const isOrphan =
      now === written && isEmptied && (civilityLine.test(text) || (headingLine.test(text) && (next === null || headingLine.test(next))));
    if (isOrphan) left[at] = "";
    if (text === "" || isOrphan) isEmptied = true;
    else [next, isEmptied] = [text, false];
  }
  return left;
}

function textOf(html: string): string {
  return readableView(html.replace(/<[^>]*>/g, "")).text.trim();
}

function withoutPeopleIn(line: string, place: Stretch, people: readonly RecognisedPerson[]): string {
  const here = people.filter(({ start, end }) => start < place.end && end > place.start);
  if (here.length === 0) return line;
  const links: string[] = [];
  const marked = withMarks(line, place, here).replace(link, (whole) => {
    const text = whole.replace(/<[^>]*>/g, "");
    if (text.includes(removed)) return removed;
    // Without the address, the text of a link is useless, unless it is the name of a service.
    if (whole.includes(removedDetail)) return namesService(text) ? text : removedDetail;
    links.push(whole);
    return String.fromCharCode(firstMark + links.length - 1);
  });
  const tidied = tidyLine(readableView(marked.replace(/<[^>]*>/g, "")).text, (text) => links.length > 0 && /[\ue100-\uefff]/.test(text));
  return escapeText(tidied).replace(/[\ue100-\uefff]/g, (mark) => links[mark.charCodeAt(0) - firstMark] ?? "");
}

/** Replaces every person in a line with the mark `removed`. */
function withMarks(line: string, place: Stretch, people: readonly RecognisedPerson[]): string {
  let marked = line;
  for (const { start, end, kind } of withoutOverlaps(people)) {
    const [from, to] = [Math.max(0, start - place.start), Math.min(line.length, end - place.start)];
    // Keep the tags inside a name, so that all elements are closed, but not their addresses.
    const tags = (line.slice(from, to).match(/<[^>]*>/g) ?? [])
      .map((tag) => tag.replace(/^<a\b.*/is, `<a href="${removedDetail}">`))
      .join("");
    marked = marked.slice(0, from) + (kind === "name" ? removed : removedDetail) + tags + marked.slice(to);
  }
  return marked;
}

/** Leaves out what lies inside a name, such as the address of its link. Returns the others from the last to the first. */
function withoutOverlaps(people: readonly RecognisedPerson[]): RecognisedPerson[] {
  const isName = ({ kind }: RecognisedPerson) => Number(kind === "name");
  const sorted = [...people].sort((a, b) => a.start - b.start || b.end - a.end || isName(b) - isName(a));
  let endOfNames = -1;
  const left = sorted.filter((person) => {
    const isInside = person.end <= endOfNames;
    if (isName(person)) endOfNames = Math.max(endOfNames, person.end);
    return !isInside;
  });
  return left.reverse();
}

/** Removes empty blocks and breaks at the ends of blocks. Returns null if no text is left. */
function readableHtml(html: string): string | null {
  const left = withoutEmptyBlocks(html).replace(blanks, (run, at: number, all: string) => {
    const isAtEnd = at === 0 || at + run.length === all.length || opensBlock.test(all.slice(Math.max(0, at - longestTag), at));
    if (isAtEnd || closesBlock.test(all.slice(at + run.length, at + run.length + longestTag))) return "";
    const breaks = run.match(/<br\b[^>]*>/gi) ?? [];
    return breaks.length > 1 ? run.replace(/<br\b.*<br\b[^>]*>/is, breaks[0] ?? "") : run;
  });
  return saysNothing(readableView(left).text) ? null : left;
}

/** Removes elements that contain only blanks, breaks and such elements. */
function withoutEmptyBlocks(html: string): string {
  const written: string[] = [];
  /** The open elements since the last text: their name, and their place in `written`. */
  let open: { readonly name: string; readonly at: number }[] = [];
  for (const piece of html.split(/(<[^<>]*>)/)) {
    const [, close = "", name = ""] = /^<(\/?)([a-z][a-z\d]*)/i.exec(piece) ?? [];
    const element = name.toLowerCase();
    if (close === "/" && open.at(-1)?.name === element) {
      written.length = open.pop()?.at ?? 0;
      continue;
    }
    if (close === "" && canBeEmpty.has(element)) open.push({ name: element, at: written.length });
    else if (element !== "br" && piece.replaceAll("&nbsp;", "").trim() !== "") open = [];
    written.push(piece);
  }
  return written.join("");
}
