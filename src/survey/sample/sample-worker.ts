import { parentPort } from "node:worker_threads";
import { analyseSample } from "./analyse-sample.ts";
import { type AnomaliesMessage, anomaliesOfFiles } from "./anomalies-request.ts";
import type { EditMessage } from "./edit-request.ts";
import { editSample } from "./edit-sample.ts";
import { type LookMessage, lookAtSample } from "./look-request.ts";
import type { SampleRequest } from "./sample-request.ts";

type Message = SampleRequest | EditMessage | LookMessage | AnomaliesMessage;

/** Entry point of the thread that reads samples and tries unsaved choices. If one takes too much time or memory, only this thread ends. */
parentPort?.on("message", (request: Message) => {
  answerOf(request).then(
    (found) => parentPort?.postMessage({ answer: found }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

async function answerOf(request: Message): Promise<unknown> {
  if ("anomalies" in request) return anomaliesOfFiles(request.anomalies);
  if ("look" in request) return lookAtSample(request.look);
  return "edit" in request ? editSample(request.edit) : analyseSample(request);
}
