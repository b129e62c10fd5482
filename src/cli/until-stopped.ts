import { once } from "node:events";
import type { Logger } from "../platform/logger.ts";
import { NotDone } from "./exit.ts";

/** Time to hand runs back and close connections after an uncaught error, in milliseconds. The process then exits in any case. */
const maxFaultMs = 30_000;

/**
 * Waits until the process must end: returns null at the first SIGTERM or SIGINT, or the failure of the command after an error that nothing
 * caught. A second signal ends the process at once. Further uncaught errors are only logged, so that the caller can stop in order.
 */
export async function untilStopped(logger: Logger, onSignal: () => void = () => undefined): Promise<NotDone | null> {
  const fault = new Promise<NotDone>((resolve) => {
    // Also receives rejections that nothing handles.
    process.on("uncaughtException", (error) => {
      logger.fatal({ err: error }, "an error that nothing caught: the process ends");
      setTimeout(() => process.exit(1), maxFaultMs).unref();
      resolve(new NotDone(`ended by an error that nothing caught: ${String(error)}`));
    });
  });
  const first = await Promise.race([once(process, "SIGTERM").then(() => 143), once(process, "SIGINT").then(() => 130), fault]);
  if (first instanceof NotDone) return first;
  const stopNow = () => process.exit(first);
  process.on("SIGTERM", stopNow).on("SIGINT", stopNow);
  onSignal();
  return null;
}
