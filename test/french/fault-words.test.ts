import { describe, expect, it } from "vitest";
import { faultWords } from "../../src/french/letters/fault-words.ts";
import { faultAdvice, faultDetail, faultExample, faultKindTitles, faultSentence } from "../../src/french/letters/faults.ts";
import { faultKindOf, faultKinds } from "../../src/model/letter/fault-kinds.ts";
import type { LetterCode } from "../../src/model/letter/letter.ts";

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
    for (const kind of faultKinds) expect(faultKindTitles[kind]).not.toBe("");
  });
});
