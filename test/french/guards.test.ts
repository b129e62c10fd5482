import { expect, it } from "vitest";
import { guardMessage } from "../../src/cli/english/guards.ts";
import type { GuardFacts } from "../../src/ingest/plan/guard-facts.ts";
import { checkGuards } from "../../src/ingest/plan/guards.ts";
import { madeCount, madeDates, madeFacts, madeFillRates, madePastRun } from "../support/made-facts.ts";

it.each<[Partial<GuardFacts>, string]>([
  [{ received: 0, valid: 0, past: [] }, "the feed contains no records"],
  [{ received: 0, valid: 0 }, "the feed contains no records; on 2026-11-18 it contained 100"],
  [
    { received: 30, valid: 0, rejected: 20, skipped: 10, rejectedExamples: ["no title"] },
    "not one record of the feed could be kept: 30 received, 20 rejected, 10 skipped, for example no title",
  ],
  [{ atLeast: 150 }, "100 valid records, where a healthy feed of this publisher has 150 at least"],
  [
    { inLastFeed: 2088, gone: { count: 318, examples: ["recette-1", "recette-2", "recette-3", "recette-4"] } },
    "318 of 2088 aids are no longer in the feed (15 %; 10 % holds), for example recette-1, recette-2, recette-3",
  ],
  [
    { valid: 2822, newIds: { ...madeCount(1053), renamed: 0 } },
    "1053 of 2822 aids have identifiers that we do not know (37 %; 30 % holds), for example a1, a2, a3",
  ],
  [
    { newIds: { ...madeCount(40), renamed: 38 }, past: [madePastRun({ created: 17 })] },
    "40 of 100 aids have identifiers that we do not know (40 %; 34 % holds); 38 of them are known under another identifier, for example a1, a2, a3",
  ],
  [
    { rejected: 12, rejectedExamples: ["no title", "read before"] },
    "12 of 100 records could not be kept (12 %; 10 % holds), for example no title, read before",
  ],
  [
    {
      valid: 498,
      fillRates: madeFillRates(0.9, { description: 86 / 498 }),
      past: [madePastRun({ valid: 501, fillRates: madeFillRates(0.9, { description: 498 / 501 }) })],
      lost: { description: ["a1", "a2", "a3"], contact: ["a4"] },
    },
    "description: 412 of 498 are empty; on 2026-11-18, 3 of 501 were, for example a1, a2, a3",
  ],
  [
    { fillRates: madeFillRates(0.9, { contact: 0.5 }), past: [], limits: { filled: { contact: 0.8 } } },
    "contact: 50 of 100 are empty; 21 hold",
  ],
  [
    { deadlines: { withDeadline: 31, past: madeCount(31), closed: 25 } },
    "all 31 deadlines of the feed are past; it closes 25 aids that were open, for example a1, a2, a3",
  ],
  [
    { links: { compared: 100, moved: { count: 96, examples: ["7: dreal.fr -> casino.example"] } } },
    "96 of 100 aids link to a host that this publisher never had (96 %; 20 % holds), for example 7: dreal.fr -> casino.example",
  ],
  [
    { isFirstRunOfDraft: true, newIds: { ...madeCount(3), renamed: 0 } },
    "the first run of a draft waits for a person, with 100 aids, for example a1, a2, a3",
  ],
  [{ undoneBefore: { by: "Camille", day: "2026-11-20" } }, "a run of this very feed was undone by Camille on 2026-11-20"],
  [
    { shifts: { "texts-shrunk": { ...madeCount(50), fields: ["description"] } } },
    "50 of 90 aids lose more than half of their text (description) (56 %; 20 % holds), for example a1, a2, a3",
  ],
  [
    { unmapped: madeCount(62), past: [madePastRun({ unmapped: 20 }), madePastRun()] },
    "62 records have words that nobody has mapped; in the last 2 runs at most 20 had, for example a1, a2, a3",
  ],
  [{ unmapped: madeCount(5) }, "5 records have words that nobody has mapped; in the last run at most 0 had, for example a1, a2, a3"],
  [
    { repeated: [{ field: "description", ...madeCount(60), of: 150 }] },
    "the same description is in 60 of 150 new or changed aids, for example a1, a2, a3",
  ],
  [
    { dates: [madeDates({ afterTwelfth: 0 })] },
    "startDate: none of 60 dates is after the twelfth of a month; somebody probably swapped day and month, and other dates are lost, for example a1 (2026-01-05), a2 (2026-02-11)",
  ],
  [
    { dates: [madeDates({ conventional: 60 })] },
    "startDate: all 60 dates of new or changed aids are on the first of a month or on 31 December, for example a1 (2026-01-05), a2 (2026-02-11)",
  ],
  [
    { dates: [madeDates({ field: "submissionDeadline", past: 60 })] },
    "all 60 deadlines of new or changed aids are past, for example a1 (2026-01-05), a2 (2026-02-11)",
  ],
])("a guard's finding is one sentence with numbers and at most three examples: %#", (given, sentence) => {
  const { holds, warnings } = checkGuards(madeFacts(given));
  expect([...holds, ...warnings].map(guardMessage)).toEqual([sentence]);
});

it("a finding stored before guards had parameters still has a sentence", () => {
  const finding = { found: 0, limit: 1, examples: [] };
  expect(guardMessage({ code: "none-valid", ...finding })).toBe("not one record of the feed could be kept");
  expect(guardMessage({ code: "nothing-received", ...finding })).toBe("the feed contains no records");
});
