import { RunError, RunFailed } from "../../model/run/run-error.ts";

/**
 * Turns the error of a failed statement into `RunFailed` `storage-failed`. Returns our own errors unchanged. `reason`: an SQLSTATE (53100:
 * disk full) or a system code (ECONNREFUSED). `detail`: the server's short message. The error contains neither the statement and its
 * parameters, which can be a whole batch, nor the database's address.
 */
export function storageFailure(error: unknown): Error {
  if (error instanceof RunError || error instanceof CatalogueRefused) return error;
  const cause = innermost(error);
  if (cause instanceof Error && lostConnection.test(cause.message)) return new RunFailed("storage-failed", { reason: "connection-lost" });
  if (!isDatabaseError(cause)) return error instanceof Error ? error : new RunFailed("storage-failed", { reason: "unknown" });
  const detail = cause.message.split("\n", 1)[0] ?? "";
  return new RunFailed("storage-failed", { reason: cause.code, detail: withoutAddresses(detail).slice(0, 300) });
}

/** SQLSTATE of a statement that failed because somebody held a lock for too long. */
export const lockTimeout = "55P03";

/** Returns true for `lockTimeout`. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof RunFailed && error.params.reason === lockTimeout;
}

/** Messages of the driver about broken or failed connections, which have no error code. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|timeout exceeded when trying)/;

/** Returns true for errors of the driver and the system, which have a code. A bug of ours has none and must keep its stack. */
function isDatabaseError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" && !error.code.startsWith("ERR_");
}

function innermost(error: unknown): unknown {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  // If a host has several addresses, Node returns one error for each. The first is enough.
  return inner instanceof AggregateError && inner.errors[0] instanceof Error ? inner.errors[0] : inner;
}

function withoutAddresses(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\/\S*/gi, "<address>");
}

/** The reason why the catalogue cannot be opened. */
export type CatalogueRefusal =
  /**
   * Another process uses the embedded catalogue. Parameters: `home`, `pid`, `since` (ISO instant); `pid` is "unknown" if the process did
   * not record it.
   */
  | "catalogue-in-use"
  /** An older version of Moisson made the database. `pending`: number of missing migrations. */
  | "catalogue-behind"
  /** A newer version of Moisson made the database. `unknown`: its first migration that this version does not have. */
  | "catalogue-ahead"
  /** A version before 0.2.0, the first whose catalogues can be upgraded, made the database. `unknown`: its first migration. */
  | "catalogue-too-old"
  /** The disk of the embedded catalogue has too little free space. Parameters: `home`, `free` (bytes). */
  | "disk-full"
  /** The embedded catalogue was moved to PostgreSQL. Parameters: `home`, `to` (the server), `at` (ISO instant). */
  | "catalogue-moved"
  /** The database to which a catalogue is moved has rows. Parameter: `table`. */
  | "target-not-empty"
  /** A moved catalogue differs from its copy. Parameter: `what`. */
  | "copy-differs"
  /** The user of `DATABASE_URL` may not create database roles. Parameters: `role`. */
  | "roles-refused"
  /** `DATABASE_URL` is not the address of a PostgreSQL database. */
  | "database-url-invalid";

/** Thrown when the catalogue cannot be opened and a person must act. `message` is one line in English and never contains `DATABASE_URL`. */
export class CatalogueRefused extends Error {
  override readonly name = "CatalogueRefused";
  constructor(
    readonly code: CatalogueRefusal,
    readonly params: Readonly<Record<string, string | number>>,
    message: string,
  ) {
    super(message);
  }
}
