import type { Rule } from "../../kit/field-rules.ts";
import { foldTitle } from "../../kit/pages/fold-title.ts";
import { readableText } from "../../kit/values/html/readable-text.ts";
import { type LabelledLine, labelledLines, valueUnderLabel } from "../../kit/values/text/labelled-lines.ts";
import { fieldsWhere } from "../../model/aid/field-table.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { FieldProposal, IdentifierProposal, Way } from "../propose/proposal.ts";
import type { Survey } from "../survey.ts";
import { median, shareOf, textsOfField } from "./field-values.ts";
import { nameScore } from "./match-name.ts";
import { profileField } from "./profile-field.ts";

/** A label that the cells of a column repeat: "Date limite : 31/03/2027". */
interface CellLabel {
  readonly column: string;
  /** As most cells write it. */
  readonly label: string;
  /** Name under which proposals read its values, until `inCells` replaces it. */
  readonly name: string;
}

const maxTexts = 400;
/** Share of a column's cells in which a label is usual, and share of cells with at least two usual labels. */
const minLabelShare = 0.25;
const minCellShare = 0.6;
/** Share of the text of a column that must be below its usual labels. The rest is prose. */
const minTextShare = 0.8;
/** Longer texts below labels are the sections of a description, which stays whole. */
const maxMedianLength = 200;
const maxLabelLength = 60;
/** Score of the name of one of our fields. */
const minName = 0.7;

/** What a publisher says of an aid, without its title. */
const namedFields = fieldsWhere(({ kind, isCorrectable }) => kind !== "title" && isCorrectable === true);

/** Returns a survey in which the usual labels of a column are fields in place of the column, and these labels: none if nothing changes. */
export function withLabelsAsFields(survey: Survey): { readonly survey: Survey; readonly labels: readonly CellLabel[] } {
  const taken = new Set(survey.fields.map(({ path }) => path));
  const byColumn = new Map(
    survey.fields.flatMap((profile): [string, readonly CellLabel[]][] => {
      const labels = usualLabels(profile, survey.records, taken);
      return labels.length === 0 ? [] : [[profile.path, labels]];
    }),
  );
  if (byColumn.size === 0) return { survey, labels: [] };
  const labels = [...byColumn.values()].flat();
  const expanded = (records: readonly Values[]) => records.map((record) => ({ ...record, ...valuesOf(record, labels) }));
  const records = expanded(survey.records);
  // Without another description, the aid is described by the whole cell.
  const names = [...survey.fields.map(({ path }) => path), ...labels.map(({ label }) => label)];
  const isDescribed = names.some((name) => nameScore(name, "description") >= minName);
  const fields = survey.fields.flatMap((profile) => {
    const own = byColumn.get(profile.path);
    if (own === undefined) return [profile];
    const parts = own.map(({ name }) => profileField(name, records, survey.timeZone));
    return isDescribed ? parts : [...parts, profile];
  });
  return { survey: { ...survey, fields, records, older: survey.older === null ? null : expanded(survey.older) }, labels };
}

