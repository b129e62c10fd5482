import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as starts from "../../src/platform/start-module.ts";
import { projectRoot } from "./loaded-connectors.ts";

// Replaces `src/platform/start-module.ts` in tests (vitest.config.ts). Modules that were compiled before the tests start in a third of the time
// that TypeScript takes.
const build = join(process.env.MOISSON_TEST_COMMAND_LINE ?? "", "../../../..");
const compiled: typeof starts = await import(pathToFileURL(join(build, "dist/src/platform/start-module.js")).href);

export const startProcess: typeof starts.startProcess = (module) => compiled.startProcess(inBuild(module));

export const startThread: typeof starts.startThread = (module, options) => compiled.startThread(inBuild(module), options);

function inBuild(module: URL): URL {
  return new URL(module.href.replace(pathToFileURL(projectRoot).href, pathToFileURL(join(build, "dist/")).href));
}
