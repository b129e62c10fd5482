import { Worker, type WorkerOptions } from "node:worker_threads";

/** Starts a thread on a module of ours: `.ts` in a checkout, `.js` in a build. */
export function startThread(module: URL, options: Pick<WorkerOptions, "resourceLimits"> = {}): Worker {
  return import.meta.url.endsWith(".ts")
    ? new Worker(fromSource(module), { ...options, eval: true })
    : new Worker(new URL(module.href.replace(/\.ts$/, ".js")), options);
}

/** In a checkout a thread must first load the TypeScript hook, as the process did. */
const fromSource = (module: URL) => `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(module.href)});
});`;
