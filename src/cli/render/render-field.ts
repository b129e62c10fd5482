import type { AidField } from "../../model/aid/aid.ts";
import { holdsHtml } from "../../model/aid/field-table.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import { type Stretch, stretch } from "../../model/compare/stretch.ts";
import { type ChangeKind, type Edit, type FieldChange, feedKinds } from "../../model/plan/plan.ts";
import { suggestedMessage } from "../english/suggestions.ts";
import type { Terminal } from "../terminal.ts";
import { fieldDifference, valueStretches } from "./field-difference.ts";
import { layOut } from "./lay-out.ts";
import { parisTime } from "./paris-time.ts";
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
    ...account.slice(isBeside ? 1 : 0).flatMap(({ label, stretches }) => {
      const room = width - inner.length - (label === "" ? 0 : maxLabelLength + 2);
      return labelled(label, layOut(stretches, colors, Math.max(room, 20)), colors);
    }),
  ];
}

function labelled(label: string, lines: readonly string[], colors: Terminal["colors"]): string[] {
  if (label === "") return lines.map((line) => inner + line);
  const first = `${colors.dim(label)}${" ".repeat(maxLabelLength - label.length)}  `;
  return lines.map((line, place) => `${inner}${place === 0 ? first : " ".repeat(maxLabelLength + 2)}${line}`);
}

/** One line or text about a field; `label` is empty for the difference itself. */
interface AccountLine {
  readonly label: string;
  readonly stretches: readonly Stretch[];
}

/**
 * Describes the change of a field by its difference. If the value shown is not the publisher's, adds the publisher's old and new value, the
 * value shown, and who chose it and when. `whole`: shows complete texts.
 */
function fieldAccount(kind: ChangeKind, field: AidField, change: FieldChange, whole: boolean): AccountLine[] {
  if (feedKinds.every((feedKind) => feedKind !== kind)) return curatorAccount(field, change, whole);
  const { last, current, incoming } = change;
  const made = change.after?.edit;
  if (made?.suggestion !== undefined && change.before?.edit === undefined) {
    const stretches = [...fieldDifference(field, current, made.value, whole), stretch("faint", `(${madeBy(made)})`)];
    return [{ label: "", stretches }];
  }
  if (sameValue(field, last, current)) return [{ label: "", stretches: fieldDifference(field, last, incoming, whole) }];
  const shown = holdsHtml(field) ? fieldDifference(field, last, current, whole) : valueStretches("shown", field, current, whole);
  return [...publisherLines(field, change, whole), { label: "shown", stretches: [...shown, stretch("faint", `(${reasonShown(change)})`)] }];
}

function publisherLines(field: AidField, { last, incoming }: FieldChange, whole: boolean): AccountLine[] {
  if (sameValue(field, last, incoming))
    return [{ label: "publisher, as before", stretches: valueStretches("shown", field, incoming, whole) }];
  if (holdsHtml(field)) return [{ label: "publisher", stretches: fieldDifference(field, last, incoming, whole) }];
  return [
    { label: "publisher before", stretches: valueStretches("old", field, last, whole) },
    { label: "publisher now", stretches: valueStretches("new", field, incoming, whole) },
  ];
}

function curatorAccount(field: AidField, change: FieldChange, whole: boolean): AccountLine[] {
  const { last, current, incoming } = change;
  const edit = change.after?.edit;
  const proposal = change.before?.proposal;
  const isOtherThanLast = !sameValue(field, last, current) && !sameValue(field, last, incoming);
  return [
    { label: "", stretches: fieldDifference(field, current, incoming, whole) },
    ...(edit === undefined ? [] : [{ label: "", stretches: [stretch("faint", madeBy(edit))] }]),
    ...(proposal === undefined ? [] : [{ label: "", stretches: [stretch("faint", `proposed ${parisTime(proposal.at)}`)] }]),
    ...(isOtherThanLast ? [{ label: "publisher", stretches: valueStretches("shown", field, last, whole) }] : []),
  ];
}

/** Explains why another value than the publisher's is shown. */
function reasonShown({ before, after }: FieldChange): string {
  const edit = before?.edit ?? after?.edit;
  if (edit !== undefined) return madeBy(edit);
  const proposal = before?.proposal ?? after?.proposal;
  return proposal === undefined ? "kept" : `a change waits for a curator since ${parisTime(proposal.at)}`;
}

function madeBy({ by, at, note, suggestion }: Edit): string {
  return `${suggestion === undefined ? "" : `${suggestedMessage(suggestion)}; `}by ${by}, ${parisTime(at)}${note === null ? "" : `: ${note}`}`;
}
