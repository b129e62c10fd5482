import { describe, expect, it } from "vitest";
import { readRetention } from "../../src/catalogue/retention/read-retention.ts";
import { defaultRetention } from "../../src/model/run/retention.ts";
import { WrongSettings } from "../../src/platform/config.ts";

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems;
    throw error;
  }
  return [];
}

describe("retention", () => {
  it("is the option, otherwise the environment variable, otherwise the default", () => {
    expect(readRetention({ MOISSON_KEEP_SNAPSHOTS_DAYS: "", PATH: "/bin" })).toEqual(defaultRetention);
    const environment = {
      MOISSON_KEEP_SNAPSHOTS_DAYS: "200",
      MOISSON_KEEP_REJECTED_DAYS: "100",
      MOISSON_KEEP_STAGED_DAYS: "10",
      MOISSON_KEEP_RUNS_DAYS: "800",
      MOISSON_KEEP_DIGESTS_DAYS: "7",
      MOISSON_KEEP_LETTERS_DAYS: "400",
      MOISSON_KEEP_REVOKED_DAYS: "40",
      MOISSON_KEEP_PREVIEWS_DAYS: "30",
      MOISSON_KEEP_REPORTS_DAYS: "31",
      MOISSON_KEEP_AUDIT_DAYS: "60",
    };
    const expected = {
      snapshots: 200,
      rejected: 100,
      staged: 10,
      runs: 800,
      digests: 7,
      letters: 400,
      revoked: 40,
      previews: 30,
      reports: 31,
      audit: 60,
    };
    expect(readRetention(environment)).toEqual(expected);
    expect(readRetention(environment, { snapshots: 20 })).toMatchObject({ snapshots: 20, rejected: 100 });
  });

  it.each(["0", "-3", "1.5", "soon", "36501", "100000", " 30"])("is refused as %j, naming the variable and not the value", (value) => {
    const environment = { MOISSON_KEEP_SNAPSHOTS_DAYS: value, MOISSON_KEEP_DIGESTS_DAYS: value };
    expect(problemsOf(() => readRetention(environment))).toEqual([
      "MOISSON_KEEP_SNAPSHOTS_DAYS: expected a whole number of days, 1 to 36500",
      "MOISSON_KEEP_DIGESTS_DAYS: expected a whole number of days, 1 to 36500",
    ]);
  });

  it("is at least a month for the audit trail", () => {
    expect(problemsOf(() => readRetention({ MOISSON_KEEP_AUDIT_DAYS: "29" }))).toEqual([
      "MOISSON_KEEP_AUDIT_DAYS: expected at least 30, because younger entries explain recent incidents",
    ]);
  });

  it("is at least as long for runs as for their results, because runs determine the age of results", () => {
    expect(problemsOf(() => readRetention({ MOISSON_KEEP_RUNS_DAYS: "180" }))).toEqual([]);
    expect(problemsOf(() => readRetention({ MOISSON_KEEP_RUNS_DAYS: "179" }))).toEqual([
      "MOISSON_KEEP_RUNS_DAYS: expected at least 180, because results of runs are kept that long",
    ]);
    expect(problemsOf(() => readRetention({}, { rejected: 731 }))).toEqual([
      "--runs: expected at least 731, because results of runs are kept that long",
    ]);
  });
});
