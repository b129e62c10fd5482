import { comparable } from "../../kit/expressions/evaluate-condition.ts";
import { pathsOfCondition } from "../../kit/expressions/expression-paths.ts";
import { cleanLine } from "../../kit/values/text/clean-text.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FieldProfile, ValueKind } from "../../model/survey/field-profile.ts";
import { type KeepWhen, leftOutOf, richerConditions } from "../propose/keep-when.ts";
import type { Survey } from "../survey.ts";
import { writtenTexts } from "./field-values.ts";
import { nameWords } from "./name-words.ts";

/** A value in its first spelling, or null for an empty field, with the number of its records. */
export interface StateValue {
  readonly value: string | null;
  readonly count: number;
}

/** A field with few distinct values. A person may leave out records by these values. */
export interface StateField {
  readonly field: string;
  /** True if its name or a value means a state, such as "statut" or "brouillon". */
  readonly isState: boolean;
  /** Most frequent first. */
  readonly values: readonly StateValue[];
}

const maxValues = 15;
const maxValueLength = 80;
const maxFields = 25;
const kinds: ReadonlySet<ValueKind> = new Set(["line", "yes-no", "number", "html"]);
const stateNames = new Set(
  (
    "statut etat status state publie published publication workflow actif active inactif cloture clo ferme closed ouvert open archive archived " +
    "brouillon draft disponible indisponible available visible enabled deleted supprime online"
  ).split(" "),
);
const stateValue =
  /^(?:brouillon|draft|archive[es]?|archived|supprime[es]?|deleted|(?:non |de)?publie[es]?|(?:un)?published|ouvert[es]?|open|ferme[es]?|clos[e]?|cloture[es]?|closed|(?:in)?acti(?:f|ve)s?|en cours|a venir|forthcoming|upcoming|termine[es]?|expire[desr]?|suspendue?s?|cancelled|annule[es]?)$/;

/** Finds fields with at least two and at most 15 distinct values that recur. Fields that mean a state come first. */
export function stateFields({ fields, records }: Pick<Survey, "fields" | "records">): StateField[] {
  const found = fields.filter(isOfFewValues).flatMap(({ path }) => stateField(path, records) ?? []);
  return [...found.filter(({ isState }) => isState), ...found.filter(({ isState }) => !isState)].slice(0, maxFields);
}

/** Returns the fields whose values a person can tick, with those that `keepWhen` leaves out, without fields of richer conditions. */
export function offeredStates(states: readonly StateField[], keepWhen: KeepWhen | undefined): StateField[] {
  const leftOut = leftOutOf(keepWhen);
  const richer = new Set(richerConditions(keepWhen).flatMap(pathsOfCondition));
  const known = new Set(states.map(({ field }) => field));
  const absentFields = leftOut
    .filter(({ field }) => !known.has(field) && !richer.has(field))
    .map(({ field }) => ({ field, isState: true, values: [] }));
  return [...absentFields, ...states.filter(({ field }) => !richer.has(field))].map((state) => {
    const already = leftOut.find(({ field }) => field === state.field);
    if (already === undefined) return state;
    const offered = new Set(state.values.map(({ value }) => (value === null ? null : foldTerm(value))));
    const absent = already.values.filter((value) => !offered.has(foldTerm(value))).map((value) => ({ value, count: 0 }));
    const blank = already.isBlank && !offered.has(null) ? [{ value: null, count: 0 }] : [];
    return { ...state, isState: true, values: [...state.values, ...absent, ...blank] };
  });
}

/** Checks the profile only, because counting values in all records takes longer. */
function isOfFewValues({ path, kind, isList, distinct, filled }: FieldProfile): boolean {
  return kinds.has(kind) && !isList && !path.includes("[]") && distinct <= maxValues && (distinct === 1 || distinct * 2 <= filled);
}

function stateField(field: string, records: readonly Values[]): StateField | null {
  const counts = new Map<string | null, { value: string | null; count: number }>();
  for (const record of records) {
    const [text = null] = writtenTexts(record, field);
    const key = text === null ? null : comparable(text);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { value: text === null ? null : shown(text), count: 1 });
    else known.count++;
  }
  const values = [...counts.values()].sort((a, b) => b.count - a.count);
  const texts = values.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length < 2 || texts.length > maxValues || texts.some((text) => text.length > maxValueLength)) return null;
  const isState = nameWords(field).some((word) => stateNames.has(word)) || texts.some((text) => stateValue.test(foldTerm(text)));
  return { field, isState, values };
}

/** Returns a value as text of a condition, without markup. */
function shown(text: string): string {
  return /[<&]/.test(text) ? cleanLine(text) : text.trim();
}
