import type { LookupFunction } from "node:net";
import { describe, expect, it } from "vitest";
import { feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, noDelays, textsOf } from "../../support/fetch-test-feed.ts";
import { expiredCertificate, goodCertificate } from "../../support/test-certificates.ts";

const loopback: LookupFunction = (_hostname, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);

async function ask(certificate: { key: string; cert: string }, ca: string | undefined, name = "localhost") {
  const server = await feedServer(certificate);
  const timing = noDelays({ resolve: loopback, ...(ca === undefined ? {} : { ca }) });
  const connector = connectorOf({ url: `https://${name}:${server.port}/f`, allowHosts: [name] });
  return { server, timing, feed: fetchTestFeed({ connector }, timing) };
}

describe("TLS", () => {
  it("with a trusted certificate is read", async () => {
    const { server, feed } = await ask(goodCertificate, goodCertificate.cert);
    server.on("/f", { body: "secret garden" });
    expect(await textsOf(await feed)).toEqual(["secret garden"]);
  });

  it.each([
    ["signed by nobody we trust", goodCertificate, undefined, "localhost", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["expired", expiredCertificate, expiredCertificate.cert, "localhost", "CERT_HAS_EXPIRED"],
    ["of another host", goodCertificate, goodCertificate.cert, "flux.region.fr", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("with a certificate %s is unreachable, and not retried", async (_what, certificate, ca, name, reason) => {
    const { timing, feed } = await ask(certificate, ca, name);
    const error = await failureOf(feed);
    expect([error.outcome, error.code, error.params.reason]).toEqual(["unreachable", "tls-failed", reason]);
    expect(timing.waits).toEqual([]);
  });

  it("on a server with plain HTTP is unreachable", async () => {
    const server = await feedServer();
    const error = await failureOf(
      fetchTestFeed(
        { connector: connectorOf({ url: `https://localhost:${server.port}/f`, allowHosts: ["localhost"] }) },
        noDelays({ resolve: loopback }),
      ),
    );
    expect([error.outcome, error.code]).toEqual(["unreachable", "tls-failed"]);
  });
});
