import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { addressGuard, type ClientTls } from "./address-guard.ts";
import { allowedHosts } from "./allowed-hosts.ts";
import { acceptedEncodings } from "./content-encoding.ts";
import { type Exchange, openConnections } from "./http-connections.ts";
import { HttpFailure, httpFailureOf } from "./http-failure.ts";
import { shownAddress } from "./shown-address.ts";

/** Maximum number of redirects. */
const maxRedirects = 5;

const politeHeaders = {
  "user-agent": "Moisson (harvester of public aids)",
  accept: "*/*",
  "accept-encoding": acceptedEncodings,
};

/** Reachable hosts, timeouts and certificates of a client. */
export interface HttpClientOptions {
  /** `host` or `host:port` entries that the client may reach at a private address. */
  readonly allowHosts: readonly string[];
  readonly connectTimeoutMs: number;
  /** By default, the client uses the system's resolver and trusts the system's certificates. */
  readonly resolve?: LookupFunction;
  readonly tls?: ClientTls;
}

/** A request. Header names are in lower case. */
interface HttpAsk {
  readonly url: URL;
  /** Default GET. */
  readonly method?: "GET" | "POST";
  /** Only for POST. A header `content-type` overrides `contentType`. */
  readonly body?: { readonly contentType: string; readonly bytes: Uint8Array };
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that are sent only to the origin of `url`, and not after a redirect to another origin. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  /** Ends the request and the reading of the body. The client itself limits only the time to connect. */
  readonly signal: AbortSignal;
}

/** The head of an answer, and its body. The caller must read the body or pass it to `discard`. */
export interface HttpAnswer {
  readonly status: number;
  /** Values by header name in lower case. Repeated headers are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Final address after redirects. */
  readonly url: URL;
  /** Body with its content encoding. */
  readonly body: Readable;
}

/** A client that reuses connections until it is closed. */
export interface HttpClient {
  ask(ask: HttpAsk): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/**
 * Opens a client for `http` and `https` that reaches only public addresses and allowed hosts. Follows redirects, and checks their addresses
 * too. After a 307 or 308, a POST stays a POST on the same origin and is refused on another one; after other redirects it becomes a GET.
 * Ignores proxy variables and cookies. Requests throw `HttpFailure`, or the reason of `signal`.
 */
export function openHttpClient(options: HttpClientOptions): HttpClient {
  const { allowHosts, resolve, ...connecting } = options;
  const guard = addressGuard({ isAllowed: allowedHosts(allowHosts), ...(resolve === undefined ? {} : { resolve }) });
  const connections = openConnections({ ...connecting, guard });
  return { ask: (ask) => askThroughRedirects(connections.exchange, ask), close: async () => connections.close() };
}

/** Drops an unread body. */
export function discard(body: Readable): void {
  body.on("error", () => undefined); // the end of an unread body is an error
  body.destroy();
}

async function askThroughRedirects(exchange: Exchange, first: HttpAsk): Promise<HttpAnswer> {
  const visited = new Set<string>();
  let ask: HttpAsk = { ...first, url: reachableAddress(first.url) };
  while (visited.size <= maxRedirects && !visited.has(visitOf(ask))) {
    visited.add(visitOf(ask));
    const answer = await askOnce(exchange, ask);
    const target = redirectTarget(answer);
    if (target === null) return answer;
    discard(answer.body);
    ask = redirected(ask, answer.status, target);
  }
  throw new HttpFailure("too-many-redirects", { url: shownAddress(first.url), limit: maxRedirects });
}

function visitOf({ method, url }: HttpAsk): string {
  return `${method ?? "GET"} ${url.href}`;
}

function redirected(ask: HttpAsk, status: number, target: URL): HttpAsk {
  const isSameOrigin = target.origin === ask.url.origin;
  const next = { ...ask, url: target, secretHeaders: isSameOrigin ? ask.secretHeaders : {} };
  if (ask.method !== "POST") return next;
  const { body: _, ...asGet } = { ...next, method: "GET" as const };
  if (status !== 307 && status !== 308) return asGet;
  if (isSameOrigin) return next;
  throw new HttpFailure("address-refused", { url: shownAddress(target), reason: "a redirect takes a POST to another site" });
}

async function askOnce(exchange: Exchange, { url, method = "GET", body, headers, secretHeaders, signal }: HttpAsk): Promise<HttpAnswer> {
  const written = body === undefined ? {} : { "content-type": body.contentType };
  const sent = { ...politeHeaders, ...written, ...headers, ...secretHeaders };
  try {
    const message = await exchange(url, { method, headers: sent, body: body?.bytes, signal });
    return { status: message.statusCode ?? 0, headers: joinedHeaders(message.headersDistinct), url, body: message };
  } catch (error) {
    signal.throwIfAborted();
    throw httpFailureOf(error, shownAddress(url), "head");
  }
}

function redirectTarget({ status, headers, url }: HttpAnswer): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return null;
  if (!URL.canParse(headers.location, url.href)) {
    throw new HttpFailure("address-refused", { host: "(unreadable address)", url: shownAddress(url) });
  }
  return reachableAddress(new URL(headers.location, url));
}

/** Returns the address to request, without credentials, fragment and a dot after the host. Throws `HttpFailure` unless http or https. */
function reachableAddress(address: URL): URL {
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new HttpFailure("address-refused", { host: `${url.protocol}//${url.hostname}`, reason: "only http and https are read" });
  }
  url.username = "";
  url.password = "";
  url.hash = "";
  url.hostname = url.hostname.replace(/\.$/, "");
  return url;
}

/** Joins repeated headers and decodes them as UTF-8. Node decodes them as Latin-1, but today's addresses and file names are UTF-8. */
function joinedHeaders(headers: Readonly<Record<string, readonly string[] | undefined>>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(headers)) {
    const text = values.join(", ");
    const asUtf8 = Buffer.from(text, "latin1").toString("utf8");
    joined[name] = asUtf8.includes("�") ? text : asUtf8;
  }
  return joined;
}
