import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as processes from "../../src/platform/start-process.ts";
import type * as threads from "../../src/platform/start-thread.ts";
import { projectRoot } from "./loaded-connectors.ts";

// Replaces `src/platform/start-process.ts` and `start-thread.ts` in tests (vitest.config.ts). Modules that were compiled before the tests start
// twice as fast as TypeScript.
const build = join(process.env.MOISSON_TEST_COMMAND_LINE ?? "", "../../..");
const fromBuild = (file: string) => import(pathToFileURL(join(build, file)).href);
const { startProcess: startBuiltProcess }: typeof processes = await fromBuild("src/platform/start-process.js");
const { startThread: startBuiltThread }: typeof threads = await fromBuild("src/platform/start-thread.js");

export const startProcess: typeof processes.startProcess = (module) => startBuiltProcess(inBuild(module));

export const startThread: typeof threads.startThread = (module, options) => startBuiltThread(inBuild(module), options);

function inBuild(module: URL): URL {
  return new URL(module.href.replace(pathToFileURL(projectRoot).href, pathToFileURL(`${build}/`).href));
}
