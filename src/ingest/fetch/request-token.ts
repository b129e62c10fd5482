import { valueAt } from "../../kit/expressions/field-path.ts";
import type { Auth } from "../../kit/feed.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import { decodedBody } from "../../platform/content-encoding.ts";
import type { HttpAnswer, HttpClient } from "../../platform/http-client.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import { parseJson } from "./parse-json.ts";
import { basicAuthorization, type Environment, readHeaderSecrets, readSecret } from "./read-secret.ts";
import type { RequestBody } from "./request-body.ts";
import { checkNotBusy, requestOnce } from "./request-once.ts";

/** Maximum size of the answer with the token. */
const limitKb = 64;
/** A token is renewed this long before it expires, so that it does not expire during a request. */
const marginMs = 30_000;

/** Reasons of RFC 6749 (5.2). Errors show no other text of the server, because it may contain the secret. */
const knownReasons: ReadonlySet<unknown> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
]);

/** A token. It must never be shown. */
export interface Token {
  readonly value: string;
  /** Time at which to renew the token, as `performance.now()`, because the machine's clock may jump. */
  readonly endsAt: number;
}

/**
 * Requests a token once. Throws `FeedRefused` (`token-refused`) with `url` and `status`, with `path` if the answer has no token, or with
 * `limitKb` if it is too long. Throws `FeedUnreachable`, or the reason of `signal`.
 */
export async function requestToken(
  client: HttpClient,
  request: TokenRequest,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Token> {
  const { path, ...rest } = request;
  const requestedAt = performance.now();
  return requestOnce(client, { ...rest, headers: { accept: "application/json" }, timeoutMs, signal }, async (answer) => {
    checkNotBusy(answer);
    return parseToken(await readLimited(answer), answer, path, requestedAt);
  });
}

/** Returns the token of an answer. `text` is null if the answer is too long. */
function parseToken(text: string | null, { status, url }: HttpAnswer, path: string, requestedAt: number): Token {
  const answer = parseJson(text ?? "");
  const reason = valueAt(answer, "error");
  const params = { url: shownAddress(url), ...(knownReasons.has(reason) ? { reason: String(reason) } : {}) };
  if (status < 200 || status > 299) throw new FeedRefused("token-refused", { ...params, status });
  if (text === null) throw new FeedRefused("token-refused", { ...params, limitKb });
  const value = valueAt(answer, path);
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw new FeedRefused("token-refused", { ...params, path });
  const seconds = Number(valueAt(answer, "expires_in") ?? Number.NaN);
  return { value, endsAt: Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : requestedAt + seconds * 1000 - marginMs };
}

async function readLimited({ body, headers, url }: HttpAnswer): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let left = limitKb * 1024;
  const decoded = decodedBody({ body, contentEncoding: headers["content-encoding"], url: shownAddress(url), onWire: () => undefined });
  for await (const chunk of decoded.chunks) {
    left -= chunk.length;
    if (left < 0) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks)); // removes the BOM
}

/** Request for a token. Only its `url` may be shown, because the rest contains secrets. */
export interface TokenRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  /** Sent only to the origin of `url`. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** Path of the token in the answer. */
  readonly path: string;
}

/** Returns the token request of `auth`, or null if no token is needed. Throws `FeedRefused` (`missing-secret`). */
export function tokenRequest(auth: Auth | undefined, environment: Environment): TokenRequest | null {
  if (auth?.kind === "tokenExchange") {
    const { url, method, headersFrom, tokenPath } = auth;
    return { url: new URL(url), method, secretHeaders: readHeaderSecrets(headersFrom, environment), path: tokenPath };
  }
  return auth?.kind === "clientCredentials" ? clientCredentialsRequest(auth, environment) : null;
}

function clientCredentialsRequest(auth: Extract<Auth, { kind: "clientCredentials" }>, environment: Environment): TokenRequest {
  const [id, secret] = [readSecret(auth.clientIdFrom, environment), readSecret(auth.clientSecretFrom, environment)];
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (auth.scope !== undefined) form.set("scope", auth.scope);
  if (auth.audience !== undefined) form.set("audience", auth.audience);
  const inHeader = auth.credentialsIn === "header";
  if (!inHeader) {
    form.set("client_id", id);
    form.set("client_secret", secret);
  }
  return {
    url: new URL(auth.tokenUrl),
    method: "POST",
    secretHeaders: inHeader ? { authorization: basicAuthorization(formEncoded(id), formEncoded(secret)) } : {},
    body: { contentType: "application/x-www-form-urlencoded", bytes: Buffer.from(form.toString()) },
    path: "access_token",
  };
}

/** Form-encodes the id and the secret, as RFC 6749 (2.3.1) requires for Basic authentication. */
function formEncoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}
