import { domainToASCII } from "node:url";
import { describe, expect, it } from "vitest";
import { allowedHosts } from "../../src/platform/allowed-hosts.ts";

describe("hosts that the operator allows", () => {
  it.each([
    ["localhost", "localhost", 80],
    ["localhost", "localhost.", 8080],
    ["Intranet.Region.FR:8080", "intranet.region.fr", 8080],
    ["127.0.0.1:3000", "127.0.0.1", 3000],
    ["127.1:3000", "127.0.0.1", 3000],
    ["[::1]:3000", "::1", 3000],
    ["[::1]", "0:0:0:0:0:0:0:1", 80],
    ["département.fr", domainToASCII("département.fr"), 443],
    [" localhost:80 ", "localhost", 80],
  ])("%s allows %s:%d", (entry, host, port) => {
    expect(allowedHosts([entry])(host, port)).toBe(true);
  });

  it.each([
    ["localhost:8080", "localhost", 8081],
    ["localhost", "evil.localhost", 80],
    ["region.fr", "intranet.region.fr", 80],
    ["127.0.0.1", "127.0.0.2", 80],
    ["", "localhost", 80],
    ["*", "localhost", 80],
    ["localhost:port", "localhost", 80],
    ["http://localhost", "localhost", 80],
  ])("%s does not allow %s:%d", (entry, host, port) => {
    expect(allowedHosts([entry])(host, port)).toBe(false);
  });
});
