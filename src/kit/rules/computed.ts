import { z } from "zod";
import { withWholePerimeters } from "./constant.ts";
import type { RuleContext } from "./rule-context.ts";

/** The only escape: a small named function, with the reason why no rule suffices. Its result is checked like any value. */
export interface ComputedRule<T = unknown> {
  readonly kind: "computed";
  readonly name: string;
  readonly why: string;
  /** The publisher's fields that it reads. */
  readonly reads: readonly string[];
  readonly compute: (values: Readonly<Record<string, unknown>>) => T | null;
}
export const ComputedRule = z.strictObject({
  kind: z.literal("computed"),
  name: z.string().min(1),
  why: z.string().min(20, "say in a sentence why no rule does it"),
  reads: z.array(z.string().min(1)).min(1),
  compute: z.custom<(values: Readonly<Record<string, unknown>>) => unknown>((value) => typeof value === "function", "a function"),
});

/** `computed("lastCampaign", { why: "…", reads: ["dates_open-1"] }, (values) => …)`. */
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
