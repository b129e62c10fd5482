import { isUtf8 } from "node:buffer";
import { Parser } from "htmlparser2";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { markedUtf16 } from "../text/encoding-marks.ts";
import { incompleteTailLength } from "../text/utf8.ts";
import { unsupportedFile } from "./container-kind.ts";

const maxTitleLength = 200;
const htmlStart = /^<(?:!doctype\s+html|html)[\s>]/i;

/**
 * Throws `FeedUnreadable` (`html-page`) with the title of the page if a server sent a web page instead of the feed: sign-in, maintenance,
 * or "not found" with status 200.
 */
export function refuseHtmlPage(head: Uint8Array): void {
  if (isHtmlPage(head)) throw new FeedUnreadable("html-page", { title: titleOf(asText(head)) });
}

/** Returns true for the beginning of a web page. */
export function isHtmlPage(head: Uint8Array): boolean {
  return htmlStart.test(afterPrologue(asText(head)));
}

/** Throws `FeedUnreadable` (`unsupported-file`) if a feed of tables or JSON begins with markup: XML, or a fragment of HTML. */
export function refuseMarkup(head: Uint8Array): void {
  const start = /^<([?!]?[a-z]+)[\s>/]/i.exec(asText(head).trimStart())?.[1];
  if (start === undefined) return;
  throw start.toLowerCase() === "?xml" ? unsupportedFile("xml", "declare-xml") : unsupportedFile("markup", "ask-for-data");
}

/** Returns the text without leading blanks, XML declaration, instructions and comments. */
function afterPrologue(text: string): string {
  let rest = text.trimStart();
  for (;;) {
    const closing = rest.startsWith("<?") ? "?>" : rest.startsWith("<!--") ? "-->" : null;
    const end = closing === null ? -1 : rest.indexOf(closing);
    if (closing === null || end === -1) return rest;
    rest = rest.slice(end + closing.length).trimStart();
  }
}

function asText(head: Uint8Array): string {
  const whole = head.subarray(0, head.length - incompleteTailLength(head));
  return new TextDecoder(markedUtf16(head) ?? (isUtf8(whole) ? "utf-8" : "windows-1252")).decode(whole);
}

function titleOf(html: string): string {
  let title: string | null = null;
  let isInside = false;
  const parser = new Parser({
    onopentagname: (name) => {
      isInside = name === "title" && title === null;
      if (isInside) title = "";
    },
    ontext: (text) => {
      if (isInside && title !== null) title += text;
    },
    onclosetag: () => {
      isInside = false;
    },
  });
  parser.write(html);
  parser.end();
  const shown = (title ?? "").replace(/\s+/g, " ").trim();
  return Array.from(shown).slice(0, maxTitleLength).join("");
}
