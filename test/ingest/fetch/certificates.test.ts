import { createPrivateKey } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { ServerOptions } from "node:https";
import type { LookupFunction } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { Feed } from "../../../src/kit/feed.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, noDelays, temporaryFolder, textsOf } from "../../support/fetch-test-feed.ts";
import { expiredCertificate, goodCertificate } from "../../support/test-certificates.ts";

const loopback: LookupFunction = (_hostname, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);
const environment = {
  CA: goodCertificate.cert,
  CERTIFICATE: goodCertificate.cert,
  KEY: goodCertificate.key,
  OTHER_KEY: expiredCertificate.key,
  LOCKED_KEY: createPrivateKey(goodCertificate.key)
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "phrase" })
    .toString(),
  PHRASE: "phrase\n",
  WRONG_PHRASE: "phrasé",
  NO_PEM: "bm90IGEgcGVt",
  BROKEN: "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----",
};

/** Fetches `/f` of this server with these certificates, without the system's authorities. */
function ask(server: FeedServer, tls: Feed["tls"], more: Readonly<Record<string, string>> = {}, hosts: readonly string[] = []) {
  const connector = connectorOf({ url: `${server.origin}/f`, ...(tls === undefined ? {} : { tls }) });
  const request = { connector, environment: { ...environment, ...more }, allowHosts: [server.host, ...hosts] };
  return fetchTestFeed(request, noDelays({ resolve: loopback }));
}

/** Server with a certificate of `CA` that requires a client certificate. */
const wanting: ServerOptions = { ...goodCertificate, ca: goodCertificate.cert, requestCert: true };
const ours = { caFrom: "CA", certificateFrom: "CERTIFICATE", keyFrom: "KEY" };

describe("an authority of the feed's own", () => {
  it("is trusted by its feed, as text, as one line or as a file", async () => {
    const file = join(await temporaryFolder(), "ca.pem");
    await writeFile(file, `Subject: none\n${expiredCertificate.cert}\n${goodCertificate.cert}`);
    for (const CA of [goodCertificate.cert, goodCertificate.cert.replaceAll("\n", "\\n"), `${file}\n`]) {
      const server = await feedServer(goodCertificate);
      server.on("/f", { body: "here" });
      expect(await textsOf(await ask(server, { caFrom: "CA" }, { CA }))).toEqual(["here"]);
    }
  });

  it("is not trusted by other feeds", async () => {
    const error = await failureOf(ask(await feedServer(goodCertificate), undefined));
    expect([error.outcome, error.code]).toEqual(["unreachable", "tls-failed"]);
  });

  it("does not make an expired certificate valid", async () => {
    const error = await failureOf(ask(await feedServer(expiredCertificate), { caFrom: "CA" }, { CA: expiredCertificate.cert }));
    expect([error.outcome, error.code, error.params.reason]).toEqual(["unreachable", "tls-failed", "CERT_HAS_EXPIRED"]);
  });

  it("is trusted in addition to the operator's authorities in NODE_EXTRA_CA_CERTS", async () => {
    const file = join(await temporaryFolder(), "extra.pem");
    await writeFile(file, goodCertificate.cert);
    const server = await feedServer(goodCertificate);
    server.on("/f", { body: "here" });
    await ask(server, { caFrom: "CA" }, { CA: expiredCertificate.cert, NODE_EXTRA_CA_CERTS: file });
    expect(server.requests).toHaveLength(1);
  });
});

describe("a client certificate", () => {
  it("is sent to a server that requires one", async () => {
    const server = await feedServer({ ...wanting, rejectUnauthorized: true });
    server.on("/f", { body: "here" });
    expect(await textsOf(await ask(server, ours))).toEqual(["here"]);
    expect(server.requests[0]?.certificate).toBe("localhost");
  });

  it("may have an encrypted key", async () => {
    const server = await feedServer({ ...wanting, rejectUnauthorized: true });
    server.on("/f", { body: "here" });
    expect(await textsOf(await ask(server, { ...ours, keyFrom: "LOCKED_KEY", passphraseFrom: "PHRASE" }))).toEqual(["here"]);
  });

  it.each([
    ["TLSv1.2", ["tls-failed"]],
    // In TLS 1.3, the server may close the connection before its alert is read.
    ["TLSv1.3", ["tls-failed", "connection-failed"]],
  ] as const)("that is required (%s) but not declared makes the feed unreachable", async (maxVersion, codes) => {
    const error = await failureOf(ask(await feedServer({ ...wanting, rejectUnauthorized: true, maxVersion }), { caFrom: "CA" }));
    expect(error.outcome).toBe("unreachable");
    expect(codes).toContain(error.code);
  });

  it("is not sent to the target of a redirect", async () => {
    const [server, other] = [await feedServer(wanting), await feedServer({ ...wanting, rejectUnauthorized: false })];
    server.on("/f", { status: 302, headers: { location: `${other.origin}/f` } });
    other.on("/f", { body: "here" });
    await ask(server, ours, {}, [other.host]);
    expect([server.requests[0]?.certificate, other.requests[0]?.certificate]).toEqual(["localhost", null]);
  });
});

describe("an unusable certificate or key is reported by its variable, without a request or its content", () => {
  it.each<[string, NonNullable<Feed["tls"]>, string | undefined]>([
    ["NOT_SET", { caFrom: "NOT_SET" }, undefined],
    ["NO_PEM", { caFrom: "NO_PEM" }, "neither PEM nor the path of its file"],
    ["BROKEN", { caFrom: "BROKEN" }, "no certificate"],
    ["KEY", { caFrom: "KEY" }, "no certificate"],
    ["KEY", { certificateFrom: "KEY", keyFrom: "KEY" }, "no certificate"],
    ["OTHER_KEY", { certificateFrom: "CERTIFICATE", keyFrom: "OTHER_KEY" }, "no key of this certificate"],
    ["CERTIFICATE", { certificateFrom: "CERTIFICATE", keyFrom: "CERTIFICATE" }, "no key of this certificate"],
    ["LOCKED_KEY", { certificateFrom: "CERTIFICATE", keyFrom: "LOCKED_KEY" }, "no key of this certificate"],
    ["LOCKED_KEY", { certificateFrom: "CERTIFICATE", keyFrom: "LOCKED_KEY", passphraseFrom: "WRONG_PHRASE" }, "no key of this certificate"],
    ["NOT_SET", { certificateFrom: "CERTIFICATE", keyFrom: "LOCKED_KEY", passphraseFrom: "NOT_SET" }, undefined],
  ])("%s of %o", async (variable, tls, reason) => {
    const error = await failureOf(ask(await feedServer(goodCertificate), tls));
    expect([error.outcome, error.code, error.params]).toEqual(["refused", "missing-secret", { variable, ...(reason && { reason }) }]);
    expect(inspect(error, { depth: 10 })).not.toMatch(/BEGIN|bm90|phras/);
  });

  it("entered in the console is never read as a path, so it does not tell whether a file exists", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "there.pem"), goodCertificate.cert);
    const reasons = ["there.pem", "missing.pem"].map(async (name) => {
      const server = await feedServer(goodCertificate);
      const connector = connectorOf({ url: `${server.origin}/f`, tls: { caFrom: "CA" } });
      const request = { connector, environment: { CA: join(folder, name) }, storedSecrets: ["CA"], allowHosts: [server.host] };
      return (await failureOf(fetchTestFeed(request, noDelays({ resolve: loopback })))).params;
    });
    const refused = { variable: "CA", reason: "not PEM" };
    expect(await Promise.all(reasons)).toEqual([refused, refused]);
  });
});
