import { expect, it } from "vitest";
import { captured } from "../../src/kit/values/text/capture-pattern.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { projectRoot } from "../support/loaded-connectors.ts";

/** Returns all patterns in a definition, at any depth. */
function patternsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "kind" in value && value.kind === "capture" && "pattern" in value ? [String(value.pattern)] : [];
  return [...own, ...Object.values(value).flatMap(patternsIn)];
}

const hostile = ["a", "/", " ", "0", "_", "é", "a/", "ABC_1_2", "a ", " /"].map((piece) => piece.repeat(50_000));

it("every connector's pattern is fast for texts that attack regular expressions", async () => {
  const { connectors } = await readConnectors([projectRoot]);
  const patterns = new Set(connectors.flatMap(({ definition }) => patternsIn(definition)));
  expect(patterns.size).toBeGreaterThan(1);
  const slow = [...patterns].filter((pattern) => {
    const started = performance.now();
    for (const text of hostile) captured(text, pattern);
    return performance.now() - started > 3000;
  });
  expect(slow).toEqual([]);
});
