import { z } from "zod";

/** The same value for every aid. Checked against the field at load. */
export interface ConstantRule<T = unknown> {
  readonly kind: "constant";
  readonly value: T;
}
export const ConstantRule = z.strictObject({ kind: z.literal("constant"), value: z.unknown() });

/** `constant(["grant"])`; `constant([{ scale: "region", code: "11" }])`. */
export function constant<const T>(value: T): ConstantRule<T> {
  return { kind: "constant", value };
}
