import { parentPort } from "node:worker_threads";
import { checkFile } from "./check-file.ts";
import type { CheckRequest } from "./check-thread.ts";

/** The thread that checks files, one at a time. Errors are reported by name only, because a message may quote the file. */
parentPort?.on("message", (ask: CheckRequest) => {
  checkFile(ask).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.name : typeof error }),
  );
});
