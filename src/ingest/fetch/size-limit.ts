import { bytesPerMegabyte } from "../../model/run/run-budget.ts";
import { FeedUnreadable, type RunError, RunOverBudget } from "../../model/run/run-error.ts";
import type { DecodedBody } from "../../platform/content-encoding.ts";

/**
 * A decompressed body above this size may not exceed `maxRatio` times its compressed size. Real feeds compress 5 to 30 times, a bomb a
 * thousand times.
 */
const ratioCheckedFrom = 16 * bytesPerMegabyte;
const maxRatio = 200;

/** Size limit of a body. */
export interface SizeLimit {
  /** Limit of this body. */
  readonly bytes: number;
  /** Limit to show in the error: that of the page, or the budget of the whole feed. */
  readonly megabytes: number;
  readonly isOfPage: boolean;
}

function overLimit({ megabytes, isOfPage }: SizeLimit): RunError {
  return isOfPage ? new FeedUnreadable("too-large", { limitMb: megabytes }) : RunOverBudget.of("downloadMegabytes", megabytes);
}

/** Throws `RunOverBudget` or `FeedUnreadable` if the Content-Length exceeds the limit, so that the body is not read. */
export function checkAnnouncedLength(contentLength: string | undefined, limit: SizeLimit): void {
  if (contentLength !== undefined && Number(contentLength) > limit.bytes) throw overLimit(limit);
}

/** Throws the same errors if the compressed size of a body exceeds the limit. */
export function checkWireSize(wireBytes: number, limit: SizeLimit): void {
  if (wireBytes > limit.bytes) throw overLimit(limit);
}

/** Throws the same errors if the decompressed size of a body exceeds the limit, or if the body is a decompression bomb. */
export function checkSize(bytes: number, body: DecodedBody, limit: SizeLimit): void {
  if (body.encoded && bytes > ratioCheckedFrom && bytes > body.wireBytes() * maxRatio) {
    throw new FeedUnreadable("decompression-limit", { limitMb: ratioCheckedFrom / bytesPerMegabyte, ratio: maxRatio });
  }
  if (bytes > limit.bytes) throw overLimit(limit);
}
