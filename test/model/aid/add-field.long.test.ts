import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "../../support/loaded-connectors.ts";

const run = promisify(execFile);
let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "moisson-field-"));
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
    maxBuffer: 1e8,
  });
  for (const name of new Set(stdout.split("\0").map((file) => file.split("/")[0] ?? ""))) {
    if (name !== "") await cp(join(projectRoot, name), join(copy, name), { recursive: true });
  }
  await symlink(join(projectRoot, "node_modules"), join(copy, "node_modules"), "dir");
});
afterAll(() => rm(copy, { recursive: true, force: true }));

/** Places that a new text needs: where it goes, after which line, and what. CONTRIBUTING.md allows six. */
const table = [
  "src/model/aid/field-table.ts",
  "  projectExamples: {",
  '  remark: { kind: "html", part: "texts", people: "mention", isOurs: true },',
] as const;
const namedByCompiler = [
  ["src/french/fields.ts", "  projectExamples: {", '  remark: { name: "remarque", as: "une remarque" },'],
  ["test/support/example-aid.ts", "    projectExamples: null,", "    remark: null,"],
  ["test/publish/open-data/exchange.test.ts", "    projectExamples:", '    remark: "<p>Rien.</p>",'],
] as const;
const namedByTest = [["src/publish/exports/record-schema.ts", "  project_examples:", "  remark: line(null),"]] as const;

/** Inserts a line before the first line that begins so. */
async function insert([file, before, line]: readonly [string, string, string]): Promise<void> {
  const text = await readFile(join(copy, file), "utf8");
  expect(text).toContain(`\n${before}`);
  await writeFile(join(copy, file), text.replace(`\n${before}`, `\n${line}\n${before}`));
}

/** Returns the files in which the compiler finds an error. */
async function filesWithErrors(): Promise<string[]> {
  const answer = await run("npx", ["tsc", "-p", ".", "--incremental", "false"], { cwd: copy }).catch((error: { stdout: string }) => error);
  return [...new Set([...answer.stdout.matchAll(/^([^\s(]+)\(\d+,\d+\): error/gm)].map(([, file]) => file ?? ""))].sort();
}

/** Runs the tests that guard the table, the gate and the record of the API, and returns what they print. */
async function testsInCopy(): Promise<string> {
  const guards = ["test/model/aid/field-table.test.ts", "test/privacy/public-outputs.test.ts", "test/publish/open-data/exchange.test.ts"];
  const options = { cwd: copy, maxBuffer: 1e8, env: { ...process.env, NO_COLOR: "1" } };
  const answer = await run("npx", ["vitest", "run", ...guards, "test/golden.test.ts"], options).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return answer.stdout + answer.stderr;
}

it("needs at most six files for a new text, each named by the compiler or a test, and lets nobody out", { timeout: 900_000 }, async () => {
  await insert(table);
  expect(await filesWithErrors()).toEqual(namedByCompiler.map(([file]) => file).sort());
  for (const place of namedByCompiler) await insert(place);
  expect(await filesWithErrors()).toEqual([]);
  expect(await testsInCopy()).toMatch(/FAIL.*every field in the documented record/);
  for (const place of namedByTest) await insert(place);
  const output = await testsInCopy();
  expect(output).not.toMatch(/FAIL/);
  expect(output).toMatch(/Test Files.*4 passed/);
  expect(1 + namedByCompiler.length + namedByTest.length).toBeLessThanOrEqual(6);
});
