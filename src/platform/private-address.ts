import ipaddr from "ipaddr.js";

/** 2000::/3, the only block of public IPv6 addresses (RFC 4291, IANA). */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * Returns true for a public IP address (in the form of a resolver or the URL parser, without brackets). False for private, loopback,
 * link-local, unique-local, multicast, reserved, shared (CGNAT) and unspecified addresses, for IPv6 addresses that embed an IPv4 one
 * (mapped, compatible, NAT64, 6to4, Teredo), because that may be private, and for anything else.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(globalUnicast);
}
