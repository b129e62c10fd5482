import ipaddr from "ipaddr.js";

/** An address with its port, as some proxies send it: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withPort = /^(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/;

/**
 * Returns the network that a rate limit counts: a /64 for IPv6, because providers assign one to each customer. Anything other than an
 * address is returned truncated.
 */
export function clientNetwork(client: string): string {
  const [, six, four] = withPort.exec(client) ?? [];
  const bare = six ?? four ?? client;
  if (!ipaddr.isValid(bare)) return client.slice(0, 64);
  const address = ipaddr.process(bare);
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}
