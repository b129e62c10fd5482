import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { SecureContext } from "node:tls";
import ipaddr from "ipaddr.js";
import type { HostAllowance } from "./allowed-hosts.ts";
import { HttpFailure } from "./http-failure.ts";

/** Certificates of a client, in place of those of the system. */
export interface ClientTls {
  /** Trusted authorities. */
  readonly trusting: SecureContext;
  /** The same authorities with our client certificate, which is sent to servers of these origins if they request it. */
  readonly identified?: { readonly origins: ReadonlySet<string>; readonly context: SecureContext };
}

/** Which addresses a client may reach. */
interface GuardOptions {
  /** Hosts that the client may reach at a private address. */
  readonly isAllowed: HostAllowance;
  /** The default is the resolver of the system. */
  readonly resolve?: LookupFunction;
}

/**
 * Returns a function that checks an address before each connection, and returns the resolver to use for it. Only public addresses and
 * allowed hosts pass: Node never resolves a literal address, so it is checked here; a name is checked when it is resolved.
 * The function throws `HttpFailure` (`address-refused`).
 */
export function addressGuard({ isAllowed, resolve = systemLookup as LookupFunction }: GuardOptions): (url: URL) => LookupFunction {
  const onlyPublic = publicLookup(resolve);
  return (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
    if (isAllowed(host, port)) return resolve;
    if (isLocalName(host) || (isIP(host) !== 0 && !isPublicAddress(host))) throw new HttpFailure("address-refused", { host });
    return onlyPublic;
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
