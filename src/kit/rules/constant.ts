import { z } from "zod";
import { perEdition } from "../../model/territories/per-edition.ts";
import { type Perimeter, PerimeterRef } from "../../model/territories/perimeter.ts";
import { findPerimeter, inToday } from "../../model/territories/perimeters.ts";
import type { RuleContext } from "./rule-context.ts";

/** The publisher's own words for a value, and their page; without a page, they are in the record. */
interface Quotation {
  readonly quote: string;
  readonly page?: string | undefined;
}

/** The same value for every aid. The registry checks that the field allows it. Without a quotation, the value is our assumption. */
export interface ConstantRule<T = unknown> {
  readonly kind: "constant";
  readonly value: T;
  readonly stated?: Quotation | undefined;
}
export const ConstantRule = z.strictObject({
  kind: z.literal("constant"),
  value: z.unknown(),
  stated: z
    .strictObject({
      quote: z.string().min(3).max(500),
      page: z
        .url({ protocol: /^https?$/ })
        .max(700)
        .optional(),
    })
    .optional(),
});

/**
 * Gives every aid the same value. `constant(["grant"])`, `constant("ongoing", { quote: "Aide ouverte toute l’année", page: "https://…" })`.
 */
export function constant<const T>(value: T, stated?: Quotation): ConstantRule<T> {
  return stated === undefined ? { kind: "constant", value } : { kind: "constant", value, stated };
}

/** Returns the value. Territories get their names. */
export function readConstant(rule: ConstantRule): unknown {
  return withWholePerimeters(rule.value);
}

const wholePerimeters = perEdition(() => new WeakMap<object, readonly Perimeter[]>());

/** Adds the names to a list of territories, and drops unknown territories. Returns other values unchanged. */
export function withWholePerimeters(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  const known = wholePerimeters().get(value);
  if (known !== undefined) return known;
  const refs: PerimeterRef[] = [];
  for (const member of value) {
    const ref = PerimeterRef.safeParse(member);
    if (!ref.success) return value;
    refs.push(ref.data);
  }
  const whole = refs.flatMap((ref) => findPerimeter(ref)?.perimeter ?? []).flatMap(inToday);
  wholePerimeters().set(value, whole);
  return whole;
}

/** A small named function, for a value that no rule can read. The result is checked like any value. */
export interface ComputedRule<T = unknown> {
  readonly kind: "computed";
  readonly name: string;
  /** Why no rule can do it. */
  readonly why: string;
  /** Fields of the record that the function reads. */
  readonly reads: readonly string[];
  readonly compute: (values: Readonly<Record<string, unknown>>) => T | null;
}
export const ComputedRule = z.strictObject({
  kind: z.literal("computed"),
  name: z.string().min(1),
  why: z.string().min(20, "must be a sentence that says why no rule can do it"),
  reads: z.array(z.string().min(1)).min(1),
  compute: z.custom<(values: Readonly<Record<string, unknown>>) => unknown>((value) => typeof value === "function", "a function"),
});

/** Computes a value. `computed("lastCampaign", { why: "…", reads: ["dates_open-1"] }, (values) => …)`. */
export function computed<T>(
  name: string,
  about: { why: string; reads: string[] },
  compute: (values: Readonly<Record<string, unknown>>) => T | null,
): ComputedRule<T> {
  return { kind: "computed", name, ...about, compute };
}

/** Returns the function's result, or null. Reports `computed-failed` if it throws. */
export function readComputed(rule: ComputedRule, context: RuleContext): unknown {
  try {
    const value = rule.compute(context.values);
    return value === undefined ? null : withWholePerimeters(value);
  } catch (error) {
    context.report({
      code: "computed-failed",
      params: { name: rule.name, message: error instanceof Error ? error.message : String(error) },
    });
    return null;
  }
}
