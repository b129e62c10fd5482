import { FeedUnreachable } from "../../model/run/run-error.ts";
import type { HttpAnswer } from "../../platform/http-client.ts";
import { retryAfterSeconds } from "../../platform/retry-after.ts";
import { shownAddress } from "../../platform/shown-address.ts";

/**
 * Throws `FeedUnreachable` (`server-busy`, with the requested wait) for a status that means "later". 202: the answer is still being
 * prepared.
 */
export function checkNotBusy({ status, headers, url }: HttpAnswer): void {
  if (status !== 202 && status !== 408 && status !== 429 && status < 500) return;
  const busy = new FeedUnreachable("server-busy", { status, url: shownAddress(url) });
  busy.retryAfterSeconds = retryAfterSeconds(headers);
  throw busy;
}
