import ipaddr from "ipaddr.js";

/** 2000::/3, the only block from which public IPv6 addresses are given out (RFC 4291, IANA). */
const globalUnicast: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

/**
 * True where this IP address (as a resolver or the URL parser writes it, without brackets) lies on the public internet.
 *
 * Whatever is private, loopback, link-local, unique-local, multicast, reserved, shared (CGNAT) or unspecified is not, nor is any IPv6 address
 * that carries an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo): the inner address may be private. What is no IP address at all is not either.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(globalUnicast);
}
