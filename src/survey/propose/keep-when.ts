import { z } from "zod";
import type { Connector, ConnectorInput } from "../../kit/definition.ts";
import { holds } from "../../kit/expressions/evaluate-condition.ts";
import type { Condition } from "../../kit/expressions/expression.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { Survey } from "../survey.ts";

/** Values of one field whose records are left out. `isBlank`: records without a value are left out too. */
export const LeftOut = z.strictObject({ field: z.string().min(1), values: z.array(z.string().min(1)), isBlank: z.boolean() });

export type LeftOut = Readonly<z.infer<typeof LeftOut>>;

export type KeepWhen = NonNullable<Connector["keepWhen"]>;
type Member = Extract<KeepWhen, readonly unknown[]>[number];

/** Returns `keepWhen` of a definition as written. */
export function keepWhenOf({ keepWhen }: Pick<ConnectorInput, "keepWhen">): KeepWhen | undefined {
  return keepWhen as KeepWhen | undefined;
}

/** Returns the conditions that a record must meet. */
export function conditionsOf(keepWhen: KeepWhen | undefined): readonly Condition[] {
  return membersOf(keepWhen).map(({ when }) => when);
}

/** Returns the values that simple conditions leave out, by field. */
export function leftOutOf(keepWhen: KeepWhen | undefined): readonly LeftOut[] {
  const fields = new Map<string, LeftOut>();
  for (const { when } of membersOf(keepWhen)) {
    const found = plainOf(when);
    if (found === null) continue;
    const before = fields.get(found.field);
    const values = [...(before?.values ?? []), ...found.values];
    fields.set(found.field, { field: found.field, values, isBlank: found.isBlank || before?.isBlank === true });
  }
  return [...fields.values()];
}

/** Returns the other conditions. For example, some of them reject new values. */
export function richerConditions(keepWhen: KeepWhen | undefined): readonly Condition[] {
  return conditionsOf(keepWhen).filter((when) => plainOf(when) === null);
}

/** Returns `keepWhen` with other values left out, its richer conditions, and the reasons of unchanged fields. Undefined if empty. */
export function keepWhenWith(keepWhen: KeepWhen | undefined, leftOut: readonly LeftOut[]): KeepWhen | undefined {
  const before = new Map(leftOutOf(keepWhen).map((one) => [one.field, one]));
  const after = new Map(leftOut.filter(({ values, isBlank }) => values.length > 0 || isBlank).map((one) => [one.field, one]));
  const isSame = (field: string) => isEqual(before.get(field), after.get(field));
  if ([...before.keys(), ...after.keys()].every(isSame)) return keepWhen;
  const kept = membersOf(keepWhen).filter(({ when }) => {
    const plain = plainOf(when);
    return plain === null || isSame(plain.field);
  });
  const members = [...kept, ...[...after.values()].filter(({ field }) => !isSame(field)).flatMap(membersFor)];
  return members.length === 0 ? undefined : members;
}

/**
 * Merges the choices that a person typed with those that somebody else saved meanwhile. Fields that the person did not touch keep the saved
 * choice. `shown`: the choices when the form was shown, or null if unknown. `both`: fields that both people changed.
 */
export function mergedLeftOut(
  shown: readonly LeftOut[] | null,
  saved: readonly LeftOut[],
  typed: readonly LeftOut[],
): { readonly leftOut: readonly LeftOut[]; readonly both: readonly string[] } {
  const fields = [...new Set([...saved, ...typed].map(({ field }) => field))];
  const of = (choices: readonly LeftOut[] | null, field: string) => choices?.find((one) => one.field === field);
  const isTouched = (field: string) => shown === null || !isEqual(of(typed, field), of(shown, field));
  const isChanged = (field: string) => !isEqual(of(saved, field), of(typed, field)) && !isEqual(of(saved, field), of(shown, field));
  return {
    leftOut: fields.flatMap((field) => of(isTouched(field) ? typed : saved, field) ?? []),
    both: fields.filter((field) => isTouched(field) && isChanged(field)),
  };
}

function membersFor({ field, values, isBlank }: LeftOut): Member[] {
  return [
    ...(values.length > 0 ? [{ when: { not: { field, isOneOf: [...values] } } }] : []),
    ...(isBlank ? [{ when: { field, isFilled: true } }] : []),
  ];
}

/** Returns the conditions one by one. Splits an `all` without a reason into its members. */
function membersOf(keepWhen: KeepWhen | undefined): readonly Member[] {
  if (keepWhen === undefined) return [];
  const members = Array.isArray(keepWhen) ? keepWhen : [{ when: keepWhen }];
  return members.flatMap((member) =>
    "all" in member.when && member.reason === undefined ? member.when.all.flatMap((when) => membersOf(when)) : [member],
  );
}

/** Returns the value that a simple condition leaves out, or null for a richer condition. */
function plainOf(when: Condition): LeftOut | null {
  if ("not" in when) {
    const { not } = when;
    if ("isOneOf" in not) return { field: not.field, values: not.isOneOf.map(String), isBlank: false };
    return "isFilled" in not && !not.isFilled ? { field: not.field, values: [], isBlank: true } : null;
  }
  return "isFilled" in when && when.isFilled ? { field: when.field, values: [], isBlank: true } : null;
}

function isEqual(one: LeftOut | undefined, other: LeftOut | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const folded = ({ values }: LeftOut) => [...new Set(values.map(foldTerm))].sort().join("\n");
  return one.isBlank === other.isBlank && folded(one) === folded(other);
}

/** Minimum number of records for which a minimum is proposed. */
const minToExpect = 20;

/** Proposes half of the current number of imported records as minimum of a run. */
export function expected({ received, announced, records }: Survey, keepWhen: KeepWhen | undefined): Pick<ConnectorInput, "expect"> {
  const share = records.length === 0 ? 1 : countKept(records, keepWhen) / records.length;
  const usual = Math.round(Math.max(received, announced ?? 0) * share);
  return usual < minToExpect ? {} : { expect: { atLeast: Math.floor(usual / 2) } };
}

/** Counts the records that would be imported. */
export function countKept(records: readonly Values[], keepWhen: KeepWhen | undefined): number {
  const conditions = conditionsOf(keepWhen);
  return records.filter((values) => conditions.every((when) => holds(when, values))).length;
}
