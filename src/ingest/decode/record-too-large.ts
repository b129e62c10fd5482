import { FeedUnreadable } from "../../model/run/run-error.ts";

/** Returns the error for a record, or another value held in memory, that is larger than `recordBytes`. */
export function recordTooLarge(at: string, recordBytes: number): FeedUnreadable {
  return new FeedUnreadable("too-large", { at, limitMb: Math.round(recordBytes / 1024 ** 2) });
}
