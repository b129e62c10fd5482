import { parentPort } from "node:worker_threads";
import { analyseSample } from "./analyse-sample.ts";
import type { SampleRequest } from "./sample-request.ts";

/** Entry point of the thread that reads samples. If a sample takes too much time or memory, only this thread ends. */
parentPort?.on("message", (request: SampleRequest) => {
  analyseSample(request).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
