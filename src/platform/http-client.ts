import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { Agent, request } from "undici";
import { allowedHosts } from "./allowed-hosts.ts";
import { acceptedEncodings } from "./content-encoding.ts";
import { type ClientTls, guardedConnector } from "./guarded-connector.ts";
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
  /** `host` or `host:port` that may be reached although private. */
  readonly allowHosts: readonly string[];
  readonly connectTimeoutMs: number;
  /** Resolver and certificates, if not the system's. */
  readonly resolve?: LookupFunction;
  readonly tls?: ClientTls;
}

/** One request. Header names in lower case. */
interface HttpAsk {
  readonly url: URL;
  /** Default GET. */
  readonly method?: "GET" | "POST";
  /** For POST only. A header `content-type` overrides its `contentType`. */
  readonly body?: { readonly contentType: string; readonly bytes: Uint8Array };
  readonly headers: Readonly<Record<string, string>>;
  /** Headers sent to the origin of `url` only, not to redirects elsewhere. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  /** Ends waiting and reading. The client itself limits only the time to connect. */
  readonly signal: AbortSignal;
}

/** Head of an answer, with its body still to be read (or passed to `discard`). */
export interface HttpAnswer {
  readonly status: number;
  /** Header in lower case -> value; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Final address after redirects. */
  readonly url: URL;
  /** Body as sent, with its Content-Encoding. */
  readonly body: Readable;
}

/** A client that reuses connections until it is closed. */
export interface HttpClient {
  ask(ask: HttpAsk): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/**
 * Opens a client for `http` and `https` that reaches only public addresses. Redirects pass the same guard; a POST stays a POST for 307 and
 * 308 (on its origin) and becomes a GET otherwise. Ignores proxy variables and cookies. Throws `HttpFailure`, or the reason of `signal`.
 */
export function openHttpClient(options: HttpClientOptions): HttpClient {
  const { resolve, tls } = options;
  const connect = guardedConnector({
    isAllowed: allowedHosts(options.allowHosts),
    timeoutMs: options.connectTimeoutMs,
    ...(resolve === undefined ? {} : { resolve }),
    ...(tls === undefined ? {} : { tls }),
  });
  const agent = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0 });
  return { ask: (ask) => askThroughRedirects(agent, ask), close: () => agent.destroy() };
}

/** Drops a body that nobody reads. */
export function discard(body: Readable): void {
  body.on("error", () => undefined); // undici reports an unread body as aborted
  body.destroy();
}

async function askThroughRedirects(agent: Agent, first: HttpAsk): Promise<HttpAnswer> {
  const visited = new Set<string>();
  let ask: HttpAsk = { ...first, url: reachableAddress(first.url) };
  while (visited.size <= maxRedirects && !visited.has(visitOf(ask))) {
    visited.add(visitOf(ask));
    const answer = await askOnce(agent, ask);
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
  const staysHome = target.origin === ask.url.origin;
  const next = { ...ask, url: target, secretHeaders: staysHome ? ask.secretHeaders : {} };
  if (ask.method !== "POST") return next;
  const { body: _, ...asGet } = { ...next, method: "GET" as const };
  if (status !== 307 && status !== 308) return asGet;
  if (staysHome) return next;
  throw new HttpFailure("address-refused", { url: shownAddress(target), reason: "a redirect takes a POST to another site" });
}

async function askOnce(agent: Agent, { url, method = "GET", body, headers, secretHeaders, signal }: HttpAsk): Promise<HttpAnswer> {
  const written = body === undefined ? {} : { "content-type": body.contentType };
  const sent = { ...politeHeaders, ...written, ...headers, ...secretHeaders };
  try {
    const asked = request(url, { dispatcher: agent, method, headers: sent, body: body?.bytes ?? null, signal });
    const answer = await untilAborted(asked, signal);
    return { status: answer.statusCode, headers: joinedHeaders(answer.headers), url, body: answer.body };
  } catch (error) {
    signal.throwIfAborted();
    throw httpFailureOf(error, shownAddress(url), "head");
  }
}

/** undici heeds the signal only after connecting. Resolving and connecting then go on until the agent ends. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function redirectTarget({ status, headers, url }: HttpAnswer): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return null;
  if (!URL.canParse(headers.location, url.href)) {
    throw new HttpFailure("address-refused", { host: "(unreadable address)", url: shownAddress(url) });
  }
  return reachableAddress(new URL(headers.location, url));
}

/** Returns the address to request: http or https, no credentials, no fragment, no dot after the host. */
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

/** undici decodes headers as Latin-1; addresses and file names in them are UTF-8 today. */
function joinedHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : value.join(", ");
    const asUtf8 = Buffer.from(text, "latin1").toString("utf8");
    joined[name] = asUtf8.includes("�") ? text : asUtf8;
  }
  return joined;
}
