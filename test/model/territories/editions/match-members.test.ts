import { describe, expect, it } from "vitest";
import { matchMembers } from "../../../../src/model/territories/editions/compare-editions.ts";

const present = (groups: Readonly<Record<string, string>>) =>
  new Map(Object.entries(groups).map(([code, members]) => [code, { members: members.split(" ") }]));

describe("matching the communes of a former EPCI", () => {
  it("finds the EPCI that has all of them, also if it has others", () => {
    expect(matchMembers(["a", "b"], present({ north: "a b c", south: "d" }))).toEqual({
      by: [{ scale: "epci", code: "north" }],
      isWhole: true,
    });
  });

  it("finds every half, the largest first", () => {
    const found = matchMembers(["a", "b", "c"], present({ south: "c", north: "a b" }));
    expect(found.by.map(({ code }) => code)).toEqual(["north", "south"]);
    expect(found.isWhole).toBe(false);
  });

  it("names a commune that went to a large EPCI, which is not a part of the former one", () => {
    const found = matchMembers(["a", "b", "c"], present({ north: "a b", metropolis: "c u v w x y z" }));
    expect(found.by).toEqual([
      { scale: "epci", code: "north" },
      { scale: "commune", code: "c" },
    ]);
  });

  it("finds nothing for an EPCI without communes", () => {
    expect(matchMembers([], present({ north: "a" })).by).toEqual([]);
  });
});
