import ipaddr from "ipaddr.js";

/** What a limit counts an address as: a provider gives each of its customers a /64 of IPv6, so that all of it is one. What is no address stands as it is, cut. */
export function clientNetwork(client: string): string {
  if (!ipaddr.isValid(client)) return client.slice(0, 64);
  const address = ipaddr.process(client);
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}
