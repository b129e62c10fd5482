import { parentPort } from "node:worker_threads";
import { analyseSample } from "./analyse-sample.ts";
import type { SampleRequest } from "./sample-request.ts";

/** The thread that reads samples, one at a time. Only this thread fails if one takes too long or too much memory. */
parentPort?.on("message", (ask: SampleRequest) => {
  analyseSample(ask).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
