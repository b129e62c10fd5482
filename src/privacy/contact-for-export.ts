import { readableView, type Stretch } from "./readable-view.ts";
import { type RecognisedPerson, recognisePeople } from "./recognise-people.ts";
import { removed, saysNothing, tidyLine } from "./tidy-line.ts";

/** What a connector says of people in its contacts: leave them in, leave only mailboxes and services, or leave contacts out of exports. */
export type ContactPolicy = "keep" | "mailbox" | "leave-out";

const block = /(<\/?(?:p|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|blockquote|hr)\b[^>]*>|<br\b[^>]*>)/i;
const emptyBlock = /<(p|div|li|ul|ol|h[1-6]|blockquote|strong|em)\b[^>]*>(?:\s|&nbsp;|<br\b[^>]*>)*<\/\1>/gi;
/** A link, whole. */
const link = /<a\b[^>]*>(?:(?!<\/a>).)*<\/a>/gis;
/** Private characters that stand for the links of a line while it is tidied. */
const firstMark = 0xe100;

/**
 * The contact of an aid (HTML, or null) as exports write it. `mailbox`: without names of people, their addresses and numbers; services and their mailboxes stay, and a
 * line of which nothing is left goes. Lines without people stay as they are.
 */
export function contactForExport(html: string | null, policy: ContactPolicy): string | null {
  if (html === null || policy === "keep") return html;
  if (policy === "leave-out") return null;
  const people = recognisePeople(html);
  if (people.length === 0) return html;
  const pieces = html.split(block);
  let at = 0;
  const kept = pieces.map((piece, place) => {
    const stretch = { start: at, end: at + piece.length };
    at = stretch.end;
    return place % 2 === 1 ? piece : withoutPeopleIn(piece, stretch, people);
  });
  return readableHtml(kept.join(""));
}

function withoutPeopleIn(line: string, place: Stretch, people: readonly RecognisedPerson[]): string {
  const here = people.filter(({ start, end }) => start < place.end && end > place.start);
  if (here.length === 0) return line;
  const links: string[] = [];
  const marked = withMarks(line, place, here).replace(link, (whole) => {
    // What a link to somebody says is worth nothing without it.
    if (whole.includes(removed)) return removed;
    links.push(whole);
    return String.fromCharCode(firstMark + links.length - 1);
  });
  const tidied = tidyLine(readableView(marked.replace(/<[^>]*>/g, "")).text, (text) => links.length > 0 && /[\ue100-\uefff]/.test(text));
  return escaped(tidied).replace(/[\ue100-\uefff]/g, (mark) => links[mark.charCodeAt(0) - firstMark] ?? "");
}

/** The line with a mark in place of everyone in it, from the last to the first; in a tag, the mark makes its whole link go. */
function withMarks(line: string, place: Stretch, people: readonly RecognisedPerson[]): string {
  let marked = line;
  for (const { start, end } of [...people].sort((a, b) => b.start - a.start)) {
    const [from, to] = [Math.max(0, start - place.start), Math.min(line.length, end - place.start)];
    // Tags inside a name stay, so that what they open is closed.
    const tags = (line.slice(from, to).match(/<[^>]*>/g) ?? []).join("");
    marked = marked.slice(0, from) + removed + tags + marked.slice(to);
  }
  return marked;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Without empty blocks, and without breaks at the ends of blocks; null where nothing is left to read. */
function readableHtml(html: string): string | null {
  let left = html;
  for (let before = ""; before !== left; ) {
    before = left;
    left = left
      .replace(emptyBlock, "")
      .replace(/(<(?:p|div|li|td)\b[^>]*>)(?:\s|<br\b[^>]*>)+/gi, "$1")
      .replace(/(?:\s|<br\b[^>]*>)+(<\/(?:p|div|li|td)>)/gi, "$1")
      .replace(/(<br\b[^>]*>)(?:\s*<br\b[^>]*>)+/gi, "$1")
      .replace(/^(?:\s|<br\b[^>]*>)+|(?:\s|<br\b[^>]*>)+$/gi, "");
  }
  return saysNothing(readableView(left).text) ? null : left;
}
