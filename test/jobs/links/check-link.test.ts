import { createServer } from "node:net";
import { createSecureContext } from "node:tls";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { checkLink } from "../../../src/jobs/links/check-link.ts";
import { type HttpClientOptions, openHttpClient } from "../../../src/platform/http-client.ts";
import { type FeedServer, feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { expiredCertificate } from "../../support/test-certificates.ts";

const going = new AbortController().signal;

function clientFor(allowHosts: readonly string[], more: Partial<HttpClientOptions> = {}) {
  const client = openHttpClient({ allowHosts, connectTimeoutMs: 1_000, ...more });
  onTestFinished(() => client.close());
  return client;
}

/** Returns the verdict on a server's link in one line: state, status, reason, details. */
async function looked(link: string, server: FeedServer, withinMs?: number): Promise<string> {
  const { state, status, reason, restSeconds } = await checkLink(clientFor([server.host]), link, going, withinMs);
  return [state, status, reason, ...(restSeconds > 0 ? [`rest ${restSeconds}`] : [])].filter((word) => word !== null).join(" ");
}

const html = { "content-type": "text/html; charset=utf-8" };
const page = (title: string, more = ""): ScriptedAnswer => ({ headers: html, body: `<!doctype html><title>${title}</title>${more}` });

describe("a link is alive", () => {
  it("if its page exists, of any type and length", async () => {
    const server = await feedServer();
    expect(await looked(server.on("/aides/renovation", page("Aide à la rénovation")), server)).toBe("alive 200");
    expect(await looked(server.on("/reglement.pdf", { headers: { "content-type": "application/pdf" }, body: "%PDF" }), server)).toBe(
      "alive 200",
    );
    expect(await looked(server.on("/compresse", { ...page("Aide"), encoding: "br" }), server)).toBe("alive 200");
    expect(await looked(server.on("/coupe", { ...page("Aide"), cutAfter: 5 }), server)).toBe("alive 200");
    async function* endless() {
      for (;;) yield "<p>Aide</p>".repeat(500);
    }
    expect(await looked(server.on("/sans-fin", { headers: html, body: endless() }), server)).toBe("alive 200");
  });

  it("if it redirects to another page", async () => {
    const server = await feedServer();
    const moved = server.on("/ancienne/aide-12", { status: 301, headers: { location: "/nouvelle/aide-12" } });
    server.on("/nouvelle/aide-12", page("Aide"));
    expect(await looked(moved, server)).toBe("alive 200");
  });

  it("if it is the entry of a site, which may redirect to its home page", async () => {
    const server = await feedServer();
    server.on("/", page("Accueil"), page("Accueil"));
    expect(await looked(server.on("/portail", { status: 302, headers: { location: "/" } }), server)).toBe("alive 200");
    expect(await looked(server.on("/fr/", { status: 302, headers: { location: "/" } }), server)).toBe("alive 200");
  });

  it("identifies us in the request", async () => {
    const server = await feedServer();
    await looked(server.on("/aide", page("Aide")), server);
    expect(server.requests[0]?.headers["user-agent"]).toMatch(/^Moisson/);
  });
});

describe("a link fails", () => {
  it.each([404, 410])("if the page does not exist: %i", async (status) => {
    const server = await feedServer();
    expect(await looked(server.on("/aide", { ...page("Page non trouvée"), status }), server)).toBe(`failing ${status} not-found`);
  });

  it("if it redirects endlessly", async () => {
    const server = await feedServer();
    const one = server.on("/a", { status: 302, headers: { location: "/b" } });
    server.on("/b", { status: 302, headers: { location: "/a" } });
    expect(await looked(one, server)).toBe("to-check redirect-loop");
  });

  it.each([
    ["/aides/2024/renovation", "/"],
    ["/aide-a-la-renovation", "/fr/"],
    ["/fiche.php?id=12", "/accueil"],
    ["/aides/12", "/index.php"],
  ])("if a deep page redirects to the home page: %s to %s", async (deep, home) => {
    const server = await feedServer();
    server.on(home, page("Accueil"));
    expect(await looked(server.on(deep, { status: 302, headers: { location: home } }), server)).toBe("failing 200 redirected-home");
  });

  it("if its server refuses connections", async () => {
    const server = await feedServer();
    const link = `${server.origin}/aide`;
    await server.close();
    expect(await looked(link, server)).toBe("failing connection-refused");
  });

  it("if its host does not resolve", async () => {
    const client = clientFor([], {
      resolve: (_host, _options, callback) => callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []),
    });
    expect(await checkLink(client, "https://no-such-host.example/aide", going)).toMatchObject({ state: "failing", reason: "unknown-host" });
  });
});

