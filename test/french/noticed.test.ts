import { describe, expect, it } from "vitest";
import { isAboutFeed, noticedSentence } from "../../src/french/letters/noticed.ts";
import { type GuardCode, holdingGuards, shiftKinds, warningGuards } from "../../src/model/plan/guard.ts";

const params = { path: "titre", to: "intitule", fields: "description,name", of: 190, share: 0.2 };

describe("what a letter says about a feed as a whole", () => {
  it.each([...holdingGuards, ...warningGuards].filter(isAboutFeed))("%s: a sentence for one aid and for many", (code) => {
    for (const found of [1, 190]) {
      const sentence = noticedSentence({ code, found, limit: 1, examples: ["a1"], field: "description", params });
      expect(sentence).toMatch(/^[\p{Lu}\d].*[.?]$/u);
      expect(sentence).not.toMatch(/'|undefined|\? aides|garde-fou|seuil/);
      // Punctuation must not be separated by a line break.
      expect(sentence).not.toMatch(/ [:;?!%»]|« /);
    }
  });

  it("reports every change of values and implausible values, and nothing about our catalogue", () => {
    for (const code of [...shiftKinds, "path-missing", "dates-month-first", "dates-conventional", "content-repeated", "deadlines-expired"])
      expect(isAboutFeed(code as GuardCode), code).toBe(true);
    for (const code of ["aids-gone", "new-ids", "first-run-of-draft", "known-elsewhere"] as const) {
      expect(noticedSentence({ code, found: 1, limit: 1, examples: [] })).toBeNull();
    }
  });
});
