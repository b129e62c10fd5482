import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { SecureContext } from "node:tls";
import { buildConnector } from "undici";
import type { HostAllowance } from "./allowed-hosts.ts";
import { HttpFailure } from "./http-failure.ts";
import { isPublicAddress } from "./private-address.ts";
import { publicLookup } from "./public-lookup.ts";

/** Certificates, where they are not the usual ones. */
export interface ClientTls {
  /** The authorities that are trusted. */
  readonly trusting: SecureContext;
  /** The same with a certificate of our own, for servers of these origins should they ask for one. No other learns who we are. */
  readonly identified?: { readonly origins: ReadonlySet<string>; readonly context: SecureContext };
}

/** How connections are made. */
export interface ConnectorOptions {
  /** Hosts that may be private. */
  readonly isAllowed: HostAllowance;
  readonly timeoutMs: number;
  /** Resolver; the system's where it is not given. */
  readonly resolve?: LookupFunction;
  readonly tls?: ClientTls;
}

/**
 * An undici connector that reaches public addresses only, but for allowed hosts. Every connection passes here, first ones, redirects, pages: literal
 * addresses are checked before connecting, names when they are resolved (`publicLookup`).
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

/** Loopback by definition (RFC 6761), whatever a resolver says. */
function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}
