import { valueAt } from "../../kit/expressions/field-path.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import { decodedBody } from "../../platform/content-encoding.ts";
import { discard, type HttpAnswer, type HttpClient } from "../../platform/http-client.ts";
import { HttpFailure } from "../../platform/http-failure.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import { checkNotBusy } from "./check-not-busy.ts";
import { runErrorOf } from "./run-error-of.ts";
import type { TokenQuestion } from "./token-question.ts";
import { withinDeadline } from "./within-deadline.ts";

/** No token is longer. */
const limitKb = 64;
/** A token is given back this long before its end, so that it does not end on its way. */
const marginMs = 30_000;

/** What a server said of why it gives no token, where it says so in words of RFC 6749 (5.2). Its own words may hold what it was sent. */
const knownReasons: ReadonlySet<unknown> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
]);

/** A token, never shown. */
export interface Token {
  readonly value: string;
  /** Until when it is used, by `performance.now()`: clocks of machines may jump. */
  readonly endsAt: number;
}

/**
 * Asks once for a token. Throws `FeedRefused` (`token-refused`: `url` and `status`, or `path` where the answer holds no token, or `limitKb`),
 * `FeedUnreachable`, or the reason of `outer`.
 */
export async function askToken(
  client: HttpClient,
  question: TokenQuestion,
  timeoutMs: number,
  outer: AbortSignal | undefined,
): Promise<Token> {
  const { url, method, secretHeaders, body } = question;
  const late = () => new HttpFailure("timed-out", { url: shownAddress(url), seconds: timeoutMs / 1000 });
  const askedAt = performance.now();
  try {
    return await withinDeadline(timeoutMs, outer, late, async (signal) => {
      const headers = { accept: "application/json" };
      const answer = await client.ask({ url, method, headers, secretHeaders, signal, ...(body === undefined ? {} : { body }) });
      try {
        checkNotBusy(answer);
        return tokenIn(await readShort(answer), answer, question.path, askedAt);
      } finally {
        discard(answer.body);
      }
    });
  } catch (error) {
    throw runErrorOf(error);
  }
}

/** `text`: null where it is too long. */
function tokenIn(text: string | null, { status, url }: HttpAnswer, path: string, askedAt: number): Token {
  const answer = parsedJson(text ?? "");
  const said = valueAt(answer, "error");
  const params = { url: shownAddress(url), ...(knownReasons.has(said) ? { reason: String(said) } : {}) };
  if (status < 200 || status > 299) throw new FeedRefused("token-refused", { ...params, status });
  if (text === null) throw new FeedRefused("token-refused", { ...params, limitKb });
  const value = valueAt(answer, path);
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw new FeedRefused("token-refused", { ...params, path });
  const seconds = Number(valueAt(answer, "expires_in") ?? Number.NaN);
  return { value, endsAt: Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : askedAt + seconds * 1000 - marginMs };
}

async function readShort({ body, headers, url }: HttpAnswer): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let left = limitKb * 1024;
  const decoded = decodedBody({ body, contentEncoding: headers["content-encoding"], url: shownAddress(url), onWire: () => undefined });
  for await (const chunk of decoded.chunks) {
    left -= chunk.length;
    if (left < 0) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks)); // takes the BOM off
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
