import { z } from "zod";
import { type Perimeter, PerimeterRef } from "../../model/territories/perimeter.ts";
import { findPerimeter } from "../../model/territories/perimeters.ts";

/** The same value for every aid, checked against the field at load. */
export interface ConstantRule<T = unknown> {
  readonly kind: "constant";
  readonly value: T;
}
export const ConstantRule = z.strictObject({ kind: z.literal("constant"), value: z.unknown() });

/** `constant(["grant"])`; `constant([{ scale: "region", code: "11" }])`. */
export function constant<const T>(value: T): ConstantRule<T> {
  return { kind: "constant", value };
}

/** Returns the value; territories given by scale and code get their names. */
export function readConstant(rule: ConstantRule): unknown {
  return withWholePerimeters(rule.value);
}

const wholePerimeters = new WeakMap<object, readonly Perimeter[]>();

/** Completes a list of territories given by scale and code, without unknown ones. Returns any other value unchanged. */
export function withWholePerimeters(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  const known = wholePerimeters.get(value);
  if (known !== undefined) return known;
  const refs: PerimeterRef[] = [];
  for (const member of value) {
    const ref = PerimeterRef.safeParse(member);
    if (!ref.success) return value;
    refs.push(ref.data);
  }
  const whole = refs.flatMap((ref) => findPerimeter(ref)?.perimeter ?? []);
  wholePerimeters.set(value, whole);
  return whole;
}
