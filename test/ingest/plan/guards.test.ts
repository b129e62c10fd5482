import { describe, expect, it } from "vitest";
import type { GuardFacts } from "../../../src/ingest/plan/guard-facts.ts";
import { checkGuards } from "../../../src/ingest/plan/guards.ts";
import { holdingGuards, shiftKinds, warningGuards } from "../../../src/model/plan/guard.ts";
import { madeCount, madeDates, madeFacts, madeFillRates, madePastRun } from "../../support/made-facts.ts";

const held = (given: Partial<GuardFacts>) => checkGuards(madeFacts(given)).holds;
const warned = (given: Partial<GuardFacts>) => checkGuards(madeFacts(given)).warnings;
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);
const newAids = (count: number, renamed = 0) => ({ ...madeCount(count), renamed });

it("no guard trips for a feed that changes nothing", () => {
  expect(checkGuards(madeFacts())).toEqual({ holds: [], warnings: [] });
});

it("findings are in a fixed order: holds, then warnings", () => {
  const { holds, warnings } = checkGuards(
    madeFacts({
      received: 200,
      rejected: 100,
      atLeast: 101,
      isFirstRunOfDraft: true,
      gone: madeCount(50),
      newIds: newAids(50),
      fillRates: madeFillRates(0.9, { description: 0 }),
      deadlines: { withDeadline: 50, past: madeCount(50), closed: 50 },
      links: { compared: 50, moved: madeCount(50) },
      shape: { records: 100, filled: { titre: 0, note: 0 } },
      past: [madePastRun({ shape: { records: 100, filled: { titre: 100, note: 2 } } })],
      shifts: Object.fromEntries(shiftKinds.map((kind) => [kind, { ...madeCount(50), fields: ["name"] }])),
      unmapped: madeCount(50),
      repeated: [{ field: "description", ...madeCount(50), of: 50 }],
      dates: [madeDates({ afterTwelfth: 0, conventional: 60 }), madeDates({ field: "submissionDeadline", past: 60 })],
      elsewhere: {
        of: 50,
        certain: madeCount(50),
        linked: 0,
        compared: 0,
        changed: 0,
        maybe: 0,
        from: ["region-x"],
        contradicting: madeCount(50),
        dated: 50,
        swapped: madeCount(50),
        days: 50,
        lateDays: 0,
      },
      undoneBefore: { by: "Camille", day: "2026-11-20" },
      decisions: [
        { connector: "c", kind: "hold", subject: "contact", paths: ["x"], note: null, by: "Camille", at: "2026-11-20T07:00:00Z" },
      ],
    }),
  );
  expect(codes(holds)).toEqual(holdingGuards.filter((code) => code !== "nothing-received" && code !== "none-valid"));
  // `deadlines-past` holds the plan, so its lesser sister does not warn.
  expect(codes(warnings)).toEqual(warningGuards.filter((code) => code !== "deadlines-expired"));
});

describe("a useless feed", () => {
  const everythingGone = { valid: 0, gone: madeCount(100), atLeast: 50, fillRates: madeFillRates(0), unmapped: madeCount(50) };

  it("is empty: the only other fact is the count of the last run", () => {
    const past = [madePastRun({ received: 103 })];
    expect(checkGuards(madeFacts({ ...everythingGone, received: 0, past }))).toEqual({
      holds: [{ code: "nothing-received", found: 0, limit: 1, examples: [], params: { pastReceived: 103, pastDay: "2026-11-18" } }],
      warnings: [],
    });
  });
  it("is empty at the first run", () => {
    expect(held({ ...everythingGone, received: 0, past: [] })).toEqual([{ code: "nothing-received", found: 0, limit: 1, examples: [] }]);
  });
  it("has no valid aid: the only other fact is why", () => {
    const rejectedExamples = ["a", "b", "c", "d"];
    expect(checkGuards(madeFacts({ ...everythingGone, received: 30, rejected: 20, skipped: 10, rejectedExamples }))).toEqual({
      holds: [{ code: "none-valid", found: 0, limit: 1, examples: ["a", "b", "c"], params: { received: 30, rejected: 20, skipped: 10 } }],
      warnings: [],
    });
  });
  it("is not one with a valid aid", () => {
    expect(codes(held({ received: 1, valid: 1, inLastFeed: 1, links: { compared: 1, moved: madeCount(0) } }))).toEqual([]);
  });
});

