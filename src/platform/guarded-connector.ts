import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { SecureContext } from "node:tls";
import ipaddr from "ipaddr.js";
import { buildConnector } from "undici";
import type { HostAllowance } from "./allowed-hosts.ts";
import { HttpFailure } from "./http-failure.ts";

/** Certificates of a client, in place of those of the system. */
export interface ClientTls {
  /** Trusted authorities. */
  readonly trusting: SecureContext;
  /** The same authorities with our client certificate, which is sent to servers of these origins if they request it. */
  readonly identified?: { readonly origins: ReadonlySet<string>; readonly context: SecureContext };
}

/** Options of connections. */
export interface ConnectorOptions {
  /** Hosts that the client may reach at a private address. */
  readonly isAllowed: HostAllowance;
  readonly timeoutMs: number;
  /** The default is the resolver of the system. */
  readonly resolve?: LookupFunction;
  readonly tls?: ClientTls;
}

/**
 * Returns an undici connector that reaches only public addresses and allowed hosts. Every connection uses it, also for redirects and pages.
 * It checks a literal address before it connects, and a name when it resolves the name (`publicLookup`).
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

/** Returns true for `localhost` and its subdomains. They mean this machine (RFC 6761), whatever a resolver returns. */
function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}

/**
 * Returns a resolver that refuses names with a private address, even if the name also has public ones. The caller connects to the checked
 * addresses without resolving the name again. This prevents DNS rebinding.
 */
export function publicLookup(resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, []);
      const addresses = typeof found === "string" ? [{ address: found, family: family ?? isIP(found) }] : found;
      const [first] = addresses;
      if (first === undefined) return callback(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), []);
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new HttpFailure("address-refused", { host: hostname }), []);
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/** The only block of public IPv6 addresses (RFC 4291, IANA). */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * Returns true for a public IP address, written without brackets. Returns false for private, loopback, link-local, unique-local, multicast,
 * reserved, shared (CGNAT) and unspecified addresses, and for other texts. Also returns false for IPv6 addresses that contain an IPv4
 * address (mapped, compatible, NAT64, 6to4, Teredo), because the IPv4 address may be private.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(globalUnicast);
}
