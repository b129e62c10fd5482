import { describe, expect, it } from "vitest";
import { RunTally } from "../../../src/ingest/report/run-tally.ts";
import { aidFields } from "../../../src/model/aid/aid.ts";
import { issue } from "../../../src/model/issue.ts";

/** Returns `Memo.filled` of an aid with these fields. */
function filled(...places: readonly number[]): string {
  return places.reduce((bits, place) => bits | (1n << BigInt(place)), 0n).toString(16);
}

describe("a feed with an unlimited number of names", () => {
  it("keeps 2,000 reasons for skipped records, and counts the others together", () => {
    const tally = new RunTally();
    for (let record = 0; record < 10_000; record++) tally.skip(`etat: ${record}`, 1);
    const { skippedBy } = tally.summary([]);
    expect(tally.skipped).toBe(10_000);
    expect(Object.keys(skippedBy)).toHaveLength(2001);
    expect(skippedBy["…"]).toBe(8000);
  });

  it("keeps 2,000 groups of issues, and counts those of other fields together", () => {
    const tally = new RunTally();
    for (let column = 0; column < 10_000; column++) tally.addIssues([issue("decode", "duplicate-column", { field: `c (${column})` })]);
    const { issues } = tally.summary([]);
    expect(issues).toHaveLength(2001);
    expect(issues[0]).toMatchObject({ code: "duplicate-column", field: "…", count: 8000 });
  });
});

it("fill rates are right for any number of patterns of filled fields", () => {
  const tally = new RunTally();
  for (let aid = 0; aid < 8192; aid++) {
    const places = Array.from({ length: 13 }, (_, place) => place).filter((place) => (aid >> place) % 2 === 1);
    tally.addValid({ issues: [], unmapped: [], filled: filled(...places) }, "row 2");
  }
  const { fillRates } = tally.summary([]);
  expect(aidFields.slice(0, 14).map((field) => fillRates[field])).toEqual([...new Array<number>(13).fill(0.5), 0]);
  expect(tally.summary([]).fillRates).toEqual(fillRates);
});
