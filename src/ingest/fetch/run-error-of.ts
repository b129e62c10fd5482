import { FeedRefused, FeedUnreachable, FeedUnreadable } from "../../model/run/run-error.ts";
import { HttpFailure } from "../../platform/http-failure.ts";

/** Returns the run error for an HTTP failure (contracts.md, Running), and any other error unchanged. */
export function runErrorOf(error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error;
  const { kind, params } = error;
  const options = { cause: error };
  switch (kind) {
    case "timed-out":
    case "connection-failed":
    case "tls-failed":
    case "body-cut-short":
      return new FeedUnreachable(kind, params, options);
    case "address-refused":
    case "too-many-redirects":
      return new FeedRefused(kind, params, options);
    case "unknown-encoding":
      return new FeedUnreadable("unsupported-file", { ...params, found: `compressed as ${params.reason}, a way` }, options);
    case "broken-encoding":
      return new FeedUnreadable("malformed", { ...params, at: "its content encoding" }, options);
  }
}
