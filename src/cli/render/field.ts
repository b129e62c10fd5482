import type { AidField } from "../../model/aid/aid.ts";
import type { ChangeKind, FieldChange } from "../../model/plan/plan.ts";
import type { Terminal } from "../terminal.ts";
import { fieldAccount } from "./field-account.ts";
import { layOut } from "./lay-out.ts";
import { actionWord } from "./plan-words.ts";

const margin = "    ";
/** Where texts begin that do not fit beside their field. */
const inner = "        ";
const longestLabel = "publisher, as before".length;

/** How wide the two columns of a change are, so that its fields stand below one another. */
export interface Columns {
  readonly field: number;
  readonly action: number;
}

/** A field of a change: its name, what is done with it, and the difference, on the same line where it fits, else below. */
export function renderField(
  kind: ChangeKind,
  field: AidField,
  change: FieldChange,
  colors: Terminal["colors"],
  options: { width: number; whole: boolean; columns: Columns },
): string[] {
  const { width, whole, columns } = options;
  const [word, paint] = actionWord(change.action, colors);
  const title = `${margin}${colors.bold(field.padEnd(columns.field))}  ${paint(word)}`;
  const beside = margin.length + columns.field + columns.action + 4;
  const account = fieldAccount(kind, field, change, whole);
  const [first] = account;
  const line = first?.label === "" ? layOut(first.stretches, colors, Math.max(width - beside, 1)) : [];
  const isBeside = line.length === 1;
  return [
    isBeside ? `${title}${" ".repeat(columns.action - word.length)}  ${line[0]}` : title,
    ...account
      .slice(isBeside ? 1 : 0)
      .flatMap(({ label, stretches }) => labelled(label, layOut(stretches, colors, textWidth(width, label)), colors)),
  ];
}

function textWidth(width: number, label: string): number {
  return Math.max(width - inner.length - (label === "" ? 0 : longestLabel + 2), 20);
}

function labelled(label: string, lines: readonly string[], colors: Terminal["colors"]): string[] {
  if (label === "") return lines.map((line) => inner + line);
  const first = `${colors.dim(label)}${" ".repeat(longestLabel - label.length)}  `;
  return lines.map((line, place) => `${inner}${place === 0 ? first : " ".repeat(longestLabel + 2)}${line}`);
}
