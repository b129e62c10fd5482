import { RunError, RunFailed } from "../../model/run/run-error.ts";
import { CatalogueRefused } from "../catalogue-refused.ts";

/**
 * What a failed statement means for the run: `storage-failed` with `reason`, an SQLSTATE (53100: disk full) or a system code (ECONNREFUSED),
 * and `detail`, the server's short message. Statement and parameters, which drizzle puts into its message, are left out: they hold whole
 * batches; so is everything that could hold the database's address with its password. Our own errors pass as they are.
 */
export function storageFailure(error: unknown): Error {
  if (error instanceof RunError || error instanceof CatalogueRefused) return error;
  const cause = innermost(error);
  if (cause instanceof Error && lostConnection.test(cause.message)) return new RunFailed("storage-failed", { reason: "connection-lost" });
  if (!isDatabaseError(cause)) return error instanceof Error ? error : new RunFailed("storage-failed", { reason: "unknown" });
  const detail = cause.message.split("\n", 1)[0] ?? "";
  return new RunFailed("storage-failed", { reason: cause.code, detail: withoutAddresses(detail).slice(0, 300) });
}

/** What the driver says of connections that broke or were never made; it gives these errors no code. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|timeout exceeded when trying)/;

/** Driver and system errors carry a code; an error of ours (a bug) does not and must keep its stack. */
function isDatabaseError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" && !error.code.startsWith("ERR_");
}

function innermost(error: unknown): unknown {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  // Several addresses of one host were tried: the first refusal tells enough.
  return inner instanceof AggregateError && inner.errors[0] instanceof Error ? inner.errors[0] : inner;
}

function withoutAddresses(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\/\S*/gi, "<address>");
}
