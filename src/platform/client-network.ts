import ipaddr from "ipaddr.js";

/** An address with a port, which some proxies send: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withPort = /^(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/;

/**
 * Returns the network for a rate limit: the address itself for IPv4, and the /64 for IPv6, because providers assign a /64 to each customer.
 * Returns any other text truncated.
 */
export function clientNetwork(client: string): string {
  const [, six, four] = withPort.exec(client) ?? [];
  const bare = six ?? four ?? client;
  if (!ipaddr.isValid(bare)) return client.slice(0, 64);
  const address = ipaddr.process(bare);
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}
