import { describe, expect, it } from "vitest";
import type { PastRun } from "../../../src/ingest/plan/guard-facts.ts";
import { guardSeries } from "../../../src/ingest/plan/guard-series.ts";
import type { GuardFinding } from "../../../src/model/plan/guard.ts";

const run = (day: string, changes: Partial<PastRun> = {}): PastRun => ({
  day,
  received: 100,
  rejected: 0,
  valid: 100,
  created: 0,
  fillRates: { startDate: 0.9 },
  unmapped: 1,
  ...changes,
});
/** Newest first, as in the catalogue. */
const past = [run("2026-11-24", { created: 10 }), run("2026-11-23", { rejected: 25, valid: 75 })];
const seen = (finding: Partial<GuardFinding>) =>
  guardSeries({ code: "aids-gone", found: 40, limit: 10, examples: [], params: { of: 100, share: 0.1 }, ...finding }, past);

describe("the series of a guard", () => {
  it("is oldest first, with this run's value and the limit", () => {
    expect(seen({ code: "new-ids" })).toEqual({
      what: "new-ids",
      isShare: true,
      past: [
        { day: "2026-11-23", value: 0 },
        { day: "2026-11-24", value: 0.1 },
      ],
      now: 0.4,
      limit: 0.1,
      tripsBelow: false,
    });
    expect(seen({ code: "records-rejected" })?.past.map(({ value }) => value)).toEqual([0.25, 0]);
  });

  it("of missing aids is the remaining share of the feed, with the limit's remainder", () => {
    expect(seen({})).toMatchObject({ what: "aids", now: 60, limit: 90, tripsBelow: true });
  });

  it("of an emptied field is the share that fills it", () => {
    expect(seen({ code: "field-emptied", field: "startDate", found: 80, limit: 30 })).toMatchObject({ limit: 0.7, tripsBelow: true });
    expect(seen({ code: "field-emptied", field: "startDate", found: 80, limit: 30 })?.now).toBeCloseTo(0.2);
  });

  it("is empty for a guard without numbers, or without an earlier applied run", () => {
    expect(seen({ code: "first-run-of-draft" })).toBeNull();
    expect(guardSeries({ code: "new-ids", found: 4, limit: 1, examples: [], params: { of: 10, share: 0.1 } }, [])).toBeNull();
  });
});
