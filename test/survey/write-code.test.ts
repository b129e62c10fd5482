import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { Call, type Code, quoted, writeCode } from "../../src/survey/write/write-code.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { biomeOutput } from "./biome.ts";

const head = "export const written = ";

describe("texts", () => {
  const texts: readonly (readonly [string, string])[] = [
    ["plain", '"plain"'],
    ['say "hello"', "'say \"hello\"'"],
    ["l'aide \"verte\" d'hier", `"l'aide \\"verte\\" d'hier"`],
    ["à\u00a0venir", '"à\\u00a0venir"'],
    ["ligne\nligne", '"ligne\\nligne"'],
    ["\u202egauche", '"\\u202egauche"'],
    ["back\\slash", '"back\\\\slash"'],
  ];
  it.each(texts)("%j", (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  it("any text evaluates to itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(new Function(`return ${quoted(text)}`)()).toBe(text);
      }),
    );
  });
});

it("data in the shape of a call stays data", () => {
  expect(writeCode({ call: "process.exit", args: [] }, 0, 0, 0)).toBe('{ call: "process.exit", args: [] }');
});

const scalar: fc.Arbitrary<Code> = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."abc é'\"<>%"), maxLength: 90 }),
  fc.integer(),
  fc.boolean(),
);
const { code } = fc.letrec<{ code: Code }>((tie) => ({
  code: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    scalar,
    fc.array(tie("code"), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom("field", "isOneOf", "when", "use", "a-b"), tie("code"), { maxKeys: 4 }),
    fc
      .tuple(fc.constantFrom("date", "join", "html"), fc.array(tie("code"), { minLength: 1, maxLength: 4 }))
      .map(([name, args]) => new Call(name, args)),
  ),
}));

it("code has the format of Biome", async () => {
  const folder = await mkdtemp(join(tmpdir(), "moisson-code-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "made"));
  const numRuns = propertyRuns(300);
  for (const [index, written] of fc.sample(code, { numRuns, seed: 7 }).entries()) {
    await writeFile(join(folder, `made/code-${index}.ts`), `${head}${writeCode(written, 0, head.length, 1)};\n`);
  }
  expect(await biomeOutput(folder, "made")).toMatch(new RegExp(`^Checked ${numRuns} files in .*No fixes applied\\.$`));
});
