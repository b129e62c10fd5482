import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** True if Moisson runs as TypeScript. False for a build. */
const isCheckout = import.meta.url.endsWith(".ts");

/** Options for Node of this process that its child processes must not share: they would want the same port, or run other code. */
const ownOptions = /^--(inspect|debug|test|watch)/;

/**
 * Starts a process with one of our modules, and an IPC channel to it. `module` is its `.ts` file; a build runs the `.js` file. The process
 * has our environment and Node options. A terminal's Ctrl-C does not reach it.
 */
export function startProcess(module: URL): ChildProcess {
  const options = process.execArgv.filter((option) => !ownOptions.test(option));
  const hook = isCheckout && !options.some((option) => /\btsx\b/.test(option)) ? ["--import", import.meta.resolve("tsx")] : [];
  return fork(fileURLToPath(isCheckout ? module : module.href.replace(/\.ts$/, ".js")), [], {
    execArgv: [...options, ...hook],
    serialization: "advanced",
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}
