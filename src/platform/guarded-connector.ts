import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import type { HostAllowance } from "./allowed-hosts.ts";
import { HttpFailure } from "./http-failure.ts";
import { isPublicAddress } from "./private-address.ts";
import { publicLookup } from "./public-lookup.ts";

/** How connections are made. */
export interface ConnectorOptions {
  /** Hosts that may be private. */
  readonly isAllowed: HostAllowance;
  readonly timeoutMs: number;
  /** Resolver; the system's where it is not given. */
  readonly resolve?: LookupFunction;
  /** Certificates that are trusted instead of the system's, PEM. */
  readonly ca?: string;
}

/**
 * An undici connector that reaches public addresses only, but for allowed hosts. Every connection passes here, first ones, redirects, pages: literal
 * addresses are checked before connecting, names when they are resolved (`publicLookup`).
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const resolve = options.resolve ?? (systemLookup as LookupFunction);
  const shared = { timeout: options.timeoutMs, ...(options.ca === undefined ? {} : { ca: options.ca }) };
  const open = buildConnector({ ...shared, lookup: resolve });
  const guarded = buildConnector({ ...shared, lookup: publicLookup(resolve) });
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, "");
    const port = Number(target.port || (target.protocol === "https:" ? 443 : 80));
    if (options.isAllowed(host, port)) open(target, callback);
    else if (isLocalName(host) || (isIP(host) !== 0 && !isPublicAddress(host)))
      callback(new HttpFailure("address-refused", { host }), null);
    else guarded(target, callback);
  };
}

/** Loopback by definition (RFC 6761), whatever a resolver says. */
function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}
