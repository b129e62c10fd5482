import type { Digest } from "../../model/run/digest.ts";
import { digestHtml } from "./html.ts";
import type { DigestSection } from "./lines.ts";
import { type DigestPage, type DigestPart, digestPage } from "./page.ts";
import { digestText } from "./text.ts";

/** The morning page in every format. */
export interface RenderedDigest {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Short, for a chat. */
  readonly markdown: string;
}

/** Renders the morning page in French. */
export function renderDigest(digest: Digest): RenderedDigest {
  const page = digestPage(digest);
  return { subject: page.subject, text: digestText(page), html: digestHtml(page), markdown: digestMarkdown(page) };
}

/** Names listed per section. */
const namesShown = 5;

/** Renders a summary for Mattermost or Slack: what and whose, not why. `moisson digest` has the rest. */
function digestMarkdown({ subject, expected, night, waiting, postponed, parts }: DigestPage): string {
  const lines = [
    `**${escaped(subject)}**`,
    ...(expected === null ? [] : [escaped(expected)]),
    escaped(night),
    ...(waiting === null ? [] : [escaped(waiting)]),
    ...(postponed === null ? [] : [escaped(postponed)]),
    ...parts.flatMap(partLines),
  ];
  const isCalm = parts.every(({ sections }) => sections.length === 0);
  return [...lines, ...(isCalm ? [] : ["La page entière : `moisson digest`"])].join("\n");
}

function partLines({ title, sections }: DigestPart): string[] {
  return ["", `**${escaped(title)}**`, ...(sections.length === 0 ? ["Rien à signaler."] : sections.map(sectionLine))];
}

function sectionLine({ title, count, lines, left }: DigestSection): string {
  const named = lines.slice(0, namesShown).map(({ who, next }) => {
    const command = next.find((one) => one.command !== null)?.command;
    return command == null ? escaped(who) : `${escaped(who)} → \`${command}\``;
  });
  if (lines.length + left > namesShown) named.push("…");
  return [`- **${escaped(title)} (${count})**`, ...named.map((name) => `  - ${name}`)].join("\n");
}

/** Escapes mentions, links and formats. Both chats decode `&lt;`. */
function escaped(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => (character === "&" ? "&amp;" : character === "<" ? "&lt;" : "&gt;"))
    .replace(/[\\`*_~[\]#|]/g, "\\$&")
    .replaceAll("@", "@\u200b");
}