describe("fewer aids than the connector's minimum", () => {
  it.each([
    [99, [{ code: "fewer-than-expected", found: 99, limit: 100, examples: [] }]],
    [100, []],
    [101, []],
  ])("%i of at least 100", (valid, findings) => {
    expect(held({ valid, received: valid, atLeast: 100 })).toEqual(findings);
  });
  it("no number is too small without a minimum, or for a file given by hand", () => {
    expect(held({ valid: 1, received: 1, atLeast: null })).toEqual([]);
  });
});

describe("a share of the aids, on both sides of the limit", () => {
  const guards = {
    "aids-gone": (found: number, of: number) => ({ inLastFeed: of, gone: madeCount(found) }),
    "new-ids": (found: number, of: number) => ({ valid: of, newIds: newAids(found) }),
    "records-rejected": (found: number, of: number) => ({ received: of + 7, skipped: 7, rejected: found }),
    "links-moved": (found: number, of: number) => ({ links: { compared: of, moved: madeCount(found) } }),
  } as const;

  it.each([
    ["aids-gone", 100, 10],
    ["aids-gone", 70, 7],
    ["aids-gone", 2088, 209],
    ["aids-gone", 40, 5],
    ["aids-gone", 4, 3],
    ["aids-gone", 3, 2],
    ["new-ids", 100, 30],
    ["new-ids", 10, 5],
    ["new-ids", 3, 2],
    ["records-rejected", 100, 10],
    ["records-rejected", 30, 5],
    ["records-rejected", 5, 3],
    ["links-moved", 100, 20],
    ["links-moved", 15, 5],
    ["links-moved", 3, 2],
  ] as const)("%s: of %i, %i hold and one fewer passes", (code, of, limit) => {
    const findings = (found: number) => held(guards[code](found, of));
    expect(codes(findings(limit - 1))).toEqual([]);
    for (const found of [limit, limit + 1]) expect(findings(found)).toMatchObject([{ code, found, limit, params: { of } }]);
  });

  it.each(Object.keys(guards) as (keyof typeof guards)[])("%s: of 2 aids, or of none, nothing holds", (code) => {
    expect(codes([...held(guards[code](2, 2)), ...held(guards[code](0, 0))])).not.toContain(code);
  });

  it.each([
    ["aids-gone", "gone"],
    ["new-ids", "newIds"],
    ["records-rejected", "rejected"],
    ["links-moved", "linksMoved"],
  ] as const)("%s: the connector sets another limit, and 1 disables the guard", (code, name) => {
    const findings = (found: number, share: number) => codes(held({ ...guards[code](found, 100), limits: { [name]: share } }));
    expect([findings(59, 0.6), findings(60, 0.6), findings(4, 0.05), findings(5, 0.05), findings(100, 1)]).toEqual([
      [],
      [code],
      [],
      [code],
      [],
    ]);
  });

  it("7 % of 100 is 7, despite floating point", () => {
    const gone = (found: number) => codes(held({ ...guards["aids-gone"](found, 100), limits: { gone: 0.07 } }));
    expect([gone(6), gone(7)]).toEqual([[], ["aids-gone"]]);
  });

  it("a finding has three examples", () => {
    expect(held(guards["aids-gone"](15, 100))).toEqual([
      { code: "aids-gone", found: 15, limit: 10, examples: ["a1", "a2", "a3"], params: { of: 100, share: 0.1 } },
    ]);
  });
});

describe("new ids", () => {
  it("never hold a first run, because nothing is stored yet", () => {
    expect(held({ inLastFeed: 0, newIds: newAids(100), past: [], links: { compared: 0, moved: madeCount(0) } })).toEqual([]);
  });
  it("2023-05-09 and 2024-05-07: another id rule gives every aid a new id; recognised aids count as new", () => {
    expect(held({ newIds: newAids(100, 97) })).toEqual([
      { code: "new-ids", found: 100, limit: 30, examples: ["a1", "a2", "a3"], params: { of: 100, share: 0.3, renamed: 97 } },
    ]);
  });
});

describe("rejected records at a first run", () => {
  const first = (rejected: number, more: Partial<GuardFacts> = {}) =>
    codes(held({ past: [], inLastFeed: 0, received: 20, valid: 20 - rejected, rejected, ...more }));

  it("do not hold: there is nothing to compare with or to damage", () => {
    expect(first(19)).toEqual([]);
  });
  it("hold at the connector's own limit", () => {
    const limits = { rejected: 0.25 };
    expect([first(4, { limits }), first(5, { limits })]).toEqual([[], ["records-rejected"]]);
  });
});

