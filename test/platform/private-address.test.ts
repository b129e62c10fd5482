import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "../../src/platform/address-guard.ts";

describe("addresses that are not on the public internet", () => {
  it.each([
    ["loopback", "127.0.0.1"],
    ["loopback, another", "127.255.255.254"],
    ["this host", "0.0.0.0"],
    ["this network", "0.1.2.3"],
    ["private 10/8", "10.0.0.1"],
    ["private 172.16/12, first", "172.16.0.1"],
    ["private 172.16/12, last", "172.31.255.255"],
    ["private 192.168/16", "192.168.1.1"],
    ["link-local, the clouds' metadata", "169.254.169.254"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["carrier-grade NAT, last", "100.127.255.255"],
    ["IETF protocol", "192.0.0.8"],
    ["documentation 1", "192.0.2.1"],
    ["documentation 2", "198.51.100.1"],
    ["documentation 3", "203.0.113.1"],
    ["benchmarking", "198.18.0.1"],
    ["6to4 relay", "192.88.99.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["IPv6 loopback", "::1"],
    ["IPv6 unspecified", "::"],
    ["IPv6 link-local", "fe80::1"],
    ["IPv6 link-local with a zone", "fe80::1%eth0"],
    ["IPv6 unique-local fc", "fc00::1"],
    ["IPv6 unique-local fd", "fd12:3456:789a::1"],
    ["IPv6 site-local", "fec0::1"],
    ["IPv6 multicast", "ff02::1"],
    ["IPv4-mapped", "::ffff:127.0.0.1"],
    ["IPv4-mapped, hex", "::ffff:7f00:1"],
    ["IPv4-compatible", "::127.0.0.1"],
    ["IPv4-translated", "::ffff:0:127.0.0.1"],
    ["NAT64 of a private one", "64:ff9b::10.0.0.1"],
    ["NAT64, local prefix", "64:ff9b:1::10.0.0.1"],
    ["6to4 of a private one", "2002:0a00:0001::1"],
    ["6to4 of loopback", "2002:7f00:0001::"],
    ["Teredo", "2001:0000:4136:e378:8000:63bf:3fff:fdd2"],
    ["IPv6 documentation", "2001:db8::1"],
    ["IPv6 documentation, new", "3fff::1"],
    ["IPv6 discard", "100::1"],
    ["IPv6 outside the allocated range", "4000::1"],
    ["not an address", "example.fr"],
    ["nothing", ""],
  ])("%s: %s", (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it("every address of 10/8, 127/8 and 192.168/16 is private", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.constantFrom("10.0", "10.255", "127.0", "192.168", "169.254"), octet, octet, (start, a, b) => {
        expect(isPublicAddress(`${start}.${a}.${b}`)).toBe(false);
        expect(isPublicAddress(`::ffff:${start}.${a}.${b}`)).toBe(false);
        expect(isPublicAddress(`64:ff9b::${start}.${a}.${b}`)).toBe(false);
      }),
    );
  });
});

describe("addresses on the public internet", () => {
  it.each([
    "8.8.8.8",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "193.48.0.1",
    "2a01:e0a::1",
    "2606:4700:4700::1111",
  ])("%s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
