import { describe, expect, it } from "vitest";
import type { GuardLimits, PastRun } from "../../../src/ingest/plan/guard-facts.ts";
import { checkGuards } from "../../../src/ingest/plan/guards.ts";
import { healthyFillRate, shareLimits } from "../../../src/ingest/plan/learned-limits.ts";
import { madeCount, madeFacts, madePastRun } from "../../support/made-facts.ts";

const limitsAfter = (runs: readonly Partial<PastRun>[], limits: GuardLimits = {}) => shareLimits({ past: runs.map(madePastRun), limits });
const defaults = { gone: 0.1, newIds: 0.3, rejected: 0.1, linksMoved: 0.2 };

describe("limits of a connector", () => {
  it("are the defaults without applied runs, and after calm ones", () => {
    expect(limitsAfter([])).toEqual(defaults);
    expect(limitsAfter([{ created: 15, rejected: 5 }, {}])).toEqual(defaults);
  });
  it("new ids: twice the highest share of created aids", () => {
    expect(limitsAfter([{ created: 16 }, { created: 22 }, {}]).newIds).toBeCloseTo(0.44);
  });
  it("new ids: a first import, which creates everything, is not learned from", () => {
    expect(limitsAfter([{ created: 100 }]).newIds).toBe(0.3);
    expect(limitsAfter([{ created: 22 }, { created: 100 }]).newIds).toBeCloseTo(0.44);
  });
  it("rejected records: 5 points above the highest share of the selected records", () => {
    expect(limitsAfter([{ received: 100, valid: 88, rejected: 12 }, {}]).rejected).toBeCloseTo(0.17);
    expect(limitsAfter([{ received: 900, valid: 88, rejected: 12 }]).rejected).toBeCloseTo(0.17);
  });
  it("learned limits never disable a guard", () => {
    expect(limitsAfter([{ created: 60, valid: 100, rejected: 900 }])).toEqual({ ...defaults, newIds: 0.9, rejected: 0.9 });
  });
  it("a run without valid aids is not learned from", () => {
    expect(limitsAfter([{ received: 0, valid: 0, created: 0, rejected: 0 }])).toEqual(defaults);
  });
  it("aids gone and links moved are not learned", () => {
    expect(limitsAfter([{ valid: 20, received: 20 }, {}])).toMatchObject({ gone: 0.1, linksMoved: 0.2 });
  });
  it("the connector's own limits precede learned ones, lower or higher", () => {
    const own = { gone: 0.2, newIds: 0.05, rejected: 1, linksMoved: 0.5 };
    expect(limitsAfter([{ created: 40, rejected: 20 }], own)).toEqual(own);
  });
});

describe("the healthy fill rate of a field", () => {
  it("is the lowest of the last applied runs", () => {
    const past = [0.9, 0.7, 0.95].map((description) => madePastRun({ fillRates: { description } }));
    expect(healthyFillRate(past, "description")).toBe(0.7);
  });
  it("is unknown without applied runs, and 0 if a run does not have the field", () => {
    expect(healthyFillRate([], "description")).toBeNull();
    expect(healthyFillRate([madePastRun({ fillRates: {} })], "description")).toBe(0);
  });
});

it("the example computed by hand in docs/guards.md", () => {
  const past = [
    madePastRun({ day: "2026-11-18", valid: 501, created: 20, rejected: 9, fillRates: { description: 498 / 501 } }),
    madePastRun({ day: "2026-11-11", valid: 490, created: 98, rejected: 30, fillRates: { description: 480 / 490 } }),
    madePastRun({ day: "2026-11-04", valid: 392, created: 392, rejected: 8, fillRates: { description: 390 / 392 } }),
  ];
  const codesWith = (created: number, rejected: number, empty: number) =>
    checkGuards(
      madeFacts({
        received: 520,
        valid: 498,
        rejected,
        inLastFeed: 501,
        newIds: { ...madeCount(created), renamed: 0 },
        fillRates: { description: 1 - empty / 498 },
        past,
      }),
    ).holds.map(({ code, found, limit }) => [code, found, limit]);
  expect(codesWith(199, 55, 109)).toEqual([]);
  expect(codesWith(200, 56, 110)).toEqual([
    ["new-ids", 200, 200],
    ["records-rejected", 56, 56],
    ["field-emptied", 110, 110],
  ]);
});
