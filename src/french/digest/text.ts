import { counted, french } from "../typography.ts";
import type { DigestLine, DigestSection, NextStep } from "./lines.ts";
import type { DigestPage, DigestPart } from "./page.ts";

/** Line width: terminals show it and mail programs do not break it again. */
const width = 80;

/** Renders the page as plain text for terminals and mail. Commands and addresses are never broken. */
export function digestText({ title, expected, period, night, waiting, postponed, headline, parts }: DigestPage): string {
  const summary = headline === null ? [] : ["", ...wrapped(headline)];
  return [
    title,
    ...(expected === null ? [] : wrapped(expected)),
    ...wrapped(period),
    ...wrapped(night),
    ...(waiting === null ? [] : wrapped(waiting)),
    ...(postponed === null ? [] : wrapped(postponed)),
    ...summary,
    ...parts.flatMap(partText),
    "",
  ].join("\n");
}

function partText({ title, sections }: DigestPart): string[] {
  const head = title.toLocaleUpperCase("fr");
  const body = sections.length === 0 ? ["", "Rien à signaler."] : sections.flatMap(sectionText);
  return ["", head, "=".repeat(head.length), ...body];
}

function sectionText({ title, count, lines, left, more }: DigestSection): string[] {
  const rest = left > 0 ? ["", ...stepText({ ...more, say: french`… et ${counted(left, "autre")}. ${more.say}` }, "  ", "  ")] : [];
  return ["", `${title} (${count})`, ...lines.flatMap(lineText), ...rest];
}

function lineText({ who, what, next }: DigestLine): string[] {
  return [
    "",
    ...wrapped(who, "  ", "  "),
    ...what.flatMap((text) => wrapped(text, "    ", "      ")),
    ...next.flatMap((one) => stepText(one, "    → ", "      ")),
  ];
}

/** Writes a step with its command, on a line of its own if it does not fit. */
function stepText({ say, command }: NextStep, first: string, others: string): string[] {
  if (command === null) return wrapped(say, first, others);
  const lines = wrapped(french`${say} :`, first, others);
  const last = lines.at(-1) ?? "";
  const isRoom = last.length + 1 + command.length <= width;
  return isRoom ? [...lines.slice(0, -1), `${last} ${command}`] : [...lines, `${others}${command}`];
}

/** Wraps a text at breaking blanks, not between a number and its unit. `first` and `others` prefix the first and the following lines. */
export function wrapped(text: string, first = "", others = ""): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/(?<!\d) /)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = others;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
