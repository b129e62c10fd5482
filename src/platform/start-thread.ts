import { Worker, type WorkerOptions } from "node:worker_threads";

/** Starts a thread with one of our modules. `module` is its `.ts` file; a build runs the `.js` file. */
export function startThread(module: URL, options: Pick<WorkerOptions, "resourceLimits" | "workerData"> = {}): Worker {
  return import.meta.url.endsWith(".ts")
    ? new Worker(fromSource(module), { ...options, eval: true })
    : new Worker(new URL(module.href.replace(/\.ts$/, ".js")), options);
}

/** Returns code that loads the TypeScript hook and then the module. In a checkout, every thread needs the hook. */
const fromSource = (module: URL) => `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(module.href)});
});`;