describe("an emptied field", () => {
  const filled = (description: number, more: Partial<GuardFacts> = {}) =>
    held({
      past: [madePastRun({ fillRates: madeFillRates(0.9, { description: 1 }) })],
      fillRates: madeFillRates(0.9, { description }),
      ...more,
    });

  it("holds from a fall of 20 points", () => {
    expect(filled(0.81)).toEqual([]);
    expect(filled(0.8)).toEqual([
      {
        code: "field-emptied",
        field: "description",
        found: 20,
        limit: 20,
        examples: [],
        params: { of: 100, pastEmpty: 0, pastOf: 100, pastDay: "2026-11-18" },
      },
    ]);
    expect(filled(0.79)).toMatchObject([{ found: 21, limit: 20 }]);
  });
  it("2020-07-31: the publisher's markup changed and every record lost its description", () => {
    const lost = { received: 498, valid: 498, fillRates: madeFillRates(0.9, { description: (498 - 412) / 498 }) };
    const past = [madePastRun({ valid: 501, fillRates: madeFillRates(0.9, { description: 498 / 501 }) })];
    expect(held({ ...lost, past })).toMatchObject([
      { field: "description", found: 412, params: { of: 498, pastEmpty: 3, pastOf: 501, pastDay: "2026-11-18" } },
    ]);
  });
  it("is measured against the lowest rate of the last runs, not the last one", () => {
    const past = [1, 0.7, 0.95].map((description) => madePastRun({ fillRates: madeFillRates(0.9, { description }) }));
    expect(codes(filled(0.51, { past }))).toEqual([]);
    expect(codes(filled(0.5, { past }))).toEqual(["field-emptied"]);
  });
  it("has one finding per field, largest loss first", () => {
    const fillRates = madeFillRates(0.9, { description: 0.5, contact: 0, eligibility: 0.6 });
    expect(held({ fillRates }).map(({ field }) => field)).toEqual(["contact", "description", "eligibility"]);
  });
  it("filled by few aids holds if nothing is left and at least one aid in ten had it", () => {
    const rare = (before: number, now: number) =>
      codes(
        held({
          past: [madePastRun({ fillRates: madeFillRates(0.9, { projectExamples: before }) })],
          fillRates: madeFillRates(0.9, { projectExamples: now }),
        }),
      );
    expect([rare(0.15, 0.01), rare(0.15, 0), rare(0.154, 0), rare(0.1, 0), rare(0.09, 0), rare(0, 0)]).toEqual([
      [],
      ["field-emptied"],
      ["field-emptied"],
      ["field-emptied"],
      [],
      [],
    ]);
  });
  it("in a small feed requires 5 aids that lost it, or more than half of all", () => {
    const ofTwelve = (left: number) => codes(filled(left / 12, { received: 12, valid: 12 }));
    expect([ofTwelve(8), ofTwelve(7)]).toEqual([[], ["field-emptied"]]);
    const ofThree = (left: number) => codes(filled(left / 3, { received: 3, valid: 3 }));
    expect([ofThree(2), ofThree(1)]).toEqual([[], ["field-emptied"]]);
    expect(codes(filled(0, { received: 2, valid: 2 }))).toEqual([]);
  });
  it("below the connector's own lowest rate holds and above it never does, whatever was learned", () => {
    const strict = { limits: { filled: { description: 0.9 } } };
    expect([codes(filled(0.9, strict)), codes(filled(0.89, strict))]).toEqual([[], ["field-emptied"]]);
    const loose = { limits: { filled: { description: 0.1 } } };
    expect([codes(filled(0.1, loose)), codes(filled(0.09, loose))]).toEqual([[], ["field-emptied"]]);
    expect(filled(0, { limits: { filled: { description: 0 } } })).toEqual([]);
    const small = { ...strict, received: 10, valid: 10 };
    expect([codes(filled(0.6, small)), codes(filled(0.5, small))]).toEqual([[], ["field-emptied"]]);
  });
  it("is detected at a first run only by the connector's own lowest rate", () => {
    expect(filled(0, { past: [] })).toEqual([]);
    expect(filled(0, { past: [], limits: { filled: { description: 0.9 } } })).toMatchObject([
      { found: 100, limit: 11, params: { of: 100 } },
    ]);
  });
});

