import { createHash, randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type ts from "typescript";
import { cacheFolder } from "./cache-folder.ts";
import { projectRoot } from "./loaded-connectors.ts";

const require = createRequire(import.meta.url);
const { version } = require("typescript/package.json") as { version: string };
// Compiler options as JSON. The compiler is imported only when needed, because that takes half a second.
const options = {
  target: "ES2023",
  module: "ESNext",
  jsx: "react-jsx",
  jsxImportSource: "hono/jsx",
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};
const assets = ["mappings", "fixtures", "src/catalogue/schema/migrations", "src/console/assets"];
/** Milliseconds; longer than any test run. */
const keptFor = 24 * 3_600_000;

/**
 * Compiles the command line before the tests, because JavaScript starts in half the time of TypeScript with tsx. The layout is the
 * package's, with `package.json` above `dist/`. Each version of the code has its own folder, and only new files are compiled.
 * `MOISSON_TEST_COMMAND_LINE` contains the path of the main file.
 */
export function setup(): void {
  process.env.MOISSON_TEST_COMMAND_LINE = join(buildCommandLine(), "dist/src/cli/main.js");
}

function buildCommandLine(): string {
  const builds = join(cacheFolder, "builds");
  const sources = ["src", "connectors"].flatMap(filesIn).filter((file) => /\.tsx?$/.test(file));
  const compiled = new Map(sources.map((file) => [file.replace(/\.tsx?$/, ".js"), compiledFile(file)]));
  const state = createHash("sha256");
  for (const [file, from] of compiled) state.update(file).update(from);
  const dataFiles = filesIn("src").filter((file) => file.endsWith(".json"));
  for (const file of ["package.json", ...dataFiles, ...assets.flatMap(filesIn)])
    state.update(file).update(readFileSync(join(projectRoot, file)));
  const folder = join(builds, state.digest("hex").slice(0, 16));
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  const ours = `${folder}.${randomUUID()}`;
  for (const [file, from] of compiled) put(from, join(ours, "dist", file));
  for (const file of dataFiles) put(join(projectRoot, file), join(ours, "dist", file));
  for (const asset of assets) cpSync(join(projectRoot, asset), join(ours, "dist", asset), { recursive: true });
  put(join(projectRoot, "package.json"), join(ours, "package.json"));
  try {
    renameSync(ours, folder);
  } catch (error) {
    rmSync(ours, { recursive: true });
    if (!existsSync(folder)) throw error; // Otherwise another run has already created the same folder.
  }
  removeOld(builds);
  return folder;
}

/** Returns the path of a source's JavaScript, by content. */
function compiledFile(file: string): string {
  const text = readFileSync(join(projectRoot, file), "utf8");
  const key = createHash("sha256").update(version).update(JSON.stringify(options)).update(file).update(text).digest("hex");
  const target = join(cacheFolder, "compiled", `${key}.js`);
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const ours = `${target}.${randomUUID()}`;
  writeFileSync(ours, javascriptOf(text, file));
  renameSync(ours, target);
  return target;
}

function javascriptOf(text: string, fileName: string): string {
  const compiler = require("typescript") as typeof ts;
  const { options: compilerOptions } = compiler.convertCompilerOptionsFromJson(options, projectRoot);
  return compiler.transpileModule(text, { fileName, compilerOptions }).outputText;
}

function filesIn(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length))
    .sort();
}

function put(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

/** Keeps recent builds, which another run may be using. */
function removeOld(builds: string): void {
  for (const name of readdirSync(builds)) {
    const folder = join(builds, name);
    if (statSync(folder).mtimeMs < Date.now() - keptFor) rmSync(folder, { recursive: true, force: true });
  }
}
