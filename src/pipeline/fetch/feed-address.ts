import { FeedRefused } from "../../aid/run-error.ts";
import { namesSecret } from "../../platform/shown-address.ts";
import type { FetchRequest } from "./fetched-feed.ts";

/** Where the feed is asked for, and with which headers (names in lower case). */
export interface FeedAddress {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Only for the origin of `url`. */
  readonly secretHeaders: Readonly<Record<string, string>>;
}

type Asked = Pick<FetchRequest, "connector" | "environment" | "url">;

/**
 * The address and headers of a connector's feed: `--url`, else `MOISSON_URL_<ID>` of the environment, else the connector's own. Credentials in the
 * address become a header. Throws `FeedRefused`: `missing-address`, `missing-secret` (naming the variable), `address-refused`.
 */
export function feedAddress(asked: Asked): FeedAddress {
  const { feed } = asked.connector;
  const url = readAddress(asked);
  const headers: Record<string, string> = {};
  const secretHeaders: Record<string, string> = {};
  if (url.username !== "" || url.password !== "") {
    const credentials = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
    secretHeaders.authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    url.username = "";
    url.password = "";
  }
  for (const [name, value] of Object.entries(feed.headers ?? {})) {
    (namesSecret(name) ? secretHeaders : headers)[name.toLowerCase()] = value;
  }
  for (const [name, variable] of Object.entries(feed.headersFrom ?? {})) {
    secretHeaders[name.toLowerCase()] = readSecret(variable, asked.environment[variable]);
  }
  return { url, headers, secretHeaders };
}

function readAddress({ connector, environment, url }: Asked): URL {
  const override = `MOISSON_URL_${connector.id.toUpperCase().replaceAll("-", "_")}`;
  if (url !== undefined) return parsedAddress(url, "--url");
  if (filled(environment[override])) return parsedAddress(environment[override], override);
  if (connector.feed.url !== undefined) return parsedAddress(connector.feed.url, "feed.url");
  const variable = connector.feed.urlFrom ?? override;
  if (!filled(environment[variable])) throw new FeedRefused("missing-address", { variable });
  return parsedAddress(environment[variable], variable);
}

function parsedAddress(written: string, from: string): URL {
  const address = written.trim();
  // The text itself is not shown: it may hold a secret.
  if (!URL.canParse(address)) throw new FeedRefused("address-refused", { host: from, reason: "unreadable" });
  return new URL(address);
}

function readSecret(variable: string, value: string | undefined): string {
  const secret = value?.trim(); // files of secrets end with a line break
  if (!filled(secret)) throw new FeedRefused("missing-secret", { variable });
  if (/[^\t\x20-\x7e\x80-\xff]/.test(secret)) throw new FeedRefused("missing-secret", { variable, reason: "not a header value" });
  return secret;
}

function filled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== "";
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
