import { addressVariable } from "../../kit/address-variable.ts";
import type { Dataset } from "../../kit/feed.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import { namesSecret } from "../../platform/shown-address.ts";
import type { FetchRequest } from "./fetched-feed.ts";
import { basicAuthorization, readHeaderSecret, readHeaderSecrets, readSecret } from "./read-secret.ts";
import { type TokenRequest, tokenRequest } from "./request-token.ts";

/** The address of a feed, with the headers of its requests. Header names are in lower case. */
export interface FeedAddress {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent only to the origin of `url`. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  /** Request for the access token; null if the feed needs no token. */
  readonly token: TokenRequest | null;
  /** If set, `url` is the portal's description of this dataset and not the feed itself. */
  readonly dataset: Dataset | null;
}

type AddressSources = Pick<FetchRequest, "connector" | "environment" | "url">;

/**
 * Returns the address and headers of a connector's feed. The address is `--url`, or else the variable `MOISSON_URL_<ID>`, or else the
 * connector's address. Credentials in the address become a header. Throws `FeedRefused`: `missing-address`, `missing-secret` (with the
 * variable), `address-refused`.
 */
export function feedAddress(sources: AddressSources): FeedAddress {
  const { feed } = sources.connector;
  const url = feedUrl(sources);
  const headers: Record<string, string> = {};
  const secretHeaders: Record<string, string> = {};
  if (url.username !== "" || url.password !== "") {
    secretHeaders.authorization = basicAuthorization(percentDecoded(url.username), percentDecoded(url.password));
    url.username = "";
    url.password = "";
  }
  for (const [name, value] of Object.entries(feed.headers ?? {})) {
    (namesSecret(name) ? secretHeaders : headers)[name.toLowerCase()] = value;
  }
  Object.assign(secretHeaders, readHeaderSecrets(feed.headersFrom ?? {}, sources.environment), authorizationHeader(sources));
  const dataset = addressOverride(sources) === undefined ? (feed.dataset ?? null) : null;
  return { url, headers, secretHeaders, token: tokenRequest(feed.auth, sources.environment), dataset };
}

function authorizationHeader({ connector, environment }: AddressSources): { authorization?: string } {
  const { auth } = connector.feed;
  if (auth?.kind === "bearer") return { authorization: `Bearer ${readHeaderSecret(auth.tokenFrom, environment)}` };
  if (auth?.kind !== "basic") return {};
  return { authorization: basicAuthorization(readSecret(auth.usernameFrom, environment), readSecret(auth.passwordFrom, environment)) };
}

/** Returns the address of a feed, including credentials in it. Throws `FeedRefused`: `missing-address`, `address-refused`. */
export function feedUrl(sources: AddressSources): URL {
  const { feed } = sources.connector;
  const override = addressOverride(sources);
  if (override !== undefined) return parsedAddress(override, sources.url === undefined ? addressVariable(sources.connector.id) : "--url");
  if (feed.url !== undefined) return parsedAddress(feed.url, "feed.url");
  if (feed.dataset !== undefined) return datasetAddress(feed.dataset);
  const variable = feed.urlFrom ?? addressVariable(sources.connector.id);
  const address = sources.environment[variable];
  if (!filled(address)) throw new FeedRefused("missing-address", { variable });
  return parsedAddress(address, variable);
}

/** Returns the address that replaces the connector's address, or undefined. */
function addressOverride(sources: AddressSources): string | undefined {
  const inEnvironment = sources.environment[addressVariable(sources.connector.id)];
  return sources.url ?? (filled(inEnvironment) ? inEnvironment : undefined);
}

function parsedAddress(written: string, from: string): URL {
  const address = written.trim();
  // The error does not show the address, because it may contain a secret.
  if (!URL.canParse(address)) throw new FeedRefused("address-refused", { host: from, reason: "unreadable" });
  return new URL(address);
}

function filled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}

/** Decodes percent escapes. Returns a text with an invalid escape unchanged. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the address of a dataset's description: API 1 of udata (data.gouv.fr) or action API 3 of CKAN. */
function datasetAddress({ portal, api, id }: Dataset): URL {
  const root = api.replace(/\/+$/, "");
  const name = encodeURIComponent(id);
  return new URL(portal === "ckan" ? `${root}/3/action/package_show?id=${name}` : `${root}/datasets/${name}/`);
}
