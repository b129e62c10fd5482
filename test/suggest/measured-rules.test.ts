import { describe, expect, it } from "vitest";
import { aidFields } from "../../src/model/aid/aid.ts";
import { suggestionRules } from "../../src/model/aid/suggestion.ts";
import { isSure, isSureRule, type MeasuredRule, minPrecision } from "../../src/suggest/is-sure.ts";
import measured from "../../src/suggest/measured-rules.json" with { type: "json" };
import { wilsonLower } from "../bench/suggestions/judge.ts";

const figures = measured as readonly MeasuredRule[];

describe("the measured rules", () => {
  it("contain counts and bounds that fit each other, one per rule, field and strength", () => {
    for (const { rule, field, n, right, lower } of figures) {
      expect(suggestionRules).toContain(rule);
      expect(aidFields).toContain(field);
      expect(right).toBeLessThanOrEqual(n);
      expect(lower).toBeCloseTo(wilsonLower(right, n), 4);
    }
    expect(new Set(figures.map(({ rule, field, strength }) => `${rule} ${field} ${strength}`)).size).toBe(figures.length);
  });

  it("make no rule sure below the thresholds: 99 % for what costs an applicant the aid, else 95 %", () => {
    expect(minPrecision("submissionDeadline")).toBe(0.99);
    expect(minPrecision("categories")).toBe(0.95);
    const base = {
      rule: "neighbours",
      field: "categories",
      strength: 0.9,
      chosenN: 60,
      chosenRight: 58,
    } as const;
    const of = (n: number, right: number) => isSureRule({ ...base, n, right, lower: wilsonLower(right, n) });
    expect([of(100, 97), of(100, 94), of(49, 49), of(50, 48)]).toEqual([true, false, false, false]);
    expect(isSureRule({ ...base, field: "targetedAudiences", n: 100, right: 98, lower: wilsonLower(98, 100) })).toBe(false);
    expect(isSureRule({ ...base, n: 100, right: 97, lower: wilsonLower(97, 100), chosenRight: 55 })).toBe(false);
    expect(isSureRule({ ...base, n: 100, right: 97, lower: wilsonLower(97, 100), chosenN: 0, chosenRight: 0 })).toBe(false);
  });

  it("never make a suggestion sure that was not measured", () => {
    expect(isSure({ rule: "connector-default", field: "mobilizationSteps", strength: 1 })).toBe(false);
    expect(isSure({ rule: "sentence-deadline", field: "submissionDeadline", strength: 1 })).toBe(false);
    for (const { rule, field, strength } of figures.filter(isSureRule)) expect(isSure({ rule, field, strength })).toBe(true);
  });
});
