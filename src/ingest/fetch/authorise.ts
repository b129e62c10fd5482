import { FeedRefused } from "../../model/run/run-error.ts";
import type { Token } from "./ask-token.ts";
import type { FeedAddress } from "./feed-address.ts";
import type { TokenQuestion } from "./token-question.ts";
import { type Patience, pauseBefore } from "./with-retries.ts";

/** Per answer. Aides-territoires sometimes refuses a valid token. */
const mostRenewals = 2;

/** Calls `ask` with the secret headers for the feed's own origin. */
export type Authorised = <T>(ask: (secretHeaders: Readonly<Record<string, string>>) => Promise<T>) => Promise<T>;

/**
 * Returns the authorisation of one fetch. A token is requested before the first request and kept until it expires. If the feed refuses it
 * (401), it is renewed after a pause, at most twice per answer. Throws what `ask` and `getToken` throw.
 */
export function authorise(
  { secretHeaders, token }: FeedAddress,
  getToken: (question: TokenQuestion) => Promise<Token>,
  patience: Patience,
  signal: AbortSignal | undefined,
): Authorised {
  if (token === null) return (ask) => ask(secretHeaders);
  let held: Token | null = null;
  return async (ask) => {
    for (let renewals = 0; ; renewals++) {
      if (held === null || held.endsAt <= performance.now()) held = await getToken(token);
      try {
        return await ask({ ...secretHeaders, authorization: `Bearer ${held.value}` });
      } catch (error) {
        if (!isUnauthorised(error) || renewals === mostRenewals) throw error;
        held = null;
        await patience.wait(pauseBefore(renewals + 1, patience), signal);
      }
    }
  };
}

function isUnauthorised(error: unknown): boolean {
  return error instanceof FeedRefused && error.code === "http-refused" && error.params.status === 401;
}
