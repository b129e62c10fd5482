import { parentPort } from "node:worker_threads";
import { lookAtSample } from "./look-at-sample.ts";
import type { SampleAsk } from "./sample-ask.ts";

/** The thread that reads samples, one at a time. Only this thread fails if one takes too long or too much memory. */
parentPort?.on("message", (ask: SampleAsk) => {
  lookAtSample(ask).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
