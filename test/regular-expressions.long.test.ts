import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "recheck";
import ts from "typescript";
import { describe, expect, it, vi } from "vitest";

/** A regular expression, with the file that contains it. */
interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
}

/** Rooms whose code reads texts of feeds, forms and parameters, and whose modules do nothing when they are imported. */
const importedRooms = ["compare", "ingest", "kit", "model", "partners", "privacy", "publish", "registry", "suggest"];
const startsSomething = /(?:thread|worker)s?\.ts$/;

// Nothing of `src` is imported above, so that the patterns of each module are built while they are collected.
const root = join(import.meta.dirname, "../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));

/** A repeated group. Without one, no pattern takes exponential time. */
const repeatedGroup = /\)(?:[*+]|\{\d+,)/;

describe("regular expressions", () => {
  it("take no exponential time for any text", { timeout: 1_200_000 }, async () => {
    const patterns = distinct([...files.flatMap(literalsOf), ...(await builtPatterns())]);
    const repeating = patterns.filter(({ source }) => repeatedGroup.test(source));
    expect(repeating.length).toBeGreaterThan(60);
    const exponential: string[] = [];
    for (const { source, flags, file } of repeating) {
      if (await isExponential(source, flags)) exponential.push(`${file}: /${source}/${flags}`);
    }
    expect(exponential).toEqual([]);
  });

  it("are recognised if they take exponential time", async () => {
    expect(await isExponential("^(?:[:_-][a-z_-]+)*$", "")).toBe(true);
  });
});

/** Returns true if an attack is found within the time of the checker. */
async function isExponential(source: string, flags: string): Promise<boolean> {
  const found = await check(source, flags, { timeout: 5000 });
  return found.status === "vulnerable" && found.complexity.type === "exponential";
}

function literalsOf(file: string): Pattern[] {
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), file });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest));
  return found;
}

/** Returns the patterns that modules build from texts when they are imported. */
async function builtPatterns(): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const Original = globalThis.RegExp;
  let importing = "";
  globalThis.RegExp = new Proxy(Original, {
    construct(target, given: ConstructorParameters<typeof RegExp>, newTarget) {
      const built = Reflect.construct(target, given, newTarget) as RegExp;
      found.push({ source: built.source, flags: built.flags, file: importing });
      return built;
    },
  });
  // Another test of this process may have imported them.
  vi.resetModules();
  try {
    for (const file of files) {
      if (!importedRooms.some((room) => file.startsWith(`${room}/`)) || startsSomething.test(file)) continue;
      importing = file;
      await import(/* @vite-ignore */ join(root, file));
    }
  } finally {
    globalThis.RegExp = Original;
  }
  expect(found.length).toBeGreaterThan(100);
  return found.filter(({ file }) => file !== "");
}

function distinct(patterns: readonly Pattern[]): Pattern[] {
  return [...new Map(patterns.map((pattern) => [`${pattern.flags} ${pattern.source}`, pattern])).values()];
}
