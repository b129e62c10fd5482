import { describe, expect, it } from "vitest";
import { sureTargets } from "../../../src/registry/terms/sure-targets.ts";
import { waitingWords } from "../../../src/registry/terms/waiting-words.ts";

describe("the queue of words", () => {
  it("merges spellings of a word, within a publisher and across publishers, most aids first", () => {
    const vocabulary = "categories" as const;
    const queue = waitingWords([
      { connector: "b", vocabulary, term: "Forêt", count: 3 },
      { connector: "a", vocabulary, term: "FORETS", count: 9 },
      { connector: "a", vocabulary, term: "foret", count: 4 },
      { connector: "a", vocabulary, term: "forêt ", count: 2 },
      { connector: "a", vocabulary: "keywords" as never, term: "forêt", count: 1 },
    ]);
    expect(queue.map(({ word, count, uses }) => [word, count, uses.map((use) => use.connector)])).toEqual([
      ["FORETS", 9, ["a"]],
      ["foret", 9, ["a", "b"]],
      ["forêt", 1, ["a"]],
    ]);
  });

  it.each([
    ["nothing suggested", [], null],
    ["nothing sure", [["commune", 0.84]], null],
    [
      "sure ones only",
      [
        ["commune", 0.95],
        ["epci", 0.9],
        ["region", 0.4],
      ],
      ["commune", "epci"],
    ],
    [
      "surely to be ignored",
      [
        [null, 0.95],
        ["region", 0.4],
      ],
      [],
    ],
    [
      "ignored by some, mapped by others",
      [
        [null, 0.9],
        ["region", 0.9],
      ],
      null,
    ],
  ] as const)("accepts sure suggestions at once: %s", (_, suggested, targets) => {
    expect(sureTargets(suggested.map(([slug, certainty]) => ({ slug, certainty, evidence: [] })))).toEqual(targets);
  });
});
