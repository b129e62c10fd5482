import { FeedUnreadable } from "../../model/run/run-error.ts";
import type { DecodedBody } from "../../platform/content-encoding.ts";

export const bytesPerMegabyte = 1024 ** 2;

/**
 * Above this size a body may not exceed `maxRatio` times its compressed size. Real feeds compress 5 to 30 times, a bomb a thousand
 * times.
 */
const ratioCheckedFrom = 16 * bytesPerMegabyte;
const maxRatio = 200;

/** Size limit of a body. */
export interface SizeLimit {
  /** For this body, bytes. */
  readonly bytes: number;
  /** Limit of the whole feed, for the message. */
  readonly megabytes: number;
}

/** Throws for a Content-Length over the limit, before the body is read. */
export function checkAnnouncedLength(contentLength: string | undefined, limit: SizeLimit): void {
  if (contentLength !== undefined && Number(contentLength) > limit.bytes)
    throw new FeedUnreadable("too-large", { limitMb: limit.megabytes });
}

/** Throws for a body whose compressed size exceeds the limit. */
export function checkWireSize(wireBytes: number, limit: SizeLimit): void {
  if (wireBytes > limit.bytes) throw new FeedUnreadable("too-large", { limitMb: limit.megabytes });
}

/** Throws for a body whose decoded size exceeds the limit, or that expands like a bomb. */
export function checkSize(bytes: number, body: DecodedBody, limit: SizeLimit): void {
  if (body.encoded && bytes > ratioCheckedFrom && bytes > body.wireBytes() * maxRatio) {
    throw new FeedUnreadable("decompression-limit", { limitMb: ratioCheckedFrom / bytesPerMegabyte, ratio: maxRatio });
  }
  if (bytes > limit.bytes) throw new FeedUnreadable(body.encoded ? "decompression-limit" : "too-large", { limitMb: limit.megabytes });
}
