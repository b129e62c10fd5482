import { describe, expect, it } from "vitest";
import { runErrorMessage } from "../../../src/cli/english/runs.ts";
import { type FeedServer, feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, noDelays, textsOf } from "../../support/fetch-test-feed.ts";

/** Fetches a feed that requires a token; the token server gives these answers. */
async function ask(answers: readonly ScriptedAnswer[], timing = noDelays(), feed: { timeoutSeconds?: number; isNotAsked?: true } = {}) {
  const [server, tokens] = [await feedServer(), await feedServer()];
  const tokenUrl = tokens.on("/oauth?tenant=aides", ...answers);
  const { isNotAsked, ...limits } = feed;
  const auth = {
    kind: "clientCredentials",
    tokenUrl,
    clientIdFrom: "CLIENT",
    clientSecretFrom: "SECRET",
    credentialsIn: "body",
  } as const;
  if (isNotAsked === undefined) server.on("/f", { body: "here" });
  const connector = connectorOf({ url: `${server.origin}/f`, auth, ...limits });
  const environment = { CLIENT: "client", SECRET: "s3cret" };
  return { server, tokens, tokenUrl, feed: fetchTestFeed({ connector, environment, allowHosts: [server.host, tokens.host] }, timing) };
}

const token = { body: { access_token: "t0ken" } };

describe("a server that issues no token", () => {
  it.each([400, 401, 403, 404])("and answers %d refuses the feed, with its address, and is requested once", async (status) => {
    const { feed, tokenUrl } = await ask([{ status, body: { error: "invalid_client" } }], noDelays(), { isNotAsked: true });
    const error = await failureOf(feed);
    expect([error.outcome, error.code]).toEqual(["refused", "token-refused"]);
    expect(error.params).toEqual({ url: tokenUrl, status, reason: "invalid_client" });
  });

  it.each<[string, ScriptedAnswer, object]>([
    ["an error with status 200", { body: { error: "invalid_scope" } }, { path: "access_token", reason: "invalid_scope" }],
    ["an error in words that may hold the secret", { body: { error: "s3cret is wrong" } }, { path: "access_token" }],
    ["a web page", { body: "<!doctype html>", headers: { "content-type": "text/html" } }, { path: "access_token" }],
    ["a token that is no text", { body: { access_token: { a: 1 } } }, { path: "access_token" }],
    ["an empty token", { body: { access_token: "" } }, { path: "access_token" }],
    ["a token that would write a header", { body: { access_token: "a\r\nx-evil: 1" } }, { path: "access_token" }],
    ["no body", { status: 204 }, { path: "access_token" }],
    ["too much", { body: { access_token: "x".repeat(70_000) } }, { limitKb: 64 }],
    ["a bomb", { body: `{"access_token":"t","x":"${"x".repeat(1_000_000)}"}`, encoding: "gzip" }, { limitKb: 64 }],
  ])("but %s refuses the feed, with the reason", async (_what, answer, params) => {
    const { feed, tokenUrl } = await ask([answer], noDelays(), { isNotAsked: true });
    const error = await failureOf(feed);
    expect([error.outcome, error.code, error.params]).toEqual(["refused", "token-refused", { url: tokenUrl, ...params }]);
  });

  it("is reported in a sentence", () => {
    const url = "https://region.fr/oauth";
    expect([
      runErrorMessage("token-refused", { url, status: 401, reason: "invalid_client" }),
      runErrorMessage("token-refused", { url, path: "data.token" }),
      runErrorMessage("token-refused", { url, limitKb: 64 }),
    ]).toEqual([
      "no token for the feed: https://region.fr/oauth answered 401 (invalid_client); check its secrets",
      'no token for the feed under "data.token" in the answer of https://region.fr/oauth',
      "no token for the feed in an answer of more than 64 KB of https://region.fr/oauth",
    ]);
  });
});

describe("an overloaded token server", () => {
  it("is retried, no sooner than it requests", async () => {
    const timing = noDelays();
    const { feed } = await ask([{ status: 429, headers: { "retry-after": "7" } }, { status: 503 }, token], timing);
    expect(await textsOf(await feed)).toEqual(["here"]);
    expect(timing.waits).toEqual([7000, 2000]);
  });

  it.each([429, 500, 503])("three times (%d) is unreachable", async (status) => {
    const { feed, tokenUrl } = await ask([{ status }, { status }, { status }], noDelays(), { isNotAsked: true });
    const error = await failureOf(feed);
    expect([error.outcome, error.code, error.params]).toEqual(["unreachable", "server-busy", { status, url: tokenUrl }]);
  });

  it.each<[string, () => ScriptedAnswer]>([
    ["says nothing", () => ({ silent: true })],
    ["drips", () => ({ body: drip() })],
  ])("and %s is unreachable after the timeout", async (_what, answer) => {
    const { feed, tokenUrl } = await ask([answer(), answer(), answer()], noDelays(), { timeoutSeconds: 0.1, isNotAsked: true });
    const error = await failureOf(feed);
    expect([error.outcome, error.code, error.params]).toEqual(["unreachable", "timed-out", { url: tokenUrl, seconds: 0.1 }]);
  });
});

describe("a token server that redirects", () => {
  const location = (server: FeedServer, path: string) => ({ location: `${server.origin}${path}` });

  it.each([302, 307])("to a private address (%d) is refused, and receives nothing", async (status) => {
    const hidden = await feedServer();
    const { feed } = await ask([{ status, headers: location(hidden, "/admin") }], noDelays(), { isNotAsked: true });
    const error = await failureOf(feed);
    expect([error.outcome, error.code]).toEqual(["refused", "address-refused"]);
    expect(hidden.requests).toEqual([]);
  });

  it("on its own origin (308) receives the request", async () => {
    const { feed, tokens } = await ask([{ status: 308, headers: { location: "/v2/oauth" } }]);
    tokens.on("/v2/oauth", token);
    await feed;
    expect(tokens.requests.map(({ method, body }) => [method, body])).toEqual(
      Array(2).fill(["POST", "grant_type=client_credentials&client_id=client&client_secret=s3cret"]),
    );
  });
});

async function* drip(): AsyncGenerator<string> {
  for (;;) {
    yield " ";
    await new Promise((next) => setTimeout(next, 10));
  }
}
