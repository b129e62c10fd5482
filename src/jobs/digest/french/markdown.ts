import type { DigestSection } from "./lines.ts";
import type { DigestPage, DigestPart } from "./page.ts";

/** Names said of each section. */
const namesShown = 5;

/** The page in short for a chat of Mattermost or Slack: what there is and of whom, not why; the rest is in `moisson digest`. */
export function digestMarkdown({ subject, night, parts }: DigestPage): string {
  const lines = [`**${escaped(subject)}**`, escaped(night), ...parts.flatMap(partLines)];
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

/** Nothing that calls everybody, makes a link or opens a format; both chats read `&lt;` as what it stands for. */
function escaped(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => (character === "&" ? "&amp;" : character === "<" ? "&lt;" : "&gt;"))
    .replace(/[\\`*_~[\]#|]/g, "\\$&")
    .replaceAll("@", "@\u200b");
}
