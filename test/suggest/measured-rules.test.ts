import { describe, expect, it } from "vitest";
import { aidFields } from "../../src/model/aid/aid.ts";
import { suggestionRules } from "../../src/model/aid/suggestion.ts";
import { type MeasuredRule, measuredPrecision } from "../../src/suggest/measured-rule.ts";
import measured from "../../src/suggest/measured-rules.json" with { type: "json" };

const figures = measured as readonly MeasuredRule[];

describe("the measured rules", () => {
  it("contain counts that fit each other, one per rule, field and strength", () => {
    for (const { rule, field, n, right } of figures) {
      expect(suggestionRules).toContain(rule);
      expect(aidFields).toContain(field);
      expect(right).toBeLessThanOrEqual(n);
    }
    expect(new Set(figures.map(({ rule, field, strength }) => `${rule} ${field} ${strength}`)).size).toBe(figures.length);
  });

  it("give a suggestion the precision of its rule and field, and none to what was not measured", () => {
    expect(measuredPrecision({ rule: "title-types", field: "aidTypes", strength: 1 })).toBe(0.76);
    expect(measuredPrecision({ rule: "sentence-contact", field: "contact", strength: 0.4 })).toBe(0);
    expect(measuredPrecision({ rule: "connector-default", field: "mobilizationSteps", strength: 1 })).toBe(0);
  });
});
