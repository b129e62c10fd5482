import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** True if Moisson runs as TypeScript. False for a build. */
const isCheckout = import.meta.url.endsWith(".ts");

/** Options for Node of this process that its child processes must not share: they would want the same port, or run other code. */
const ownOptions = /^--(inspect|debug|test|watch)/;
/** Options with code: a child process with them would run the code again, and start a child of its own, without end. */
const codeOptions = /^(--eval|--print|--input-type|-[pe]+)(=|$)/;

/**
 * Starts a process with one of our modules, and an IPC channel to it. `module` is its `.ts` file; a build runs the `.js` file. The process
 * has our environment and Node options. A terminal's Ctrl-C does not reach it.
 */
export function startProcess(module: URL): ChildProcess {
  const options = inheritedOptions(process.execArgv);
  const hook = isCheckout && !options.some((option) => /\btsx\b/.test(option)) ? ["--import", import.meta.resolve("tsx")] : [];
  return fork(fileURLToPath(isCheckout ? module : compiled(module)), [], {
    execArgv: [...options, ...hook],
    serialization: "advanced",
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

/** Returns the options for Node that a child process shares with this one. */
function inheritedOptions(options: readonly string[]): string[] {
  const isCode = (option: string) => codeOptions.test(option);
  // The code is the next argument, or follows an equals sign.
  const isValue = (index: number) => isCode(options[index - 1] ?? "") && !options[index - 1]?.includes("=");
  return options.filter((option, index) => !ownOptions.test(option) && !isCode(option) && !isValue(index));
}

/** Starts a thread with one of our modules. `module` is its `.ts` file; a build runs the `.js` file. */
export function startThread(module: URL, options: Pick<WorkerOptions, "resourceLimits" | "workerData"> = {}): Worker {
  return isCheckout ? new Worker(fromSource(module), { ...options, eval: true }) : new Worker(new URL(compiled(module)), options);
}

/** Returns code that loads the TypeScript hook and then the module. In a checkout, every thread needs the hook. */
const fromSource = (module: URL) => `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(module.href)});
});`;

function compiled(module: URL): string {
  return module.href.replace(/\.ts$/, ".js");
}
