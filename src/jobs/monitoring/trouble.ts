import { type MachineCause, machineCauseOf } from "../../model/run/machine-cause.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import type { Logger } from "../../platform/logger.ts";
import type { RunQueue } from "../queue/run-queue.ts";

/** Causes of trouble, with the sentence of the log. */
const causes: Readonly<Record<MachineCause | "redis-away" | "other", string>> = {
  "disk-full": "the disk of the database is full",
  "temporary-disk-full": "the disk of the temporary folder is full",
  "no-free-connection": "the database has no free connection",
  "database-away": "the database does not answer",
  "redis-away": "Redis does not answer",
  "lock-timeout": "a lock of the database was not free in time: another process is busy or frozen",
  "statement-timeout": "a statement of the database took too long",
  "transaction-timeout": "the database rolled back a transaction, because this process did not go on in time",
  conflict: "transactions of the database were in each other's way",
  "memory-short": "the database or this machine has too little memory",
  "schema-unknown": "the tables of the database are those of another version",
  "system-error": "the disk or the system of the database or of this machine failed",
  "worker-lost": "a worker or a process of a run disappeared",
  other: "unexpected trouble",
};

/** Cause of trouble. */
export type TroubleCause = keyof typeof causes;

/** Returns the English sentence of a cause, without a full stop. */
export function causeSentence(cause: TroubleCause): string {
  return causes[cause];
}

/** Errors of ioredis without a code. */
const redisClosed = /Connection is closed|Stream isn't writeable|MaxRetriesPerRequest|\b(LOADING|READONLY|MASTERDOWN)\b/;

/** Returns the cause of an error of the catalogue or of the queue, and the code that tells it. */
export function causeOf(error: unknown, queue: RunQueue["kind"]): { readonly cause: TroubleCause; readonly reason: string } {
  if (error instanceof RunFailed && error.code === "storage-failed")
    return { cause: error.machineCause ?? "other", reason: String(error.params.reason) };
  const reason = reasonOf(error);
  const cause = machineCauseOf(reason);
  const isRedis = queue === "redis" && (cause === "database-away" || redisClosed.test(String(error)));
  return { cause: isRedis ? "redis-away" : (cause ?? "other"), reason };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

const onceInMs = 60_000;

/**
 * Returns a function that logs an error with its cause, at once, and repetitions of the same cause once per `everyMs` with their number: a
 * queue without its server fails a hundred times a second. `where`: the part of the worker that failed.
 */
export function troubleLog(
  logger: Pick<Logger, "warn">,
  queue: RunQueue["kind"],
  everyMs = onceInMs,
): (where: string, error: unknown) => void {
  const kept = new Map<string, { newest: object; more: number }>();
  const say = (cause: TroubleCause, { newest, more }: { newest: object; more: number }) =>
    logger.warn({ ...newest, ...(more > 0 && { more }) }, causes[cause]);
  const wait = (key: string, cause: TroubleCause) => setTimeout(tellRest, everyMs, key, cause).unref();
  const tellRest = (key: string, cause: TroubleCause) => {
    const rest = kept.get(key);
    if (rest === undefined || rest.more === 0) return kept.delete(key);
    say(cause, rest);
    rest.more = 0;
    return wait(key, cause);
  };
  return (where, error) => {
    const { cause, reason } = causeOf(error, queue);
    const newest = { cause, reason, where, ...(cause === "other" && { err: error }) };
    const key = cause === "other" ? `${where} ${String(error)}` : cause;
    const same = kept.get(key);
    if (same !== undefined) {
      same.newest = newest;
      same.more++;
      return;
    }
    say(cause, { newest, more: 0 });
    kept.set(key, { newest, more: 0 });
    wait(key, cause);
  };
}
