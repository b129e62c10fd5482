import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import { FeedRefused, FeedUnreachable } from "../../../src/model/run/run-error.ts";
import { feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, noDelays, textsOf } from "../../support/fetch-test-feed.ts";

/** Returns a resolver with only these names that counts its lookups. */
function resolverOf(names: Readonly<Record<string, readonly string[]>>): LookupFunction {
  return (hostname, _options, callback) => {
    const addresses = (names[hostname] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    if (addresses.length === 0) callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND" }), []);
    else callback(null, addresses);
  };
}

describe("a private address in any notation is refused, and nothing reaches it", () => {
  it.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0x7f000001",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "127。0。0。1",
    "１２７.0.0.1",
    "%31%32%37.0.0.1",
    "0.0.0.0",
    "0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "feed.localhost",
    "169.254.169.254",
    "10.0.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "[fd00::1]",
    "[fe80::1]",
  ])("http://%s", async (host) => {
    const server = await feedServer();
    const timing = noDelays({ resolve: resolverOf({ localhost: ["127.0.0.1"] }) });
    const error = await failureOf(
      fetchTestFeed({ connector: connectorOf({ url: "https://region.fr" }), url: `http://${host}:${server.port}/f` }, timing),
    );
    expect(error).toBeInstanceOf(FeedRefused);
    expect(error.code).toBe("address-refused");
    expect(timing.waits).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it.each(["file:///etc/passwd", "ftp://region.fr/f", "data:text/plain,x", "gopher://region.fr"])("%s is not requested", async (url) => {
    const error = await failureOf(fetchTestFeed({ connector: connectorOf({ url: "https://region.fr" }), url }));
    expect([error.outcome, error.code]).toEqual(["refused", "address-refused"]);
  });
});

describe("a name with a private address", () => {
  it.each([
    ["a private one", ["10.0.0.1"]],
    ["loopback", ["127.0.0.1"]],
    ["a mapped one", ["::ffff:10.0.0.1"]],
    ["a public one and a private one", ["93.184.216.34", "127.0.0.1"]],
    ["link-local", ["fe80::1"]],
  ])("%s is refused, even if another address is public", async (_what, addresses) => {
    const timing = noDelays({ resolve: resolverOf({ "flux.region.fr": addresses }) });
    const error = await failureOf(fetchTestFeed({ connector: connectorOf({ url: "http://flux.region.fr/f" }) }, timing));
    expect(error).toBeInstanceOf(FeedRefused);
    expect(error.params).toEqual({ host: "flux.region.fr" });
  });

  it("is resolved once per connection, and refused even if it is public later", async () => {
    let lookups = 0;
    const resolve: LookupFunction = (_host, _options, callback) => {
      lookups++;
      callback(null, [{ address: lookups === 1 ? "10.0.0.1" : "93.184.216.34", family: 4 }]);
    };
    const error = await failureOf(fetchTestFeed({ connector: connectorOf({ url: "http://flux.region.fr/f" }) }, noDelays({ resolve })));
    expect([error.code, lookups]).toEqual(["address-refused", 1]);
  });

  it("is allowed if connector or operator allow its name and port", async () => {
    const server = await feedServer();
    const timing = noDelays({ resolve: resolverOf({ "flux.region.fr": ["127.0.0.1"] }) });
    const url = `http://flux.region.fr:${server.port}/f`;
    server.on("/f", { body: "by the connector" }, { body: "by the operator" });
    const byConnector = await fetchTestFeed({ connector: connectorOf({ url, allowHosts: ["flux.region.fr"] }) }, timing);
    const byOperator = await fetchTestFeed({ connector: connectorOf({ url }), allowHosts: [`FLUX.region.fr.:${server.port}`] }, timing);
    expect([...(await textsOf(byConnector)), ...(await textsOf(byOperator))]).toEqual(["by the connector", "by the operator"]);
    const error = await failureOf(fetchTestFeed({ connector: connectorOf({ url }), allowHosts: ["flux.region.fr:1"] }, timing));
    expect(error.code).toBe("address-refused");
  });

  it("that is unknown is unreachable, not refused", async () => {
    const error = await failureOf(
      fetchTestFeed({ connector: connectorOf({ url: "http://nobody.fr/f" }) }, noDelays({ resolve: resolverOf({}) })),
    );
    expect(error).toBeInstanceOf(FeedUnreachable);
    expect(error.params).toEqual({ url: "http://nobody.fr/f", reason: "ENOTFOUND" });
  });
});

describe("redirects", () => {
  it("are followed to the feed, at most five", async () => {
    const server = await feedServer();
    const url = server.on("/0", { status: 301, headers: { location: "/1" } });
    for (const step of [1, 2, 3, 4])
      server.on(`/${step}`, { status: 302 + (step % 2), headers: { location: `${server.origin}/${step + 1}` } });
    server.on("/5", { body: "here" });
    expect(await textsOf(await fetchTestFeed({ connector: connectorOf({ url }), allowHosts: [server.host] }))).toEqual(["here"]);
  });

  it("to a private address are refused, even from an allowed address", async () => {
    const [server, secret] = [await feedServer(), await feedServer()];
    for (const target of [
      `${secret.origin}/admin`,
      `http://localhost:${secret.port}/`,
      "http://169.254.169.254/latest",
      "file:///etc/passwd",
    ]) {
      const url = server.on("/f", { status: 302, headers: { location: target } });
      const error = await failureOf(fetchTestFeed({ connector: connectorOf({ url }), allowHosts: [server.host] }));
      expect([error.outcome, error.code]).toEqual(["refused", "address-refused"]);
    }
    expect(secret.requests).toEqual([]);
  });

  it("in a loop, and more than five, are refused", async () => {
    const server = await feedServer();
    const circle = server.on("/a", { status: 302, headers: { location: "/b" } });
    server.on("/b", { status: 302, headers: { location: "/a#again" } });
    const long = server.on("/0", { status: 302, headers: { location: "/1" } });
    for (const step of [1, 2, 3, 4, 5]) server.on(`/${step}`, { status: 302, headers: { location: `/${step + 1}` } });
    for (const url of [circle, long]) {
      const error = await failureOf(fetchTestFeed({ connector: connectorOf({ url }), allowHosts: [server.host] }));
      expect([error.outcome, error.code]).toEqual(["refused", "too-many-redirects"]);
    }
  });

  it("without a target are refused like any status", async () => {
    const server = await feedServer();
    const error = await failureOf(
      fetchTestFeed({ connector: connectorOf({ url: server.on("/f", { status: 302 }) }), allowHosts: [server.host] }),
    );
    expect([error.code, error.params.status]).toEqual(["http-refused", 302]);
  });
});
