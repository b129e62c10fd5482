import { parentPort } from "node:worker_threads";
import { checkFile } from "./check-file.ts";
import type { CheckRequest } from "./check-thread.ts";

/** Entry point of the thread that checks files. Reports only the name of an error, because its message may quote the file. */
parentPort?.on("message", (request: CheckRequest) => {
  checkFile(request).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.name : typeof error }),
  );
});