function valuesOf(record: Values, labels: readonly CellLabel[]): Values {
  return Object.fromEntries(
    labels.flatMap(({ column, label, name }) => {
      const value = valueUnderLabel(textsOfField(record, column).join("\n"), [label]);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** Returns the usual labels of a column, or none if its cells are no list of labels. */
function usualLabels({ path, kind, isList }: FieldProfile, records: readonly Values[], taken: Set<string>): CellLabel[] {
  if (isList || path.includes("[]") || !["line", "lines", "text", "html", "markdown"].includes(kind)) return [];
  const cells = records
    .slice(0, maxTexts)
    .map((record) => textsOfField(record, path).join("\n"))
    .filter((text) => text !== "");
  if (cells.length < 2) return [];
  const read = cells.map((text) => ({ lines: linesOf(text, kind), length: textOf(text, kind).length }));
  const counts = new Map<string, { label: string; cells: number }>();
  for (const { lines } of read) {
    const titles = new Map(lines.map(({ label }) => [foldTitle(label), label]));
    for (const [title, label] of titles)
      counts.set(title, { label: counts.get(title)?.label ?? label, cells: (counts.get(title)?.cells ?? 0) + 1 });
  }
  const usual = [...counts].filter(
    ([title, { label, cells: count }]) =>
      count >= Math.max(2, cells.length * minLabelShare) && label.length <= maxLabelLength && /\p{L}{2}/u.test(title),
  );
  const titles = new Set(usual.map(([title]) => title));
  const own = read.map(({ lines, length }) => ({ lines: lines.filter(({ label }) => titles.has(foldTitle(label))), length }));
  const lengths = own.flatMap(({ lines }) => lines.map(({ value }) => value.length));
  const areLabels =
    usual.length >= 2 &&
    shareOf(own, ({ lines }) => lines.length >= 2) >= minCellShare &&
    shareOf(own, ({ lines, length }) => sizeOf(lines) >= length * minTextShare) >= minCellShare &&
    median(lengths) <= maxMedianLength &&
    usual.some(([, { label }]) => namedFields.some((field) => nameScore(label, field) >= minName));
  if (!areLabels) return [];
  return usual.map(([, { label }]) => {
    const plain = label
      .replace(/[.[\]]/g, " ")
      .replace(/\s+/g, " ")
      .trim();
    let name = taken.has(plain) ? `${path} ${plain}` : plain;
    while (taken.has(name)) name = `${name} `;
    taken.add(name);
    return { column: path, label, name };
  });
}

function linesOf(text: string, kind: FieldProfile["kind"]): readonly LabelledLine[] {
  return labelledLines(textOf(text, kind));
}

function textOf(text: string, kind: FieldProfile["kind"]): string {
  return kind === "html" ? readableText(text) : text;
}

function sizeOf(lines: readonly LabelledLine[]): number {
  // A colon and two blanks beside each label, and the end of its line.
  return lines.reduce((sum, { label, value }) => sum + label.length + value.length + 4, 0);
}

/** Returns the proposals with rules that read the labels in their cells. Drops rules that need a label in a condition. */
export function inCells(fields: readonly FieldProposal[], labels: readonly CellLabel[]): FieldProposal[] {
  return fields.flatMap((proposal) => {
    const way = wayInCells(proposal, labels);
    if (way === null) return [];
    return [{ ...proposal, ...way, alternatives: proposal.alternatives.flatMap((other) => wayInCells(other, labels) ?? []) }];
  });
}

/** Returns the identifier with rules that read the labels in their cells. */
export function identifierInCells(identifier: IdentifierProposal, labels: readonly CellLabel[]): IdentifierProposal {
  const moved = <W extends Way>(way: W): W => ({ ...way, ...wayInCells(way, labels) });
  return { ...identifier, chosen: moved(identifier.chosen), others: identifier.others.map(moved) };
}

function wayInCells({ rule, certainty, evidence: why, from }: Way, labels: readonly CellLabel[]): Way | null {
  const read = labels.filter(({ name }) => from.includes(name));
  if (read.length === 0) return { rule, certainty, evidence: why, from };
  const moved = ruleInCells(rule, new Map(read.map((label) => [label.name, label])));
  const columns = [...new Set(read.map(({ column }) => column))];
  return moved === null
    ? null
    : {
        rule: moved,
        certainty,
        evidence: [...why, ...columns.map((path) => evidence("part-of", { path }))],
        from: [...new Set(from.map((path) => read.find(({ name }) => name === path)?.column ?? path))],
      };
}

/** Replaces the field of each label by an expression. Returns null if a condition reads a label. */
function ruleInCells(rule: Rule, labels: ReadonlyMap<string, CellLabel>): Rule | null {
  let isInCondition = false;
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== "object" || value === null) return value;
    const { kind, path, field } = value as { kind?: unknown; path?: unknown; field?: unknown };
    const label = kind === "field" ? labels.get(String(path)) : undefined;
    if (label !== undefined) return { kind: "underLabel", of: { kind: "field", path: label.column }, labels: [label.label] };
    if (typeof field === "string" && labels.has(field)) isInCondition = true;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner)]));
  };
  const result = moved(rule) as Rule;
  return isInCondition ? null : result;
}
