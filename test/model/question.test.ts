import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AidField, aidFields } from "../../src/model/aid/field-table.ts";
import { missingAt } from "../../src/model/aid/publishable.ts";
import { type LackingAids, orderQuestions } from "../../src/model/aid/question.ts";

const lacking = (connector: string, aids: number, missing: readonly AidField[], more: Partial<LackingAids> = {}): LackingAids => ({
  ...{ connector, aids, missing, isPublished: false },
  ...more,
});
const asked = (groups: readonly LackingAids[]) =>
  orderQuestions(groups).map(({ connector, field, word, frees }) => [connector, word ?? field, frees.publishable, frees.fullyDescribed]);

describe("the order of questions", () => {
  test("asks first what frees most aids for each answer", () => {
    const groups = [
      lacking("a", 10, ["mobilizationSteps"]),
      lacking("b", 40, ["mobilizationSteps", "financers"]),
      lacking("c", 15, ["mobilizationSteps"]),
    ];
    expect(asked(groups)).toEqual([
      ["b", "financers", 0, 0],
      ["b", "mobilizationSteps", 0, 40],
      ["c", "mobilizationSteps", 0, 15],
      ["a", "mobilizationSteps", 0, 10],
    ]);
  });

  test("counts the aids of both levels that an answer frees", () => {
    expect(asked([lacking("a", 3, ["perimeters"]), lacking("a", 5, ["perimeters", "contact"])])).toEqual([
      ["a", "perimeters", 8, 3],
      ["a", "contact", 0, 5],
    ]);
  });

  test("asks last, or not at all, where a field that no answer fills is missing", () => {
    expect(asked([lacking("a", 9, ["description", "mobilizationSteps"]), lacking("a", 9, ["recurrence"])])).toEqual([
      ["a", "mobilizationSteps", 0, 0],
    ]);
    const groups = [lacking("a", 9, ["mobilizationSteps", "submissionDeadline", "perimeters"]), lacking("b", 1, ["mobilizationSteps"])];
    expect(asked(groups)).toEqual([
      ["a", "perimeters", 9, 0],
      ["b", "mobilizationSteps", 0, 1],
      ["a", "mobilizationSteps", 0, 0],
    ]);
  });

  test("asks for the meaning of a publisher's word instead of a value", () => {
    expect(asked([lacking("a", 4, ["categories"], { words: { categories: "water" } }), lacking("a", 2, ["categories"])])).toEqual([
      ["a", "water", 0, 4],
    ]);
  });

  test("asks for the kinds of expenses together with the types, which may need them", () => {
    expect(asked([lacking("a", 6, ["aidTypes"])])).toEqual([
      ["a", "aidTypes", 6, 0],
      ["a", "destinations", 0, 6],
    ]);
  });

  test("does not ask how to publish what is published", () => {
    expect(asked([lacking("a", 6, ["perimeters"], { isPublished: true })])).toEqual([["a", "perimeters", 0, 6]]);
  });

  test("never asks twice, and frees each aid once for each level", () => {
    const field = fc.constantFrom(...aidFields);
    const group = fc.record({
      connector: fc.constantFrom("a", "b"),
      isPublished: fc.boolean(),
      missing: fc.uniqueArray(field, { maxLength: 6 }),
      aids: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(group, { maxLength: 12 }), (groups) => {
        const questions = orderQuestions(groups);
        const keys = questions.map((one) => `${one.connector} ${one.field}`);
        expect(new Set(keys).size).toBe(keys.length);
        const freed = (level: "publishable" | "fullyDescribed") => questions.reduce((sum, { frees }) => sum + frees[level], 0);
        const waiting = (level: "publishable" | "fullyDescribed") =>
          groups.filter(({ missing }) => missingAt(level, missing).length > 0).reduce((sum, { aids }) => sum + aids, 0);
        expect(freed("publishable")).toBeLessThanOrEqual(waiting("publishable"));
        expect(freed("fullyDescribed")).toBeLessThanOrEqual(waiting("fullyDescribed"));
      }),
    );
  });
});
