import { expect, test } from "vitest";
import { clientNetwork } from "../../src/platform/client-network.ts";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"],
  // Some proxies add the port; another connection is still the same client.
  ["192.0.2.1:4711", "192.0.2.1"],
  ["[2001:db8:0:1::9]:4711", "2001:db8:0:1::/64"],
  ["[2001:db8:0:1::9]", "2001:db8:0:1::/64"],
  ["unknown", "unknown"],
  [`${"x".repeat(100)}:1`, "x".repeat(64)],
])("%s is counted as %s", (client, network) => {
  expect(clientNetwork(client)).toBe(network);
});
