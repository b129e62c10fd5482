import type { Auth } from "../connector-kit/feed.ts";
import type { LoadedConnector } from "../registry/load-connectors.ts";
import type { Workshop } from "./workshop.ts";

/** Variables with the address or a secret of a connector's feed that the environment lacks: without them it cannot run. */
export function missingVariables({ definition }: LoadedConnector, environment: Workshop["environment"]): string[] {
  const { urlFrom, headersFrom = {}, auth, tls = {} } = definition.feed;
  const needed = [urlFrom, ...Object.values(headersFrom), ...secretsOf(auth), ...Object.values(tls)];
  return needed.filter((variable) => variable !== undefined).filter((variable) => !environment[variable]?.trim());
}

function secretsOf(auth: Auth | undefined): string[] {
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
