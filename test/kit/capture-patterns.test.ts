import { describe, expect, it } from "vitest";
import { CapturePattern, captured, maxCaptureLength, type PatternFault, patternFaults } from "../../src/kit/values/text/capture-pattern.ts";
import { hostilePatterns, innocentPatterns, refusedPatterns } from "../support/written-patterns.ts";

const problemOf = (pattern: string) => CapturePattern.safeParse(pattern).error?.issues[0]?.message;
/** JavaScript's engine does not end on most attacks of either length. The longest one takes a second for the largest patterns. */
const attackLength = (pattern: string) => (process.env.MOISSON_TEST_LONG === "yes" ? Math.min(maxCaptureLength(pattern), 1_000_000) : 3000);

describe("regular expressions that people write", () => {
  it.each(hostilePatterns)("%s takes no long time for any text", (pattern, attack) => {
    expect(problemOf(pattern)).toBeUndefined();
    const text = attack(attackLength(pattern));
    const started = process.cpuUsage();
    captured(text, pattern);
    expect(process.cpuUsage(started).user / 1_000_000).toBeLessThan(3);
  });

  it.each(innocentPatterns)("%s captures in %j what JavaScript captures: %j", (pattern, text, expected) => {
    expect(problemOf(pattern)).toBeUndefined();
    expect(new RegExp(pattern, "su").exec(text)?.[1]?.trim() ?? null).toBe(expected);
    expect(captured(text, pattern)).toBe(expected);
  });

  it.each(refusedPatterns)("%s is refused, with its part %s", (pattern, part, fault) => {
    expect(problemOf(pattern)).toBe(`pattern "${pattern}": "${part}" ${patternFaults[fault as PatternFault]}`);
  });

  it("are refused above 1000 characters, and named by their beginning", () => {
    const begin = `([${"a".repeat(198)}…`;
    expect(problemOf(`([${"a".repeat(996)}])`)).toBeUndefined();
    expect(problemOf(`([${"a".repeat(997)}])`)).toBe(`pattern "${begin}": "${begin}" ${patternFaults.size}`);
  });
});
