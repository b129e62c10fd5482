import ipaddr from "ipaddr.js";

/** An address as some proxies tell it, with the port that it came from: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const withPort = /^(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/;

/** What a limit counts an address as: a provider gives each of its customers a /64 of IPv6, so that all of it is one. What is no address stands as it is, cut. */
export function clientNetwork(client: string): string {
  const [, six, four] = withPort.exec(client) ?? [];
  const bare = six ?? four ?? client;
  if (!ipaddr.isValid(bare)) return client.slice(0, 64);
  const address = ipaddr.process(bare);
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}
