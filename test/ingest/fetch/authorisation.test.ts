import { describe, expect, it } from "vitest";
import type { Auth } from "../../../src/kit/feed.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, noDelays, textsOf } from "../../support/fetch-test-feed.ts";

const environment = { KEY: "lasting-key\n", NAME: "jeanne", PASSWORD: "mot€de:passe", CLIENT: "cli ent", SECRET: "s3cret/+" };

/** Returns a feed of this server with its token on another path. */
function feedOf(server: FeedServer, auth: Auth, path = "/f", more: Partial<Parameters<typeof connectorOf>[0]> = {}) {
  return { connector: connectorOf({ url: server.origin + path, auth, ...more }), environment, allowHosts: [server.host] };
}

const exchange = (url: string): Auth => ({
  kind: "tokenExchange",
  url,
  method: "POST",
  headersFrom: { "X-AUTH-TOKEN": "KEY" },
  tokenPath: "token",
});
const grant = (tokenUrl: string, more: Partial<Extract<Auth, { kind: "clientCredentials" }>> = {}): Auth => ({
  kind: "clientCredentials",
  tokenUrl,
  clientIdFrom: "CLIENT",
  clientSecretFrom: "SECRET",
  credentialsIn: "header",
  ...more,
});
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const authorizations = (server: FeedServer, path: string) =>
  server.requests.filter((request) => request.path.startsWith(path)).map(({ headers }) => headers.authorization);

describe("a feed is requested with credentials", () => {
  it.each<[string, Auth, string]>([
    ["by name and password", { kind: "basic", usernameFrom: "NAME", passwordFrom: "PASSWORD" }, basic("jeanne:mot€de:passe")],
    ["by a lasting token", { kind: "bearer", tokenFrom: "KEY" }, "Bearer lasting-key"],
  ])("%s", async (_how, auth, authorization) => {
    const server = await feedServer();
    server.on("/f", { body: "x" });
    await fetchTestFeed(feedOf(server, auth));
    expect(authorizations(server, "/f")).toEqual([authorization]);
  });

  it.each(["GET", "POST"] as const)("by a token in exchange for a key (%s)", async (method) => {
    const server = await feedServer();
    server.on("/connexion", { body: { data: { jwt: "t0ken" } } });
    server.on("/f", { body: "x" });
    await fetchTestFeed(feedOf(server, { ...exchange(`${server.origin}/connexion`), method, tokenPath: "data.jwt" } as Auth));
    expect(server.requests[0]).toMatchObject({ path: "/connexion", method, body: "", headers: { "x-auth-token": "lasting-key" } });
    expect(server.requests[1]?.headers).toMatchObject({ authorization: "Bearer t0ken" });
    expect(server.requests[1]?.headers).not.toHaveProperty("x-auth-token");
  });

  it("by a token for client credentials in the header", async () => {
    const server = await feedServer();
    server.on("/oauth", { body: { access_token: "t0ken", token_type: "bearer", expires_in: 3600 } });
    server.on("/f", { body: "x" });
    await fetchTestFeed(feedOf(server, grant(`${server.origin}/oauth`, { scope: "aides:lire", audience: "https://api.region.fr" })));
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", authorization: basic("cli+ent:s3cret%2F%2B") },
      body: "grant_type=client_credentials&scope=aides%3Alire&audience=https%3A%2F%2Fapi.region.fr",
    });
    expect(authorizations(server, "/f")).toEqual(["Bearer t0ken"]);
  });

  it("by a token for client credentials in the form", async () => {
    const server = await feedServer();
    server.on("/oauth", { body: { access_token: "t0ken" } });
    server.on("/f", { body: "x" });
    await fetchTestFeed(feedOf(server, grant(`${server.origin}/oauth`, { credentialsIn: "body" })));
    expect(server.requests[0]?.body).toBe("grant_type=client_credentials&client_id=cli+ent&client_secret=s3cret%2F%2B");
    expect(authorizations(server, "/")).toEqual([undefined, "Bearer t0ken"]);
  });

  it.each<[string, Auth]>([
    ["NAME", { kind: "basic", usernameFrom: "NAME", passwordFrom: "KEY" }],
    ["NAME", { kind: "basic", usernameFrom: "KEY", passwordFrom: "NAME" }],
    ["NAME", { kind: "bearer", tokenFrom: "NAME" }],
    ["NAME", { ...exchange("https://region.fr/t"), headersFrom: { "x-key": "NAME" } } as Auth],
    ["NAME", grant("https://region.fr/t", { clientIdFrom: "NAME" })],
    ["NAME", grant("https://region.fr/t", { clientSecretFrom: "NAME" })],
  ])("and a missing secret is reported by its variable (%s) without any request", async (variable, auth) => {
    const server = await feedServer();
    const error = await failureOf(fetchTestFeed({ ...feedOf(server, auth), environment: { KEY: "k", CLIENT: "c", SECRET: "s" } }));
    expect([error.outcome, error.code, error.params]).toEqual(["refused", "missing-secret", { variable }]);
  });
});

