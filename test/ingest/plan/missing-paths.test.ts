import { describe, expect, it } from "vitest";
import type { GuardFacts } from "../../../src/ingest/plan/guard-facts.ts";
import { missingPaths } from "../../../src/ingest/plan/missing-paths.ts";
import type { FeedShape } from "../../../src/model/run/run-report.ts";
import { madeFacts, madePastRun } from "../../support/made-facts.ts";

const shape = (records: number, filled: FeedShape["filled"]) => ({ records, filled });
const missing = (now: FeedShape, before: readonly FeedShape[], given: Partial<GuardFacts> = {}) =>
  missingPaths(madeFacts({ shape: now, past: before.map((shape) => madePastRun({ shape })), ...given })).map(
    ({ path, isBreak }) => `${path} ${isBreak ? "breaks" : "warns"}`,
  );

describe("a path of a JSON or XML feed that no record fills any more", () => {
  it.each([
    [[190, 190, 190], ["a breaks"]],
    [[10, 12, 11], ["a breaks"]],
    [[10, 12, 4], ["a warns"]],
    [[3, 3, 3], ["a warns"]],
    [[190, 0, 190], []],
  ])("filled in %j of 190 records before", (before, expected) => {
    expect(
      missing(
        shape(190, { a: 0 }),
        before.map((a) => shape(190, { a })),
      ),
    ).toEqual(expected);
  });

  it("only the last three runs count", () => {
    const before = [50, 50, 50, 0].map((a) => shape(50, { a }));
    expect(missing(shape(50, { a: 0 }), before)).toEqual(["a breaks"]);
  });

  it("in a small feed, single records break nothing", () => {
    expect(missing(shape(8, { a: 0 }), [shape(8, { a: 4 })])).toEqual(["a warns"]);
    expect(missing(shape(8, { a: 0 }), [shape(8, { a: 5 })])).toEqual(["a breaks"]);
  });

  it("breaks if every record is skipped, perhaps for want of the path that says which to keep", () => {
    expect(missing(shape(0, { a: 0 }), [shape(50, { a: 50 })], { neverSeen: ["a"] })).toEqual(["a breaks"]);
  });

  it("in a feed that has become small, its few records may lack it", () => {
    expect(missing(shape(2, { a: 0 }), [shape(50, { a: 50 })])).toEqual(["a warns"]);
    expect(missing(shape(20, { a: 0 }), [shape(50, { a: 10 })])).toEqual(["a warns"]);
    expect(missing(shape(25, { a: 0 }), [shape(50, { a: 10 })])).toEqual(["a breaks"]);
  });

  it("a connector sets another share, and 1 disables the guard", () => {
    const before = [shape(190, { a: 9 })];
    expect(missing(shape(190, { a: 0 }), before, { limits: { paths: 0.04 } })).toEqual(["a breaks"]);
    expect(missing(shape(190, { a: 0 }), [shape(190, { a: 190 })], { limits: { paths: 1 } })).toEqual([]);
  });

  it("runs before the connector read it do not count", () => {
    expect(missing(shape(50, { a: 0 }), [shape(50, { a: 50 }), shape(50, { b: 50 })])).toEqual(["a breaks"]);
  });

  it("is reported by its key if the key is gone with several paths below it", () => {
    const before = [shape(190, { "a.b": 3, "a[].c": 190, "a.d.e": 180, "z.y": 190, "k.l": 190, "k.m": 190 })];
    const now = shape(190, { "a.b": 0, "a[].c": 0, "a.d.e": 0, "z.y": 0, "k.l": 0, "k.m": 0 });
    const gone = { neverSeen: ["a.b", "a[].c", "a.d.e", "z.y"] };
    expect(missing(now, before, gone)).toEqual(["a breaks", "z.y breaks", "k.l breaks", "k.m breaks"]);
    expect(missing(now, before, { ...gone, isTable: true }).slice(0, 2)).toEqual(["a[].c breaks", "z.y breaks"]);
  });

  it("nothing is known without a past run, or of a path that the connector reads since then", () => {
    expect(missing(shape(50, { a: 0 }), [])).toEqual([]);
    expect(missing(shape(50, { a: 0 }), [shape(50, { b: 50 })])).toEqual([]);
  });
});

describe("a column of a table", () => {
  it("is always a break without its header, however rarely it was filled", () => {
    expect(missing(shape(190, { a: 0 }), [shape(190, { a: 1 })], { isTable: true, neverSeen: ["a"] })).toEqual(["a breaks"]);
  });

  it("may be empty under its header if few rows filled it", () => {
    expect(missing(shape(190, { a: 0 }), [shape(190, { a: 1 })], { isTable: true })).toEqual(["a warns"]);
  });

  it("is known to be missing even if every record is skipped, because the column decides which to keep", () => {
    expect(missing(shape(0, { kind: 0, other: 0 }), [shape(9, { kind: 9, other: 9 })], { isTable: true, neverSeen: ["kind"] })).toEqual([
      "kind breaks",
    ]);
  });
});
