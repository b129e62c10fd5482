import { Worker } from "node:worker_threads";

const watch = `
const { workerData } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, "SIGKILL");
}, 1000);`;

/** Starts a thread that kills this process if its parent, `pid`, has ended. A process in an endless loop receives no `disconnect`. */
export function watchParent(pid: number): void {
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  new Worker(watch, { eval: true, workerData: pid, execArgv: [], resourceLimits }).unref();
}
