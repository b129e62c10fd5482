import { expect, it } from "vitest";
import { definitionProblem } from "../../src/french/pattern-faults.ts";
import { CapturePattern, type PatternFault, patternFaults } from "../../src/kit/values/text/capture-pattern.ts";
import { refusedPatterns } from "../support/written-patterns.ts";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const inFrench = (pattern: string) => plain(definitionProblem(CapturePattern.safeParse(pattern).error?.issues[0]?.message ?? ""));

it.each(refusedPatterns)("%s: the French sentence names the pattern and the part", (pattern, part) => {
  const begin = part === pattern ? `le motif « ${pattern} » ` : `dans le motif « ${pattern} », la partie « ${part} » `;
  expect(inFrench(pattern).slice(0, begin.length)).toBe(begin);
});

it("every fault of a pattern is tried, and no other problem is changed", () => {
  const tried = refusedPatterns.map(([, , fault]) => fault as PatternFault);
  expect(new Set(tried)).toEqual(new Set(Object.keys(patternFaults)));
  expect(plain(definitionProblem("unknown key"))).toBe("« unknown key »");
  expect(inFrench("(.)\\1")).toBe(
    "dans le motif « (.)\\1 », la partie « \\1 » renvoie à un texte déjà trouvé : écrivez de nouveau les textes possibles",
  );
});
