import type { Auth } from "../../kit/feed.ts";
import { basicAuthorization, type Environment, readHeaderSecrets, readSecret } from "./read-secret.ts";
import type { RequestBody } from "./request-body.ts";

/** Request for a token. Only its `url` may be shown: the rest contains secrets. */
export interface TokenQuestion {
  readonly url: URL;
  readonly method: "GET" | "POST";
  /** Sent only to the origin of `url`. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** Path of the token in the answer. */
  readonly path: string;
}

/** Returns the token request of `auth`, or null if no token is needed. Throws `FeedRefused` (`missing-secret`). */
export function tokenQuestion(auth: Auth | undefined, environment: Environment): TokenQuestion | null {
  if (auth?.kind === "tokenExchange") {
    const { url, method, headersFrom, tokenPath } = auth;
    return { url: new URL(url), method, secretHeaders: readHeaderSecrets(headersFrom, environment), path: tokenPath };
  }
  return auth?.kind === "clientCredentials" ? ofClientCredentials(auth, environment) : null;
}

function ofClientCredentials(auth: Extract<Auth, { kind: "clientCredentials" }>, environment: Environment): TokenQuestion {
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