describe("a link needs a check by a person and does not fail", () => {
  it.each([400, 401, 403, 405, 406, 451, 500, 502, 504])("if the server answers %i", async (status) => {
    const server = await feedServer();
    expect(await looked(server.on("/aide", { status, body: "non" }), server)).toBe(`to-check ${status} http-status`);
  });

  it.each([
    [429, { "retry-after": "120" }, 120],
    [503, { "retry-after": "30" }, 30],
    [429, {}, 600],
    [503, { "retry-after": "999999999" }, 86_400],
  ])("if the server asks for a pause: %i %o", async (status, headers, rest) => {
    const server = await feedServer();
    expect(await looked(server.on("/aide", { status, headers }), server)).toBe(`to-check ${status} http-status rest ${rest}`);
  });

  it.each([
    ["a challenge with status 200", page("Just a moment...", "<script>window._cf_chl_opt = {}</script>")],
    ["a challenge in French", page("V&eacute;rification de s&eacute;curit&eacute;")],
    ["a wall with status 404", { ...page("Access Denied"), status: 404 }],
    ["a wall declared in a header", { status: 202, headers: { "x-amzn-waf-action": "challenge" } }],
    ["a captcha", page("site", '<script src="https://geo.captcha-delivery.com/captcha/"></script>')],
  ] as [string, ScriptedAnswer][])("if the server blocks robots: %s", async (_title, answer) => {
    const server = await feedServer();
    expect(await looked(server.on("/aides/aide-12", answer), server)).toMatch(/^to-check \d+ robot-wall/);
  });

  it("if the title says that the page is missing, and the status does not", async () => {
    const server = await feedServer();
    expect(await looked(server.on("/aide", page("Erreur 404 - Page introuvable | Région")), server)).toBe("to-check 200 says-not-found");
  });

  it("if it redirects to the home page of another site, where the page may still exist", async () => {
    const server = await feedServer();
    server.on("/aides/aide-12", { status: 301, headers: { location: `http://new.example:${server.port}/` } });
    server.on("/", page("Accueil"));
    const client = clientFor(["old.example", "new.example"], {
      resolve: (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
    });
    const looked = await checkLink(client, `http://old.example:${server.port}/aides/aide-12`, going);
    expect(looked).toMatchObject({ state: "to-check", reason: "redirected-to-other-home" });
  });

  it("if it redirects to a private address, which is not requested", async () => {
    const [outside, inside] = [await feedServer(), await feedServer()];
    const link = outside.on("/aide", { status: 302, headers: { location: `${inside.origin}/secret` } });
    expect(await looked(link, outside)).toBe("to-check address-refused");
    expect(inside.requests).toEqual([]);
  });

  it.each([
    "http://127.0.0.1/aide",
    "http://localhost/",
    "http://[::1]/",
    "http://169.254.169.254/latest",
    "ftp://example.org/aide",
    "aide",
  ])("if it is not a public address: %s", async (link) => {
    expect(await checkLink(clientFor([]), link, going)).toMatchObject({ state: "to-check", reason: "address-refused" });
  });

  it("if it does not answer in time", async () => {
    const server = await feedServer();
    expect(await looked(server.on("/aide", { silent: true }), server, 100)).toBe("to-check timed-out rest 600");
  });

  it("if the certificate has expired", async () => {
    const server = await feedServer(expiredCertificate);
    const client = clientFor([server.host], { tls: { trusting: createSecureContext({ ca: expiredCertificate.cert }) } });
    expect(await checkLink(client, `${server.origin}/aide`, going)).toMatchObject({ state: "to-check", reason: "tls-failed" });
  });

  it("if the connection breaks before an answer, or the answer is not HTTP", async () => {
    for (const said of ["", "SSH-2.0-OpenSSH\r\n"]) {
      const server = createServer((socket) => void socket.end(said)).listen(0, "127.0.0.1");
      onTestFinished(() => void server.close());
      await new Promise((ready) => server.once("listening", ready));
      const address = server.address();
      const port = typeof address === "object" ? address?.port : null;
      const looked = await checkLink(clientFor(["127.0.0.1"]), `http://127.0.0.1:${port}/aide`, going);
      expect(looked).toMatchObject({ state: "to-check", reason: "connection-failed" });
    }
  });
});

describe("a cancelled check", () => {
  it("throws the reason, before and during the request", async () => {
    const server = await feedServer();
    const reason = new Error("the worker ends");
    await expect(checkLink(clientFor([]), "http://example.org/", AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const link = server.on("/aide", { silent: true });
    const looking = checkLink(clientFor([server.host]), link, controller.signal);
    looking.catch(() => undefined);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    controller.abort(reason);
    await expect(looking).rejects.toBe(reason);
  });
});
