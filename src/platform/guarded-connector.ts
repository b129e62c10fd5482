import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { SecureContext } from "node:tls";
import { buildConnector } from "undici";
import type { HostAllowance } from "./allowed-hosts.ts";
import { HttpFailure } from "./http-failure.ts";
import { isPublicAddress } from "./private-address.ts";
import { publicLookup } from "./public-lookup.ts";

/** Certificates that differ from the system's. */
export interface ClientTls {
  /** Trusted authorities. */
  readonly trusting: SecureContext;
  /** The same with our client certificate, only for servers of these origins that ask for it. */
  readonly identified?: { readonly origins: ReadonlySet<string>; readonly context: SecureContext };
}

/** Options of connections. */
export interface ConnectorOptions {
  /** Hosts that may be private. */
  readonly isAllowed: HostAllowance;
  readonly timeoutMs: number;
  /** Resolver; default is the system's. */
  readonly resolve?: LookupFunction;
  readonly tls?: ClientTls;
}

/**
 * Returns an undici connector that reaches only public addresses and allowed hosts. Every connection uses it: first ones, redirects,
 * pages. Literal addresses are checked before connecting, names when they are resolved (`publicLookup`).
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const { trusting, identified } = options.tls ?? {};
  const usual = connectorsOf(options, trusting);
  const ofOrigins = identified === undefined ? usual : connectorsOf(options, identified.context);
  return (target, callback) => {
    const { open, guarded } = identified?.origins.has(`${target.protocol}//${target.host}`) ? ofOrigins : usual;
    const host = target.hostname.replace(/^\[|\]$/g, "");
    const port = Number(target.port || (target.protocol === "https:" ? 443 : 80));
    if (options.isAllowed(host, port)) open(target, callback);
    else if (isLocalName(host) || (isIP(host) !== 0 && !isPublicAddress(host)))
      callback(new HttpFailure("address-refused", { host }), null);
    else guarded(target, callback);
  };
}

function connectorsOf({ resolve = systemLookup as LookupFunction, timeoutMs }: ConnectorOptions, secureContext: SecureContext | undefined) {
  const shared = { timeout: timeoutMs, ...(secureContext === undefined ? {} : { secureContext }) };
  return {
    open: buildConnector({ ...shared, lookup: resolve }),
    guarded: buildConnector({ ...shared, lookup: publicLookup(resolve) }),
  };
}

/** Loopback by definition (RFC 6761), whatever a resolver returns. */
function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}
