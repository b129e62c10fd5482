import { expect, test } from "vitest";
import { meantWord, unlistedWords } from "../../../src/catalogue/search/read-misspelt.ts";

test("only long words that no list contains can be misspelt", () => {
  expect(unlistedWords("Des pistes ciclables à l’école, la halle et la cantine")).toEqual(["ciclable"]);
});

test.each([
  ["ciclable", "cyclable"],
  ["leglise", "eglise"],
  ["asainissement", "assainissement"],
  ["lassainissement", "assainissement"],
  // Another first letter makes another word.
  ["vantine", undefined],
  ["telepherique", undefined],
])("%s means %s", (misspelt, meant) => {
  expect(meantWord(misspelt)).toBe(meant);
});
