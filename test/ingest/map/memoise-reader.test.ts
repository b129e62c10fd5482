import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoiseReader, type ValueReader } from "../../../src/ingest/map/memoise-reader.ts";
import { valueAt } from "../../../src/kit/expressions/field-path.ts";
import type { RuleIssue } from "../../../src/kit/rules/rule-context.ts";
import { propertyRuns } from "../../support/property-runs.ts";

type Values = Readonly<Record<string, unknown>>;

/** Returns the values at the paths as they are, and reports each that is filled. */
const showing = (paths: readonly string[]): ValueReader => {
  return (values, report) =>
    paths.map((path) => {
      const value = valueAt(values, path);
      if (value !== undefined) report({ code: "unexpected-value", value });
      return Object.is(value, -0) ? "minus zero" : value === undefined ? "undefined" : JSON.stringify(value);
    });
};

function readAll(read: ValueReader, records: readonly Values[]) {
  return records.map((values) => {
    const issues: RuleIssue[] = [];
    return { value: read(values, (issue) => issues.push(issue)), issues };
  });
}

/** Counts how often the wrapped reader runs. */
function counted(paths: readonly string[], read: ValueReader = showing(paths)) {
  const calls: Values[] = [];
  const memoised = memoiseReader((values, report) => {
    calls.push(values);
    return read(values, report);
  }, paths);
  return { calls, memoised };
}

// Values that look alike as texts.
const alike = [
  "",
  "1",
  "1;",
  "1;1",
  "1:1",
  "1;1;",
  "null",
  "null;",
  "#1;",
  "[1:1",
  "\u0000",
  "\u0000null;",
  "\u00001:1",
  "\u0000[1:1:1",
  "\ud800",
];
const others = [
  null,
  undefined,
  true,
  "true",
  0,
  -0,
  1,
  Number.NaN,
  { a: "1" },
  [],
  ["1"],
  ["1", "1"],
  ["11"],
  [["1"]],
  [null],
  "x".repeat(501),
];
const single = fc.oneof(fc.constantFrom<unknown>(...alike, ...others), fc.string({ maxLength: 3 }));
const value = fc.oneof(single, fc.array(single, { maxLength: 3 }));

describe("a memoised reader", () => {
  it.each([[[]], [["a"]], [["a", "b"]], [["a", "b.c", "d[].e"]]])(
    "gives the same values and issues as the reader itself (paths %j)",
    (paths) => {
      const record = fc.record(
        { a: value, b: fc.record({ c: value }, { requiredKeys: [] }), "b.c": value, d: fc.array(fc.record({ e: value })), other: value },
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(fc.array(record, { maxLength: 30 }), (records) => {
          const twice = [...records, ...records];
          expect(readAll(memoiseReader(showing(paths), paths), twice)).toEqual(readAll(showing(paths), twice));
        }),
        { numRuns: propertyRuns(400) },
      );
    },
  );

  it("tells values apart that look alike", () => {
    const values = [...alike, ...others];
    for (const paths of [["a"], ["a", "b"]]) {
      // Each record comes twice, so that the memo is used.
      const records = values
        .flatMap((a) => (paths.length === 1 ? [{ a }] : values.map((b) => ({ a, b }))))
        .flatMap((record) => [record, record]);
      expect(readAll(memoiseReader(showing(paths), paths), records)).toEqual(readAll(showing(paths), records));
    }
  });

  it("reads equal values once, and values of other fields do not matter", () => {
    const { calls, memoised } = counted(["a"]);
    readAll(memoised, [{ a: "x", b: "1" }, { a: "x", b: "2" }, { a: ["x"] }, { a: ["x"] }, { a: null }, { a: null }]);
    expect(calls).toEqual([{ a: "x" }, { a: ["x"] }, { a: null }]);
  });

  it("reads long texts and objects each time", () => {
    const { calls, memoised } = counted(["a"]);
    const long = { a: "x".repeat(501) };
    readAll(memoised, [long, long, { a: { b: 1 } }, { a: { b: 1 } }, { a: [["x"]] }, { a: [["x"]] }]);
    expect(calls).toHaveLength(6);
  });

  it("shares results, which nobody can change", () => {
    const { memoised } = counted(["a"], () => [{ name: "Ville" }]);
    const [first, second] = readAll(memoised, [{ a: "x" }, { a: "x" }]);
    const organisations = first?.value as { name: string }[];
    expect(second?.value).toBe(organisations);
    expect(() => organisations.push({ name: "Région" })).toThrow(TypeError);
    expect(() => Object.assign(organisations[0] ?? {}, { name: "Région" })).toThrow(TypeError);
  });

  it("is abandoned if values rarely repeat", () => {
    const { calls, memoised } = counted(["a"]);
    readAll(
      memoised,
      Array.from({ length: 200 }, (_, index) => ({ a: `Aide n° ${index}` })),
    );
    const before = calls.length;
    readAll(memoised, [{ a: "Aide n° 1" }, { a: "Aide n° 199" }, { a: "Aide n° 199" }]);
    expect(calls.length - before).toBe(3);
  });

  it("stays useful when more values arrive than it can hold, if they repeat", () => {
    const { calls, memoised } = counted(["a"]);
    const records = Array.from({ length: 3_000 }, (_, index) => ({ a: `Thème ${index}` })).flatMap((record) => [record, record, record]);
    readAll(memoised, records);
    expect(calls).toHaveLength(3_000);
  });
});
