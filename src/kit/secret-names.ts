import type { Auth, Feed } from "./feed.ts";

/** Lists the variables with the secrets of a feed, in the order of the definition, without duplicates. */
export function secretNames({ headersFrom = {}, auth, tls = {} }: Feed): string[] {
  const named = [...Object.values(headersFrom), ...namesOfAuth(auth), ...Object.values(tls)];
  return [...new Set(named.filter((name) => name !== undefined))];
}

function namesOfAuth(auth: Auth | undefined): string[] {
  switch (auth?.kind) {
    case "basic":
      return [auth.usernameFrom, auth.passwordFrom];
    case "bearer":
      return [auth.tokenFrom];
    case "tokenExchange":
      return Object.values(auth.headersFrom);
    case "clientCredentials":
      return [auth.clientIdFrom, auth.clientSecretFrom];
    default:
      return [];
  }
}
