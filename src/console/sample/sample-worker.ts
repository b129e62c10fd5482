import { parentPort } from "node:worker_threads";
import { lookAtSample } from "./look-at-sample.ts";
import type { SampleAsk } from "./sample-ask.ts";

/** The thread that looks at samples, one at a time: it may take long, or all of its memory, and nobody else waits or falls. */
parentPort?.on("message", (ask: SampleAsk) => {
  lookAtSample(ask).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
