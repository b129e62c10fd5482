import { z } from "zod";
import type { Connector, ConnectorInput } from "../../kit/definition.ts";
import type { Condition } from "../../kit/expressions/expression.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";

/** Records left out by one field: certain values (compared as in conditions), or an empty one. */
export const LeftOut = z.strictObject({ field: z.string().min(1), values: z.array(z.string().min(1)), isBlank: z.boolean() });

/** See the schema of the same name. */
export type LeftOut = Readonly<z.infer<typeof LeftOut>>;

/** `keepWhen` of a definition. */
export type KeepWhen = NonNullable<Connector["keepWhen"]>;
type Member = Extract<KeepWhen, readonly unknown[]>[number];

/** Returns `keepWhen` of an unparsed definition, whose conditions are not typed. */
export function keepWhenOf({ keepWhen }: Pick<ConnectorInput, "keepWhen">): KeepWhen | undefined {
  return keepWhen as KeepWhen | undefined;
}

/** Returns the conditions that must all hold; empty if every record counts. */
export function conditionsOf(keepWhen: KeepWhen | undefined): readonly Condition[] {
  return membersOf(keepWhen).map(({ when }) => when);
}

/** Returns what a definition leaves out by single values, by field. `richerConditions` returns the rest. */
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

/** Returns conditions that do more than leave single values out; for example, they would reject new values. */
export function richerConditions(keepWhen: KeepWhen | undefined): readonly Condition[] {
  return conditionsOf(keepWhen).filter((when) => plainOf(when) === null);
}

/**
 * Returns `keepWhen` with these single values left out. Richer conditions stay, and so do unchanged fields with their reason. New values
 * are kept. Undefined if every record counts.
 */
export function keepWhenWith(keepWhen: KeepWhen | undefined, leftOut: readonly LeftOut[]): KeepWhen | undefined {
  const before = new Map(leftOutOf(keepWhen).map((one) => [one.field, one]));
  const after = new Map(leftOut.filter(({ values, isBlank }) => values.length > 0 || isBlank).map((one) => [one.field, one]));
  const isSame = (field: string) => saysTheSame(before.get(field), after.get(field));
  if ([...before.keys(), ...after.keys()].every(isSame)) return keepWhen;
  const kept = membersOf(keepWhen).filter(({ when }) => {
    const plain = plainOf(when);
    return plain === null || isSame(plain.field);
  });
  const said = [...kept, ...[...after.values()].filter(({ field }) => !isSame(field)).flatMap(membersFor)];
  return said.length === 0 ? undefined : said;
}

/**
 * Merges two people's choices: the typed one, and for untouched fields the saved one. `both`: fields that both changed. `shown`: what the
 * person saw, or null if unknown.
 */
export function mergedLeftOut(
  shown: readonly LeftOut[] | null,
  saved: readonly LeftOut[],
  typed: readonly LeftOut[],
): { readonly leftOut: readonly LeftOut[]; readonly both: readonly string[] } {
  const fields = [...new Set([...saved, ...typed].map(({ field }) => field))];
  const of = (said: readonly LeftOut[] | null, field: string) => said?.find((one) => one.field === field);
  const isTouched = (field: string) => shown === null || !saysTheSame(of(typed, field), of(shown, field));
  const isChanged = (field: string) => !saysTheSame(of(saved, field), of(typed, field)) && !saysTheSame(of(saved, field), of(shown, field));
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

/** Returns each condition alone; one without its own reason is split into the parts that must all hold. */
function membersOf(keepWhen: KeepWhen | undefined): readonly Member[] {
  if (keepWhen === undefined) return [];
  const members = Array.isArray(keepWhen) ? keepWhen : [{ when: keepWhen }];
  return members.flatMap((member) =>
    "all" in member.when && member.reason === undefined ? member.when.all.flatMap((when) => membersOf(when)) : [member],
  );
}

/** Returns what a condition leaves out, if it does nothing else. */
function plainOf(when: Condition): LeftOut | null {
  if ("not" in when) {
    const { not } = when;
    if ("isOneOf" in not) return { field: not.field, values: not.isOneOf.map(String), isBlank: false };
    return "isFilled" in not && !not.isFilled ? { field: not.field, values: [], isBlank: true } : null;
  }
  return "isFilled" in when && when.isFilled ? { field: when.field, values: [], isBlank: true } : null;
}

function saysTheSame(one: LeftOut | undefined, other: LeftOut | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const said = ({ values }: LeftOut) => [...new Set(values.map(foldTerm))].sort().join("\n");
  return one.isBlank === other.isBlank && said(one) === said(other);
}
