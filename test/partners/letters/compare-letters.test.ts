import { describe, expect, it } from "vitest";
import type { Fault, Letter } from "../../../src/model/letter/letter.ts";
import { isSamePoint, pointsOf } from "../../../src/model/letter/points.ts";
import { comparePoints, countStates, hasSameContent } from "../../../src/partners/letters/compare-letters.ts";

const fault = (code: Fault["code"], field: string | null, count: number, more: Partial<Fault> = {}): Fault => ({
  code,
  field,
  column: null,
  count,
  examples: [],
  ...more,
});

const letter: Letter = {
  publisher: "Région Exemple",
  feed: { address: null, file: null, day: "2026-11-25" },
  counts: { received: 10, skipped: 0, rejected: 1, valid: 9 },
  score: 70,
  shares: null,
  trend: [],
  trouble: null,
  good: [],
  faults: [fault("missing-name", "name", 1), fault("unreadable-date", "submissionDeadline", 4), fault("dead-link", "originUrl", 2)],
  questions: [fault("text-too-long", "description", 3), fault("field-never-seen", "budget", 1)],
  words: [{ vocabulary: "targetedAudiences", terms: [{ term: "Martiens", count: 2 }], more: 0 }],
  seldomFilled: [{ field: "contact", filled: 4, of: 9 }],
  notFound: ["categories"],
  identifier: null,
  annex: { lines: 12, isWhole: true },
};

describe("two letters have the same content", () => {
  it("whatever their dates, order and examples", () => {
    const examples = [{ place: "row 3", title: "Une aide", value: "31/02", params: {} }];
    const faults = [...letter.faults].reverse().map((one) => ({ ...one, examples }));
    expect(hasSameContent(letter, { ...letter, feed: { ...letter.feed, day: "2026-12-25" }, score: 71, faults })).toBe(true);
  });

  it.each<[string, Partial<Letter>]>([
    ["a count", { faults: letter.faults.map((one) => ({ ...one, count: one.count + 1 })) }],
    ["a fault less", { faults: letter.faults.slice(1) }],
    ["another field", { faults: letter.faults.map((one) => ({ ...one, field: "startDate" })) }],
    ["another word, as many", { words: [{ vocabulary: "targetedAudiences", terms: [{ term: "Vénusiens", count: 2 }], more: 0 }] }],
    ["another question", { questions: [] }],
    ["another field that is gone", { questions: [fault("text-too-long", "description", 3), fault("field-never-seen", "taux", 1)] }],
    ["a field that was found", { notFound: [] }],
    ["that the feed cannot be read any more", { trouble: { day: "2026-12-01", outcome: "unreachable" } }],
  ])("not where %s differs", (_, changes) => {
    expect(hasSameContent(letter, { ...letter, ...changes })).toBe(false);
  });
});

describe("the points of a letter after a new reading", () => {
  it("are corrected, left, new or unchecked", () => {
    const today = {
      ...letter,
      faults: [fault("unreadable-date", "submissionDeadline", 1), fault("unreadable-url", "originUrl", 5)],
      words: [],
    };
    const points = comparePoints(letter, today);
    expect(points.map(({ code, state, before, now }) => [code, state, before, now])).toEqual([
      ["missing-name", "corrected", 1, null],
      ["unreadable-date", "left", 4, 1],
      ["dead-link", "unchecked", 2, null],
      ["seldom-filled", "left", 5, 5],
      ["not-found", "left", 1, 1],
      ["unmapped-term", "corrected", 1, null],
      ["field-never-seen", "left", 1, 1],
      ["text-too-long", "left", 3, 3],
      ["unreadable-url", "new", null, 5],
    ]);
    expect(countStates(points)).toEqual({ corrected: 2, left: 5, new: 1, unchecked: 1 });
  });

  it("match by feed field if two aid fields are read from it", () => {
    const before = { ...letter, faults: [fault("unreadable-url", "originUrl", 4, { column: "lien" })] };
    const today = { ...letter, faults: [fault("unreadable-url", "applicationUrl", 3, { column: "lien" })] };
    expect(comparePoints(before, today)[0]).toMatchObject({ code: "unreadable-url", state: "left", before: 4, now: 3 });
  });

  it("are listed once", () => {
    const points = pointsOf(letter);
    for (const point of points) expect(points.filter((one) => isSamePoint(one, point))).toHaveLength(1);
  });
});
