import { parentPort } from "node:worker_threads";
import type { EditRequest } from "./edit-request.ts";
import { editSample } from "./edit-sample.ts";

/** Entry point of the thread that tries unsaved choices. */
parentPort?.on("message", (request: EditRequest) => {
  editSample(request).then(
    (answer) => parentPort?.postMessage({ answer }),
    (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
