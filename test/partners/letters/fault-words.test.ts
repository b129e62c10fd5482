import { describe, expect, it } from "vitest";
import { faultKindOf, faultKinds } from "../../../src/partners/letters/fault-kinds.ts";
import { faultWords } from "../../../src/partners/letters/french/fault-words.ts";
import { faultAdvice, faultDetail, faultExample, faultKindTitle, faultSentence } from "../../../src/partners/letters/french/faults.ts";
import type { LetterCode } from "../../../src/partners/letters/letter.ts";

const said = (Object.keys(faultWords) as LetterCode[]).filter((code) => faultKindOf(code) !== null);

describe("the texts of a letter", () => {
  it.each(said)("%s: a sentence for one and for many, and what to do", (code) => {
    for (const count of [1, 2, 1234]) {
      const sentence = faultSentence(code, count);
      expect(sentence).toMatch(/^[\p{Lu}\d].*[.?]$/u);
      expect(sentence).not.toMatch(/'|n’sont|\?\?|undefined/);
      // Punctuation must not be separated by a line break.
      expect(sentence).not.toMatch(/ [:;?!%»]|« /);
    }
    expect(faultAdvice(code)).toMatch(/^\p{Lu}.*[.?]$/u);
    expect(`${faultAdvice(code)}${faultExample(code) ?? ""}`).not.toMatch(/'| [:;?!%»]|« /);
    expect(faultDetail(code, {}) ?? "").not.toContain("undefined");
  });

  it("every chapter has a title", () => {
    for (const kind of faultKinds) expect(faultKindTitle(kind)).not.toBe("");
  });
});
