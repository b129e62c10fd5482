import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { fillHome } from "../support/embedded-template.ts";
import { moissonProcess } from "../support/moisson.ts";

/** Runs a command as a process and returns the packages and the modules of `src` that it imports. `isOpened`: it opens a catalogue. */
async function importsOf(
  args: readonly string[],
  isOpened = false,
): Promise<{ readonly packages: Set<string>; readonly modules: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-imports-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  if (isOpened) await fillHome(folder);
  const list = join(folder, "list.txt");
  const hooks = join(folder, "hooks.mjs");
  await writeFile(
    hooks,
    `import { appendFileSync } from "node:fs";
export async function load(url, context, next) {
  appendFileSync(${JSON.stringify(list)}, url + "\\n");
  return next(url, context);
}`,
  );
  const register = join(folder, "register.mjs");
  await writeFile(register, `import { register } from "node:module";\nregister(${JSON.stringify(pathToFileURL(hooks).href)});`);
  const { code, stderr } = await moissonProcess(args, { NODE_OPTIONS: `--import ${pathToFileURL(register).href}`, MOISSON_HOME: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const loaded = (await readFile(list, "utf8")).split("\n");
  const packages = loaded.flatMap((url) => /node_modules\/((?:@[^/.]+\/)?[^/.][^/]*)/.exec(url)?.[1] ?? []);
  return { packages: new Set(packages), modules: loaded.filter((url) => url.includes("/src/")) };
}

it.each(["--version", "--help"])("%s imports only the definitions of commands", async (option) => {
  const { packages, modules } = await importsOf([option]);
  const compiler = ["tsx", "esbuild", "get-tsconfig", "resolve-pkg-maps"]; // where the tests run TypeScript
  expect([...packages].filter((name) => !compiler.includes(name)).sort()).toEqual(["commander", "picocolors"]);
  expect(modules.length).toBeLessThan(30);
});

it("the help of a command does not import its implementation", async () => {
  const { modules } = await importsOf(["run", "--help"]);
  expect(modules.filter((url) => /\/everyday\/run\.[jt]s$|\/ingest\//.test(url))).toEqual([]);
});

it("runs lists runs without the readers of feeds, workbooks and pages", async () => {
  const { packages } = await importsOf(["runs"], true);
  const heavy = ["exceljs", "hono", "bullmq", "ioredis", "htmlparser2", "css-select", "marked", "saxes", "yauzl", "cli-progress"];
  expect(heavy.filter((name) => packages.has(name))).toEqual([]);
});
