import { z } from "zod";
import { perEdition } from "../../model/territories/per-edition.ts";
import { type Perimeter, PerimeterRef } from "../../model/territories/perimeter.ts";
import { findPerimeter, inToday } from "../../model/territories/perimeters.ts";

/** The same value for every aid. The registry checks that the field allows it. */
export interface ConstantRule<T = unknown> {
  readonly kind: "constant";
  readonly value: T;
}
export const ConstantRule = z.strictObject({ kind: z.literal("constant"), value: z.unknown() });

/** Gives every aid the same value. `constant(["grant"])`, `constant([{ scale: "region", code: "11" }])`. */
export function constant<const T>(value: T): ConstantRule<T> {
  return { kind: "constant", value };
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
