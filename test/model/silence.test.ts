import { describe, expect, it } from "vitest";
import { silenceMessage } from "../../src/cli/english/watch.ts";
import { type ConnectorActivity, silencesOf } from "../../src/model/run/silence.ts";

const now = new Date("2026-11-25T03:00:00Z");
const today = "2026-11-25";
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

function activity(given: Partial<ConnectorActivity>): ConnectorActivity {
  return { connector: "region", changedAt: [], appliedAt: daysAgo(0), liveAids: 0, withDeadline: 0, lastDeadline: null, ...given };
}

function reasons(given: Partial<ConnectorActivity>): string[] {
  return silencesOf(activity(given), now, today).map((silence) => silenceMessage(silence, (instant) => instant.slice(0, 10)));
}

describe("a connector that usually changes every N days", () => {
  /** Returns four changes: the last one this many days ago, and `gap` as the middle gap. */
  const changes = (last: number, gap: number) => [last + 4 * gap, last + 2 * gap, last + gap, last].map(daysAgo);

  it("is silent after more than three times that, and not before", () => {
    expect(reasons({ changedAt: changes(31, 10) })).toEqual([
      "usually changes every 10 days (4 changes known), nothing for 31 days, since 2026-10-25",
    ]);
    expect(reasons({ changedAt: changes(30, 10) })).toEqual([]);
  });

  it("is not silent for a week, however often it changes", () => {
    expect(reasons({ changedAt: changes(7, 0.5) })).toEqual([]);
    expect(reasons({ changedAt: changes(7.1, 0.5) })).toEqual([expect.stringContaining("usually changes every 0.5 days")]);
  });

  it("has no usual interval before four changes; one long gap does not change it", () => {
    expect(reasons({ changedAt: changes(90, 1).slice(1) })).toEqual([]);
    expect(reasons({ changedAt: [300, 92, 91, 90].map(daysAgo) })).toEqual([expect.stringContaining("every 1 day ")]);
    expect(reasons({ changedAt: [300, 200, 94, 90].map(daysAgo) })).toEqual([]);
  });
});

describe("a connector whose deadlines are all past", () => {
  it("is silent if every live aid has a deadline and the last was yesterday", () => {
    const past = { liveAids: 3, withDeadline: 3, lastDeadline: "2026-11-24" };
    expect(reasons(past)).toEqual(["the deadlines of all 3 aids are past; the last was 2026-11-24"]);
    expect(reasons({ ...past, lastDeadline: today })).toEqual([]);
    expect(reasons({ ...past, withDeadline: 2 })).toEqual([]);
    expect(reasons({ liveAids: 0, withDeadline: 0 })).toEqual([]);
  });
});

describe("an active connector without an applied run", () => {
  it("is silent after three days, or if no run was ever applied", () => {
    expect(reasons({ appliedAt: daysAgo(3) })).toEqual([]);
    expect(reasons({ appliedAt: daysAgo(4.2) })).toEqual(["no applied run for 4 days, since 2026-11-20, though it is active"]);
    expect(reasons({ appliedAt: null })).toEqual(["no run of it was ever applied, though it is active"]);
  });
});
