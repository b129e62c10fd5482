import { describe, expect, it } from "vitest";
import { withdrawalDay } from "../../../src/jobs/schedule/withdrawal-day.ts";
import type { Connector } from "../../../src/kit/definition.ts";

const now = new Date("2026-12-05T08:00:00Z");

function dayOf(changes: Partial<Connector>, absence: { absentSince: string | null; missedRuns: number }, at = now) {
  const definition = { id: "region-exemple", state: "active", schedule: "0 3 * * *", absence: { runs: 3, days: 7 }, ...changes } as const;
  return withdrawalDay(definition as Connector, absence, at);
}

const first = { absentSince: null, missedRuns: 0 };

describe("the day on which a missing aid is withdrawn", () => {
  it("is the night that ends the grace period, counted from the application of the plan", () => {
    expect(dayOf({}, first)).toEqual({ day: "2026-12-12", isEarliest: false });
  });

  it("is earlier for an aid that is absent already", () => {
    expect(dayOf({}, { absentSince: "2026-12-01T02:00:00Z", missedRuns: 4 })).toEqual({ day: "2026-12-08", isEarliest: false });
    expect(dayOf({}, { absentSince: "2026-11-01T02:00:00Z", missedRuns: 20 })).toEqual({ day: "2026-12-06", isEarliest: false });
  });

  it("waits for the third run of a feed that is read once a week", () => {
    // Mondays: the 7th is the second feed without the aid, the 14th the third.
    expect(dayOf({ schedule: "0 3 * * 1" }, first)).toEqual({ day: "2026-12-14", isEarliest: false });
    expect(dayOf({ schedule: "0 3 * * 1", absence: { runs: 1, days: 0 } }, first)).toEqual({ day: "2026-12-07", isEarliest: false });
    expect(dayOf({ schedule: "0 3 * * 1", absence: { runs: 5, days: 7 } }, first)).toEqual({ day: "2026-12-28", isEarliest: false });
  });

  it("counts days in Paris: a run just after midnight there is a run of the new day", () => {
    expect(dayOf({ schedule: "30 0 * * *" }, first)).toEqual({ day: "2026-12-12", isEarliest: false });
    expect(dayOf({ schedule: "30 0 * * *" }, first, new Date("2026-12-04T23:10:00Z"))).toEqual({ day: "2026-12-12", isEarliest: false });
  });

  it("is a minimum without a schedule", () => {
    expect(dayOf({ rhythm: { everyDays: 30 } } as Partial<Connector>, first)).toEqual({ day: "2026-12-12", isEarliest: true });
    expect(dayOf({ state: "draft" }, { absentSince: "2026-11-01T02:00:00Z", missedRuns: 9 })).toEqual({
      day: "2026-12-05",
      isEarliest: true,
    });
  });
});
