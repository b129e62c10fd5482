import { z } from "zod";
import { withWholePerimeters } from "./constant.ts";
import type { RuleContext } from "./rule-context.ts";

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
