import { FeedUnreadable } from "../../model/run/run-error.ts";
import type { DecodedBody } from "../../platform/content-encoding.ts";

export const bytesOfMegabyte = 1024 ** 2;

/** Above this size a body may not be `highestRatio` times what was sent: real feeds compress 5 to 30 times, a bomb a thousand. */
const ratioCountsFrom = 16 * bytesOfMegabyte;
const highestRatio = 200;

/** What a body may grow to. */
export interface SizeLimit {
  /** For this body, bytes. */
  readonly bytes: number;
  /** As the message says it: the limit of the whole feed. */
  readonly megabytes: number;
}

/** Refuses what a server announces to be too long, before a byte is read. */
export function checkAnnouncedLength(contentLength: string | undefined, limit: SizeLimit): void {
  if (contentLength !== undefined && Number(contentLength) > limit.bytes)
    throw new FeedUnreadable("too-large", { limitMb: limit.megabytes });
}

/** Refuses a body that has grown too large over the wire. */
export function checkWireSize(wireBytes: number, limit: SizeLimit): void {
  if (wireBytes > limit.bytes) throw new FeedUnreadable("too-large", { limitMb: limit.megabytes });
}

/** Refuses a body that has grown too large once unpacked, or that unpacks like a bomb. */
export function checkSize(bytes: number, body: DecodedBody, limit: SizeLimit): void {
  if (body.encoded && bytes > ratioCountsFrom && bytes > body.wireBytes() * highestRatio) {
    throw new FeedUnreadable("decompression-limit", { limitMb: ratioCountsFrom / bytesOfMegabyte, ratio: highestRatio });
  }
  if (bytes > limit.bytes) throw new FeedUnreadable(body.encoded ? "decompression-limit" : "too-large", { limitMb: limit.megabytes });
}
