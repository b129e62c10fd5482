import { FeedUnreadable, RunError, RunFailed } from "../../../model/run/run-error.ts";

/** What went wrong while bytes were read: a fault of the disk is ours (`storage-failed`), every other one is the file's (`malformed`). */
export function readFault(at: string, error: unknown): RunError {
  if (error instanceof RunError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const isSystemError = error instanceof Error && "syscall" in error;
  return isSystemError
    ? new RunFailed("storage-failed", { at, reason }, { cause: error })
    : new FeedUnreadable("malformed", { at, reason }, { cause: error });
}

/** Waits, and says what went wrong as `readFault` does. */
export async function translated<T>(at: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw readFault(at, error);
  }
}

/** Refuses what unpacks to more than `limit` bytes. */
export function decompressionLimit(at: string, limit: number): FeedUnreadable {
  return new FeedUnreadable("decompression-limit", { at, limitMb: Math.round(limit / 1024 ** 2) });
}
