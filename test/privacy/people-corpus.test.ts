import { describe, expect, it } from "vitest";
import { checkCase, peopleCorpus } from "../support/people-corpus.ts";

const corpus = peopleCorpus().map((one) => ({ ...one, ...checkCase(one) }));

/** The held-out third counts alone: rules are not written after its texts. */
const limits = { peopleGone: 0.99, servicesKept: 0.97, fragments: 0 };

describe("the gate for people, on the corpus", () => {
  it("has 800 texts, and an output is never changed by a second pass", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(800);
    const changed = corpus.filter(
      ({ published, ...one }) => published !== null && checkCase({ ...one, written: published }).published !== published,
    );
    expect(changed.map(({ place, published }) => `${place}: ${published}`)).toEqual([]);
  });

  it.each([
    { title: "of the open texts", isHeldOut: false },
    { title: "of the held-out texts", isHeldOut: true },
  ])("removes people, keeps services and leaves whole sentences $title", ({ isHeldOut }) => {
    const cases = corpus.filter((one) => one.isHeldOut === isHeldOut);
    const count = (of: (one: (typeof cases)[number]) => readonly string[]) => cases.flatMap(of).length;
    expect(1 - count((one) => one.peopleLeft) / count((one) => one.people)).toBeGreaterThanOrEqual(limits.peopleGone);
    expect(1 - count((one) => one.servicesLost) / count((one) => one.services)).toBeGreaterThanOrEqual(limits.servicesKept);
    expect(count((one) => one.fragments)).toBe(limits.fragments);
  });
});