describe("deadlines all past", () => {
  const deadlines = (past: number, closed: number, more: Partial<GuardFacts> = {}) =>
    held({ deadlines: { withDeadline: 31, past: madeCount(past), closed }, ...more });

  it("2024-03-08: ADEME's deadline was read from a wrong key and every aid closed on the day of its import", () => {
    expect(deadlines(31, 25)).toEqual([
      { code: "deadlines-past", found: 31, limit: 31, examples: ["a1", "a2", "a3"], params: { closed: 25 } },
    ]);
  });
  it("passes with one deadline in the future", () => {
    expect(deadlines(30, 25)).toEqual([]);
  });
  it("does not hold for calls that expired by themselves: the feed itself must close at least 5 aids", () => {
    expect([deadlines(31, 0), codes(deadlines(31, 4)), codes(deadlines(31, 5)), codes(deadlines(31, 6))]).toEqual([
      [],
      [],
      ["deadlines-past"],
      ["deadlines-past"],
    ]);
  });
  it("in a small feed requires that more than half of the aids have one and are closed", () => {
    const small = (withDeadline: number, closed: number) =>
      codes(held({ received: 3, valid: 3, deadlines: { withDeadline, past: madeCount(withDeadline), closed } }));
    expect([small(1, 1), small(2, 1), small(2, 2), small(3, 2)]).toEqual([[], [], ["deadlines-past"], ["deadlines-past"]]);
  });
  it("does not hold for few deadlines among many aids", () => {
    const few = (count: number) => codes(held({ deadlines: { withDeadline: count, past: madeCount(count), closed: count } }));
    expect([few(4), few(5)]).toEqual([[], ["deadlines-past"]]);
  });
  it("does not hold for a first run, or a feed without deadlines", () => {
    expect(deadlines(31, 25, { past: [] })).toEqual([]);
    expect(held({ deadlines: { withDeadline: 0, past: madeCount(0), closed: 0 } })).toEqual([]);
  });
});

it("2022-10-31: the links of a publisher with a squatted domain move to a new host", () => {
  const moved = { count: 96, examples: ["7: dreal.fr -> casino.example", "8: dreal.fr -> casino.example"] };
  expect(held({ links: { compared: 100, moved } })).toEqual([
    { code: "links-moved", found: 96, limit: 20, examples: moved.examples, params: { of: 100, share: 0.2 } },
  ]);
});

describe("findings for a person, whatever the numbers", () => {
  it("the first run of a draft", () => {
    const first = { inLastFeed: 0, newIds: newAids(100), past: [], links: { compared: 0, moved: madeCount(0) } };
    expect(held({ ...first, isFirstRunOfDraft: true })).toEqual([
      { code: "first-run-of-draft", found: 100, limit: 0, examples: ["a1", "a2", "a3"] },
    ]);
  });
  it("a feed whose run was undone", () => {
    expect(held({ undoneBefore: { by: "Camille", day: "2026-11-20" } })).toEqual([
      { code: "undone-before", found: 1, limit: 1, examples: [], params: { by: "Camille", day: "2026-11-20" } },
    ]);
  });
});

