import { FeedRefused } from "../../model/run/run-error.ts";
import type { Token } from "./ask-token.ts";
import type { FeedAddress } from "./feed-address.ts";
import type { TokenQuestion } from "./token-question.ts";
import { type Patience, pauseBefore } from "./with-retries.ts";

/** For one answer. Aides-territoires is known to refuse a token that is valid, now and then. */
const mostRenewals = 2;

/** Asks the feed as who we are: gives `ask` the secret headers for the feed's own origin. */
export type Authorised = <T>(ask: (secretHeaders: Readonly<Record<string, string>>) => Promise<T>) => Promise<T>;

/**
 * Makes it, for one fetch. Where the feed takes a token, one is got by `getToken` before the first question, kept as long as it lives, and got anew where the
 * feed refuses it (401), after a pause, twice at most for one answer. Throws what `ask` and `getToken` throw.
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
