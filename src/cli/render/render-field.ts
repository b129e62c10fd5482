import type { AidField } from "../../model/aid/aid.ts";
import type { ChangeKind, FieldChange } from "../../model/plan/plan.ts";
import type { Terminal } from "../terminal.ts";
import { fieldAccount } from "./field-account.ts";
import { layOut } from "./lay-out.ts";
import { actionWord } from "./plan-words.ts";

const margin = "    ";
/** Indent of texts that do not fit next to their field. */
const inner = "        ";
const maxLabelLength = "publisher, as before".length;

/** Widths of the two columns of a change. */
export interface Columns {
  readonly field: number;
  readonly action: number;
}

/** Renders a field of a change: name, action, and the difference on the same line if it fits, else below. */
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
  return Math.max(width - inner.length - (label === "" ? 0 : maxLabelLength + 2), 20);
}

function labelled(label: string, lines: readonly string[], colors: Terminal["colors"]): string[] {
  if (label === "") return lines.map((line) => inner + line);
  const first = `${colors.dim(label)}${" ".repeat(maxLabelLength - label.length)}  `;
  return lines.map((line, place) => `${inner}${place === 0 ? first : " ".repeat(maxLabelLength + 2)}${line}`);
}
