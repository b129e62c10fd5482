import type { Judged } from "./score.ts";

/** Counts over judged fields. Precision is `right / proposed`, recall `found / expected`. */
export interface Figures {
  readonly proposed: number;
  readonly right: number;
  readonly expected: number;
  readonly found: number;
}

/** Counts the proposals and the expected fields that are right. */
export function figuresOf(judged: readonly Judged[]): Figures {
  const proposed = judged.filter(({ verdict }) => verdict !== "missed");
  const expected = judged.filter(({ isExpected }) => isExpected);
  const isRight = ({ verdict }: Judged) => verdict === "right";
  return {
    proposed: proposed.length,
    right: proposed.filter(isRight).length,
    expected: expected.length,
    found: expected.filter(isRight).length,
  };
}
