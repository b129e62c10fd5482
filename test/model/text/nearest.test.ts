import { expect, it } from "vitest";
import { nearest } from "../../../src/model/text/nearest.ts";

it.each([
  ["abd", ["abc"], "abc"],
  ["add", ["abc"], undefined],
  ["schedle", ["state", "schedule", "schema"], "schedule"],
  ["shedul", ["schedule"], "schedule"],
  ["sheul", ["schedule"], undefined],
  ["abxx", ["abcd"], "abcd"],
  ["axxx", ["abcd"], undefined],
  ["abcdefxxx", ["abcdefghi"], "abcdefghi"],
  ["abcdexxxx", ["abcdefghi"], undefined],
  ["Region_A", ["region-b", "region-a"], "region-a"],
  ["abcd", ["abcx", "abxd"], "abcx"],
  ["abcd", [], undefined],
])("the candidate closest to %s among %j is %s", (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});
