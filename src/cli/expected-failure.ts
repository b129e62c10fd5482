import { CatalogueRefused } from "../catalogue/connection/storage-failure.ts";
import { QueueRefused } from "../jobs/queue/queue-refused.ts";
import { RunError } from "../model/run/run-error.ts";
import { WrongSettings } from "../platform/config.ts";
import { runErrorMessage } from "./english/runs.ts";
import { exitCodes, NotDone, WrongUse } from "./exit.ts";
import { ReaderGone, type Terminal } from "./terminal.ts";

/** Prints an expected failure to stderr and returns the exit code. Rethrows any other error. */
export function reportFailure(error: unknown, terminal: Terminal): number {
  const print = (message: string, code: number) => {
    for (const line of message.split("\n")) terminal.err(`moisson: ${line}`);
    return code;
  };
  if (error instanceof ReaderGone) return exitCodes.success;
  if (error instanceof WrongUse || error instanceof WrongSettings) return print(error.message, exitCodes.wrongUse);
  if (error instanceof NotDone || error instanceof CatalogueRefused || error instanceof QueueRefused)
    return print(error.message, exitCodes.failure);
  if (error instanceof RunError) return print(runErrorMessage(error.code, error.params), exitCodes.failure);
  throw error;
}
