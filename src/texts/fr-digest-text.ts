import type { DigestLine, DigestSection, NextStep } from "./fr-digest-lines.ts";
import type { DigestPage, DigestPart } from "./fr-digest-page.ts";
import { counted, french } from "./fr-typography.ts";

/** The page as plain text, for a terminal and for mail without HTML. */
export function digestText({ title, period, night, parts }: DigestPage): string {
  return [title, period, night, ...parts.flatMap(partText), ""].join("\n");
}

function partText({ title, sections }: DigestPart): string[] {
  const head = title.toLocaleUpperCase("fr");
  const body = sections.length === 0 ? ["", "Rien à signaler."] : sections.flatMap(sectionText);
  return ["", head, "=".repeat(head.length), ...body];
}

function sectionText({ title, count, lines, more }: DigestSection): string[] {
  const left = count - lines.length;
  const rest = left > 0 ? ["", french`  … et ${counted(left, "autre")}. ${stepText(more)}`] : [];
  return ["", `${title} (${count})`, ...lines.flatMap(lineText), ...rest];
}

function lineText({ who, what, next }: DigestLine): string[] {
  return ["", `  ${who}`, ...what.map((text) => `    ${text}`), ...next.map((one) => `    → ${stepText(one)}`)];
}

/** The step, and how. */
function stepText({ say, command }: NextStep): string {
  return command === null ? say : french`${say} : ${command}`;
}
