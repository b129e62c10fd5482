import { parentPort } from "node:worker_threads";
import { analyseSample } from "./analyse-sample.ts";
import type { EditMessage } from "./edit-request.ts";
import { editSample } from "./edit-sample.ts";
import { type LookMessage, lookAtSample } from "./look-request.ts";
import type { SampleRequest } from "./sample-request.ts";

/** Entry point of the thread that reads samples and tries unsaved choices. If one takes too much time or memory, only this thread ends. */
parentPort?.on("message", (request: SampleRequest | EditMessage | LookMessage) => {
  answerOf(request).then(
    (found) => parentPort?.postMessage({ answer: found }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

async function answerOf(request: SampleRequest | EditMessage | LookMessage): Promise<unknown> {
  if ("look" in request) return lookAtSample(request.look);
  return "edit" in request ? editSample(request.edit) : analyseSample(request);
}
