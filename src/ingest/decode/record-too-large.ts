import { FeedUnreadable } from "../../model/run/run-error.ts";

/** A record, or something else that must be held whole, that is larger than `recordBytes`: where it is, and the limit. */
export function recordTooLarge(at: string, recordBytes: number): FeedUnreadable {
  return new FeedUnreadable("too-large", { at, limitMb: Math.round(recordBytes / 1024 ** 2) });
}
