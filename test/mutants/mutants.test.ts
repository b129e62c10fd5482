import { describe, expect, it } from "vitest";
import { projectRoot } from "../support/loaded-connectors.ts";
import { chooseMutants, type Mutant, placeOf } from "./choose-mutants.ts";
import { mutated, mutationsOf } from "./mutations.ts";
import { relatedTests } from "./related-tests.ts";

/** Returns every mutant of a source. */
function mutantsOf(text: string): string[] {
  return [...mutationsOf("file.tsx", text).values()].flat().map((mutation) => mutated(text, mutation));
}

describe("the mutants of a source", () => {
  it.each([
    ["a < b;", ["a <= b;", ";"]],
    ["if (a) b();", ["if (!(a)) b();", "if (a) ;"]],
    ["const a = !b ? 1 : 2;", ["const a = !(!b) ? 1 : 2;", "const a = b ? 1 : 2;", "const a = !b ? 2 : 2;", "const a = !b ? 1 : 3;"]],
    ["function a() { return b; }", ["function a() { return null; }"]],
    ["const a = b.filter(c).map(d);", ["const a = b.map(d);"]],
    ['const a = "b";', ['const a = "";']],
    ["const a = true && b;", ["const a = true || b;", "const a = false && b;"]],
  ])("of %s", (text, expected) => {
    expect(mutantsOf(text).toSorted()).toEqual(expected.toSorted());
  });

  it("leave types, imports, names and attributes of markup alone", () => {
    const text = `import { a } from "./a.ts";
type B = "b" | 1;
interface C { d: true }
const e: "f" = g as "f";
const h = { "i-j": k["l"] };
const m = <p class="n">o</p>;
const p = () => import("./q.ts");`;
    expect(mutantsOf(text)).toEqual([]);
  });
});

describe("the mutants of the project", () => {
  function someOf(seed: number, path = "src/registry") {
    const mutants = chooseMutants(projectRoot, placeOf(path), seed);
    return Array.from({ length: 5 }, () => mutants.next().value as Mutant);
  }

  it("are the same for the same seed", () => {
    expect(someOf(1)).toEqual(someOf(1));
    expect(someOf(1)).not.toEqual(someOf(2));
  });

  it("are those of a line, if a line is asked for", () => {
    const mutants = someOf(1, "src/model/text/nearest.ts:5");
    expect(mutants).toHaveLength(5);
    for (const { file, line } of mutants) expect([file, line]).toEqual(["src/model/text/nearest.ts", 5]);
  });
});

describe("the tests related to a source", () => {
  it("are those that reach it, the nearest first, through later imports and processes too", () => {
    const tests = relatedTests(projectRoot, "src/model/text/nearest.ts");
    expect(tests[0]).toBe("test/model/text/nearest.test.ts");
    expect(tests).toContain("test/cli/wrong-use.test.ts");
    expect(relatedTests(projectRoot, "src/jobs/run-processes/process-main.ts")).toContain("test/jobs/run-processes.test.ts");
    expect(tests.some((file) => file.endsWith(".long.test.ts"))).toBe(false);
  });
});