describe("a token", () => {
  const paging = { kind: "nextLink", path: "next" } as const;
  const page = (id: number, next: string | null) => ({ body: { results: [{ id }], next } });
  const results = { format: "json", recordPath: "results", lines: false } as const;
  const walk = (server: FeedServer, auth: Auth) => {
    const { connector, ...request } = feedOf(server, auth, "/1", { paging });
    return { ...request, connector: { ...connector, decode: results } };
  };
  const answer = (value: string, expires_in?: number | string) => ({ body: { access_token: value, expires_in } });

  it("is kept for all pages, and renewed before it expires", async () => {
    for (const [life, tokens] of [
      [3600, ["a", "a", "a"]],
      [undefined, ["a", "a", "a"]],
      ["3600", ["a", "a", "a"]],
      [20, ["a", "b", "c"]],
    ] as const) {
      const server = await feedServer();
      server.on("/oauth", ...[...new Set(tokens)].map((value) => answer(value, life)));
      server.on("/1", page(1, "/2"));
      server.on("/2", page(2, "/3"));
      server.on("/3", page(3, null));
      expect((await fetchTestFeed(walk(server, grant(`${server.origin}/oauth`)))).stoppedEarly).toBeNull();
      expect(authorizations(server, "/").filter((sent) => sent?.startsWith("Bearer"))).toEqual(tokens.map((value) => `Bearer ${value}`));
    }
  });

  it("that is refused between pages is renewed, and the page requested again", async () => {
    const server = await feedServer();
    server.on("/connexion", { body: { token: "a" } }, { body: { token: "b" } });
    server.on("/1", page(1, "/2"));
    server.on("/2", { status: 401 }, page(2, "/3"));
    server.on("/3", page(3, null));
    const timing = noDelays();
    const feed = await fetchTestFeed(walk(server, exchange(`${server.origin}/connexion`)), timing);
    expect([feed.parts.length, feed.stoppedEarly]).toEqual([3, null]);
    expect(["/1", "/2", "/3"].flatMap((path) => authorizations(server, path))).toEqual(["Bearer a", "Bearer a", "Bearer b", "Bearer b"]);
    expect(timing.waits).toEqual([1000]);
  });

  it("that is refused occasionally is renewed twice per page, after a pause", async () => {
    const server = await feedServer();
    server.on("/connexion", ...["a", "b", "c", "d", "e"].map((token) => ({ body: { token } })));
    server.on("/1", { status: 401 }, { status: 401 }, page(1, "/2"));
    server.on("/2", { status: 401 }, { status: 401 }, page(2, null));
    const timing = noDelays();
    expect((await fetchTestFeed(walk(server, exchange(`${server.origin}/connexion`)), timing)).parts).toHaveLength(2);
    expect(timing.waits).toEqual([1000, 2000, 1000, 2000]);
  });

  it("that stays refused ends the run as refused, or the walk at that page", async () => {
    const server = await feedServer();
    const stays = [{ status: 401 }, { status: 401 }, { status: 401 }];
    server.on("/connexion", ...[1, 2, 3, 4, 5, 6].map((token) => ({ body: { token: `t${token}` } })));
    server.on("/1", ...stays, page(1, "/2"));
    server.on("/2", ...stays);
    const request = walk(server, exchange(`${server.origin}/connexion`));
    const error = await failureOf(fetchTestFeed(request));
    expect([error.outcome, error.code, error.params]).toEqual(["refused", "http-refused", { status: 401, url: `${server.origin}/1` }]);
    const { parts, stoppedEarly } = await fetchTestFeed(request);
    expect([parts.length, stoppedEarly?.params.error, stoppedEarly?.params.status]).toEqual([1, "http-refused", 401]);
  });

  it("that cannot be renewed between pages stops the walk early", async () => {
    const server = await feedServer();
    server.on("/oauth", answer("a", 3600), { status: 400, body: { error: "invalid_client" } });
    server.on("/f?page=1", { body: [1, 2] });
    server.on("/f?page=2", { body: [3] });
    server.on("/f?page=3", { status: 401 });
    const byPage = { kind: "page", pageParameter: "page", firstPage: 1, parametersIn: "query" } as const;
    const { parts, stoppedEarly } = await fetchTestFeed(feedOf(server, grant(`${server.origin}/oauth`), "/f", { paging: byPage }));
    expect([parts.length, stoppedEarly?.params.error, stoppedEarly?.params.because]).toEqual([2, "token-refused", "invalid_client"]);
  });

  it("is sent only to the feed's own origin: not after a redirect, not with a next link, not on the way back", async () => {
    const [server, other] = [await feedServer(), await feedServer()];
    server.on("/connexion", { body: { token: "t0ken" } });
    server.on("/1", { status: 302, headers: { location: `${other.origin}/1` } });
    other.on("/1", page(1, "/2"));
    other.on("/1b", { status: 302, headers: { location: `${server.origin}/back` } });
    server.on("/back", page(2, null));
    server.on("/2", page(3, `${other.origin}/1b`));
    await fetchTestFeed({ ...walk(server, exchange(`${server.origin}/connexion`)), allowHosts: [server.host, other.host] });
    expect([...server.requests, ...other.requests].map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/connexion", undefined],
      ["/1", "Bearer t0ken"],
      ["/2", "Bearer t0ken"],
      ["/back", undefined],
      ["/1", undefined],
      ["/1b", undefined],
    ]);
  });

  it("is issued by its own server, which alone receives the key", async () => {
    const [server, tokens] = [await feedServer(), await feedServer()];
    const auth = exchange(tokens.on("/connexion", { body: { token: "t0ken" } }));
    server.on("/f", { body: "x" });
    const request = feedOf(server, auth, "/f", { headersFrom: { "x-own": "NAME" } });
    expect(await textsOf(await fetchTestFeed({ ...request, allowHosts: [server.host, tokens.host] }))).toEqual(["x"]);
    expect(tokens.requests[0]?.headers).not.toHaveProperty("x-own");
    expect(JSON.stringify(server.requests)).not.toContain("lasting-key");
  });
});
