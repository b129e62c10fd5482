import { isDeepStrictEqual } from "node:util";
import { valueAt } from "../../../src/kit/expressions/field-path.ts";
import type { Values } from "../../../src/model/run/decoded-record.ts";
import type { OwnField } from "../../../src/model/survey/own-field.ts";
import type { FieldProposal, Proposal } from "../../../src/survey/propose/proposal.ts";
import { expectedDay } from "./expected-day.ts";
import type { FieldTruth, Truth } from "./truth.ts";

/** A proposal for one field compared with the truth. `missed`: there is no proposal, and a careful person fills the field. */
export interface Judged {
  readonly field: OwnField;
  readonly verdict: "right" | "wrong" | "missed";
  /** True if a careful person fills the field. */
  readonly isExpected: boolean;
  /** The paths or the constant that the proposal reads. */
  readonly got: string;
  readonly accepted: string;
  /** Paths that no field may read. */
  readonly leaks: readonly string[];
}

/** A record and the aid that the proposed connector makes of it. */
export interface MappedRecord {
  readonly values: Values;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Share of the days that must be right. A few values may be no dates at all. */
const minRightDays = 0.98;

/** Compares a proposal with the truth, field by field. `paths`: all paths of the feed. */
export function judgeProposal(
  proposal: Pick<Proposal, "fields">,
  truth: Truth,
  mapped: readonly MappedRecord[],
  paths: readonly string[],
): Judged[] {
  // Without a title, the identifier is proposed with certainty 0, because the schema requires a title.
  const made = proposal.fields.filter(({ certainty }) => certainty > 0).flatMap((found) => presentIn(found, paths));
  const proposed = new Map(made.map((found) => [found.field, found]));
  const identifier: FieldTruth = { read: truth.identifier };
  const expected = new Map<OwnField, FieldTruth>([
    ["externalId", identifier],
    ...(Object.entries(truth.fields) as [OwnField, FieldTruth][]),
  ]);
  return [...new Set([...expected.keys(), ...proposed.keys()])].flatMap((field): Judged[] => {
    const wanted = expected.get(field);
    const found = proposed.get(field);
    const isExpected = wanted !== undefined && wanted.optional !== true;
    const accepted = acceptedIn(wanted);
    if (found === undefined) return isExpected ? [{ field, verdict: "missed", isExpected, got: "", accepted, leaks: [] }] : [];
    const verdict = wanted !== undefined && isRight(found, wanted, truth, mapped) ? "right" : "wrong";
    const leaks = field === "externalId" ? [] : truth.never.filter((path) => found.from.includes(path));
    return [{ field, verdict, isExpected, got: gotIn(found), accepted, leaks }];
  });
}

/** Drops the paths of a platform's rule that this feed does not have, and rules that read no other. */
function presentIn(found: FieldProposal, paths: readonly string[]): FieldProposal[] {
  if (found.from.length === 0) return [found];
  const present = new Set(paths.map(plainPath));
  const from = found.from.filter((path) => present.has(plainPath(path)) || paths.some((other) => other.startsWith(`${path}.`)));
  return from.length === 0 ? [] : [{ ...found, from }];
}

function isRight(found: FieldProposal, wanted: FieldTruth, truth: Truth, mapped: readonly MappedRecord[]): boolean {
  if (found.from.length === 0) return found.rule.kind === "constant" && isAcceptedConstant(found.rule.value, wanted, truth);
  return readsAcceptedPaths(found.from, wanted) && areDaysRight(found, wanted, mapped);
}

function isAcceptedConstant(value: unknown, { constant = [] }: FieldTruth, { publisher }: Truth): boolean {
  return constant.some((accepted) => (accepted === "publisher" ? isPublisher(value, publisher) : isSame(value, accepted)));
}

/** Returns true for the publisher as the only organisation, or its territory as the only one. */
function isPublisher(value: unknown, { name, territory }: Truth["publisher"]): boolean {
  const [only, ...others] = Array.isArray(value) ? value : [];
  if (only === undefined || others.length > 0) return false;
  return only.name === name || (only.scale === territory.scale && only.code === territory.code);
}

/** Compares constants. Of territories, only scale and code count. */
function isSame(value: unknown, accepted: unknown): boolean {
  const plain = (one: unknown) =>
    Array.isArray(one) ? one.map((member) => (member?.code === undefined ? member : `${member.scale} ${member.code}`)) : one;
  return isDeepStrictEqual(plain(value), plain(accepted));
}

function readsAcceptedPaths(from: readonly string[], { read = [], also = [] }: FieldTruth): boolean {
  const got = new Set(from.map(plainPath));
  return read.some((way) => {
    const needed = way.map(plainPath);
    const allowed = new Set([...needed, ...also.map(plainPath)]);
    return needed.every((path) => got.has(path)) && [...got].every((path) => allowed.has(path));
  });
}

/** `regions[]` and `regions` read the same list. */
function plainPath(path: string): string {
  return path.replace(/\[\]$/, "");
}

function areDaysRight({ field, from }: FieldProposal, { day }: FieldTruth, mapped: readonly MappedRecord[]): boolean {
  if (day === undefined) return true;
  const compared = mapped.flatMap(({ values, content }) => {
    const days = from.map((path) => expectedDay(valueAt(values, path), day)).filter((one) => one !== null);
    return days.length === 0 ? [] : [content[field] === days.sort().at(-1)];
  });
  return compared.filter(Boolean).length >= compared.length * minRightDays;
}

function gotIn({ from, rule }: FieldProposal): string {
  return from.length === 0 && rule.kind === "constant" ? `= ${JSON.stringify(rule.value)}` : from.join(" + ");
}

function acceptedIn(wanted: FieldTruth | undefined): string {
  const ways = (wanted?.read ?? []).map((way) => way.join(" + "));
  return [...ways, ...(wanted?.constant ?? []).map((value) => `= ${JSON.stringify(value)}`)].join(" | ");
}
