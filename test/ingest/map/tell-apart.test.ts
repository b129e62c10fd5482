import fc from "fast-check";
import { expect, it } from "vitest";
import { countNames, emptyNameCounts, tellApart } from "../../../src/ingest/map/tell-apart.ts";

interface Call {
  readonly title: string;
  readonly identifier?: string | readonly string[];
  readonly id: number;
}
function distinctNames(calls: readonly Call[]): string[] {
  const counts = emptyNameCounts(["identifier", "id"]);
  for (const call of calls) countNames(counts, call.title, { ...call });
  return calls.map((call) => tellApart(call.title, { ...call }, counts));
}

it("a unique title is unchanged", () => {
  expect(
    distinctNames([
      { title: "A", identifier: "X", id: 1 },
      { title: "B", identifier: "X", id: 2 },
    ]),
  ).toEqual(["A", "B"]);
});

it("two topics with one title get their identifier, cascade calls of one topic their id", () => {
  expect(
    distinctNames([
      { title: "A", identifier: "HORIZON-1", id: 1 },
      { title: "A", identifier: "HORIZON-2", id: 2 },
      { title: "B", identifier: "CASCADE", id: 3 },
      { title: "B", identifier: "CASCADE", id: 4 },
      { title: "B", identifier: "OTHER", id: 5 },
    ]),
  ).toEqual(["A (HORIZON-1)", "A (HORIZON-2)", "B (3)", "B (4)", "B (OTHER)"]);
});

it("an identifier in a list is used too", () => {
  expect(
    distinctNames([
      { title: "A", identifier: ["HORIZON-1"], id: 1 },
      { title: "A", identifier: ["HORIZON-2"], id: 2 },
    ]),
  ).toEqual(["A (HORIZON-1)", "A (HORIZON-2)"]);
});

it("an empty identifier is not used", () => {
  expect(
    distinctNames([
      { title: "A", id: 1 },
      { title: "A", identifier: " ", id: 2 },
    ]),
  ).toEqual(["A (1)", "A (2)"]);
});

it("a suffix never makes a title too long", () => {
  const title = "x".repeat(250);
  expect(
    distinctNames([
      { title, identifier: "HORIZON-1", id: 1 },
      { title, identifier: "HORIZON-2", id: 2 },
    ]),
  ).toEqual([title, title]);
});

it("a record without a title is not counted", () => {
  const counts = emptyNameCounts(["id"]);
  for (const title of [null, "null"]) countNames(counts, title, { id: 1 });
  expect(tellApart("null", { id: 1 }, counts)).toBe("null");
});

it("different ids give different titles, in any order", () => {
  const call = fc.record({ title: fc.constantFrom("A", "B", "C"), identifier: fc.constantFrom("X", "Y", "Z") });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 30 }), (calls) => {
      const numbered = calls.map((one, index) => ({ ...one, id: index }));
      const names = distinctNames(numbered);
      expect(new Set(names).size).toBe(names.length);
      expect(distinctNames(numbered.toReversed()).toReversed()).toEqual(names);
    }),
  );
});
