import { FeedUnreadable, RunError, RunFailed } from "../../../model/run/run-error.ts";

/** Converts a read error: `storage-failed` if it is the disk's, else `malformed`. */
export function readFault(at: string, error: unknown): RunError {
  if (error instanceof RunError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const isSystemError = error instanceof Error && "syscall" in error;
  return isSystemError
    ? new RunFailed("storage-failed", { at, reason }, { cause: error })
    : new FeedUnreadable("malformed", { at, reason }, { cause: error });
}

/** Awaits a promise and converts its error with `readFault`. */
export async function translated<T>(at: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw readFault(at, error);
  }
}

/** Returns the error for a part that unpacks to more than `limit` bytes. */
export function decompressionLimit(at: string, limit: number): FeedUnreadable {
  return new FeedUnreadable("decompression-limit", { at, limitMb: Math.round(limit / 1024 ** 2) });
}