describe("warnings", () => {
  it.each([
    [0, 4, 5],
    [3, 7, 8],
    [20, 40, 41],
  ])("unmapped terms: after at most %i, %i records pass and %i warn", (highest, passes, warns) => {
    const past = [madePastRun({ unmapped: highest }), madePastRun({ unmapped: 0 })];
    expect(warned({ past, unmapped: madeCount(passes) })).toEqual([]);
    expect(warned({ past, unmapped: madeCount(warns) })).toMatchObject([
      { code: "unmapped-risen", found: warns, limit: warns, params: { highest, runs: 2 } },
    ]);
  });
  it("unmapped terms of a first run do not warn", () => {
    expect(warned({ past: [], unmapped: madeCount(90) })).toEqual([]);
  });

  it.each([
    [100, 30, 31],
    [10, 4, 5],
    [5, 4, 5],
  ])("the same description: in %i aids, %i times passes and %i times warns", (of, passes, warns) => {
    for (const field of ["description", "eligibility"] as const) {
      expect(warned({ repeated: [{ field, ...madeCount(passes), of }] })).toEqual([]);
      expect(warned({ repeated: [{ field, ...madeCount(warns), of }] })).toMatchObject([
        { code: "content-repeated", field, found: warns, limit: warns, params: { of } },
      ]);
    }
  });
  it("the same contact: many publishers have one service, so only all of at least 24 aids warn", () => {
    const contact = (count: number, of: number) => codes(warned({ repeated: [{ field: "contact", ...madeCount(count), of }] }));
    expect([contact(23, 23), contact(99, 100), contact(24, 24), contact(100, 100)]).toEqual([
      [],
      [],
      ["content-repeated"],
      ["content-repeated"],
    ]);
  });

  it("dates on the first of a month or on 31 December: 24 of 24 warn, 23 or 59 of 60 pass", () => {
    const dates = (conventional: number, count: number) => codes(warned({ dates: [madeDates({ conventional, count })] }));
    expect([dates(23, 23), dates(59, 60), dates(24, 24)]).toEqual([[], [], ["dates-conventional"]]);
  });
  it("expired deadlines: 10 of 10 warn, 9 of 9 and 10 of 11 pass; opening dates are always past", () => {
    const expired = (past: number, count: number, field: "startDate" | "submissionDeadline" = "submissionDeadline") =>
      codes(warned({ dates: [madeDates({ field, past, count })] }));
    expect([expired(9, 9), expired(10, 11), expired(10, 10), expired(60, 60, "startDate")]).toEqual([[], [], ["deadlines-expired"], []]);
  });
});

describe("dates that were read with the month first", () => {
  const swapped = { count: 24, notFirst: 12, afterTwelfth: 0, differentDays: 5 };
  const verdict = (given: Partial<typeof swapped>) => codes(held({ dates: [madeDates({ ...swapped, ...given })] }));

  it("hold the plan if dozens of dates have no day after the twelfth", () => {
    expect(held({ dates: [madeDates(swapped)] })).toEqual([
      {
        code: "dates-month-first",
        field: "startDate",
        found: 12,
        limit: 12,
        examples: ["a1 (2026-01-05)", "a2 (2026-02-11)"],
        params: { of: 24 },
      },
    ]);
  });
  it.each([
    ["one date after the twelfth", { afterTwelfth: 1 }],
    ["few dates", { count: 23 }],
    ["few dates that are not on the first of a month", { notFirst: 11 }],
    ["the same few days each month, as for sessions", { differentDays: 4 }],
  ])("do not hold it with %s", (_, given) => {
    expect(verdict(given)).toEqual([]);
  });
});

describe("values that change in many aids at once", () => {
  const fillRates = madeFillRates(1);
  const shifts = (count: number) => ({ "titles-changed": { ...madeCount(count), fields: ["name"] as const } });
  const pastWith = (count: number) => madePastRun({ shape: { records: 100, filled: {}, shifts: { of: 100, "titles-changed": count } } });

  it.each([
    [19, []],
    [20, ["titles-changed"]],
  ])("%i of 100 titles", (count, expected) => {
    expect(codes(held({ fillRates, shifts: shifts(count) }))).toEqual(expected);
  });

  it("twice as many as in past runs pass; an exceptional run teaches nothing", () => {
    expect(held({ fillRates, shifts: shifts(39), past: [pastWith(20), pastWith(2)] })).toEqual([]);
    expect(codes(held({ fillRates, shifts: shifts(40), past: [pastWith(20), pastWith(2)] }))).toEqual(["titles-changed"]);
    expect(codes(held({ fillRates, shifts: shifts(20), past: [pastWith(100)] }))).toEqual(["titles-changed"]);
  });

  it("of dates, those that changed count", () => {
    const swapped = (count: number, changed: number) => ({
      "dates-swapped": { ...madeCount(count), fields: ["startDate"] as const, changed },
    });
    expect(held({ fillRates, shifts: swapped(9, 20) })).toEqual([]);
    expect(held({ fillRates, shifts: swapped(4, 4) })).toEqual([]);
    expect(codes(held({ fillRates, shifts: swapped(5, 6) }))).toEqual(["dates-swapped"]);
  });

  it("4 aids of a small feed pass", () => {
    const few = { valid: 8, received: 8, inLastFeed: 8, links: { compared: 8, moved: madeCount(0) } };
    expect(held({ ...few, fillRates, shifts: shifts(4) })).toEqual([]);
    expect(codes(held({ ...few, fillRates, shifts: shifts(5) }))).toEqual(["titles-changed"]);
  });
});
