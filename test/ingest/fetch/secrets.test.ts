import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { FeedRefused } from "../../../src/model/run/run-error.ts";
import { feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, textsOf } from "../../support/fetch-test-feed.ts";

const environment = { AGIR_SECRET: "s3cret-value\n", EMPTY: " ", BROKEN: "a\r\nx-evil: 1" };

describe("secrets of a feed", () => {
  it("are sent as headers, named in the environment, without the final line break of files", async () => {
    const server = await feedServer();
    const connector = connectorOf({ url: server.on("/f", { body: "x" }), headersFrom: { client_secret: "AGIR_SECRET" } });
    await fetchTestFeed({ connector, environment, allowHosts: [server.host] });
    expect(server.requests[0]?.headers.client_secret).toBe("s3cret-value");
  });

  it.each(["NOT_SET", "EMPTY", "BROKEN"])("that cannot be sent (%s) are reported by variable, without any request", async (variable) => {
    const server = await feedServer();
    const connector = connectorOf({ url: `${server.origin}/f`, headersFrom: { client_secret: variable } });
    const error = await failureOf(fetchTestFeed({ connector, environment, allowHosts: [server.host] }));
    expect(error).toBeInstanceOf(FeedRefused);
    expect([error.code, error.params.variable]).toEqual(["missing-secret", variable]);
    expect(inspect(error)).not.toContain("x-evil");
  });

  it("are not sent to another origin by a redirect, nor back; other headers are", async () => {
    const [server, other] = [await feedServer(), await feedServer()];
    const url = server.on("/f", { status: 302, headers: { location: `${other.origin}/moved` } });
    other.on("/moved", { status: 302, headers: { location: `${server.origin}/back` } });
    server.on("/back", { body: "x" });
    const connector = connectorOf({
      url: url.replace("http://", "http://jean:s3cret@"),
      headers: { "X-Api-Key": "s3cret", cookie: "s3cret", "x-lang": "fr" },
      headersFrom: { client_secret: "AGIR_SECRET" },
    });
    await fetchTestFeed({ connector, environment, allowHosts: [server.host, other.host] });
    const [first, ...elsewhere] = [...server.requests.slice(0, 1), ...other.requests, ...server.requests.slice(1)];
    expect(first?.headers).toMatchObject({ "x-api-key": "s3cret", cookie: "s3cret", client_secret: "s3cret-value" });
    expect(first?.headers.authorization).toBe(`Basic ${Buffer.from("jean:s3cret").toString("base64")}`);
    for (const { headers } of elsewhere) {
      expect(JSON.stringify(headers)).not.toContain("s3cret");
      expect(headers).not.toHaveProperty("authorization");
      expect(headers["x-lang"]).toBe("fr");
    }
    expect(elsewhere).toHaveLength(2);
  });

  it("are sent after a redirect to the same origin", async () => {
    const server = await feedServer();
    const url = server.on("/f", { status: 307, headers: { location: "/moved" } });
    server.on("/moved", { body: "x" });
    await fetchTestFeed({
      connector: connectorOf({ url, headersFrom: { client_secret: "AGIR_SECRET" } }),
      environment,
      allowHosts: [server.host],
    });
    expect(server.requests[1]?.headers.client_secret).toBe("s3cret-value");
  });

  it("are not sent to a next link on another origin", async () => {
    const [server, other] = [await feedServer(), await feedServer()];
    const url = server.on("/f", { body: { results: [{ id: 1 }], next: `${other.origin}/2` } });
    other.on("/2", { body: { results: [{ id: 2 }], next: null } });
    const feed = { url, headersFrom: { client_secret: "AGIR_SECRET" }, paging: { kind: "nextLink", path: "next" } } as const;
    const connector = connectorOf(feed, { format: "json", recordPath: "results", lines: false });
    const fetched = await fetchTestFeed({ connector, environment, allowHosts: [server.host, other.host] });
    expect(fetched.parts).toHaveLength(2);
    expect(other.requests[0]?.headers).not.toHaveProperty("client_secret");
  });

  it("are not in errors or stored data", async () => {
    const server = await feedServer();
    const path = "/f?apikey=s3cret&page=1";
    const url = server.on(path, { body: "x" }, { status: 404 }, { status: 302, headers: { location: "/login?token=s3cret" } });
    server.on("/login?token=s3cret", { status: 401 });
    const withCredentials = url.replace("http://", "http://jean:s3cret@");
    const request = {
      connector: connectorOf({ urlFrom: "MOISSON_URL_REGION_TEST", headersFrom: { client_secret: "AGIR_SECRET" } }),
      environment: { ...environment, MOISSON_URL_REGION_TEST: withCredentials },
      allowHosts: [server.host],
    };
    const seen = [
      (await fetchTestFeed(request)).parts,
      await failureOf(fetchTestFeed(request)),
      await failureOf(fetchTestFeed(request)),
      await failureOf(fetchTestFeed({ ...request, allowHosts: [] })),
      await failureOf(fetchTestFeed({ ...request, environment: { ...environment, MOISSON_URL_REGION_TEST: "https://jean:s3cret@ /f" } })),
      await failureOf(
        fetchTestFeed({ ...request, environment: { ...environment, MOISSON_URL_REGION_TEST: "ftp://jean:s3cret@region.fr/f" } }),
      ),
    ];
    for (const shown of seen) expect(inspect(shown, { depth: 10 })).not.toContain("s3cret");
    expect(seen.map((shown) => ("code" in shown ? shown.code : "read"))).toEqual([
      "read",
      "http-refused",
      "http-refused",
      "address-refused",
      "address-refused",
      "address-refused",
    ]);
  });

  it("are not in errors or stored data, nor is the token for which they are exchanged", async () => {
    const server = await feedServer();
    const token = { body: { token: "t0ken", error: "for s3cret" } };
    const auth = {
      kind: "tokenExchange",
      url: server.on("/t?key=s3cret", token, token, { body: { error: "s3cret" } }, { status: 401, body: "s3cret" }, { status: 500 }),
      method: "POST",
      headersFrom: { "x-auth-token": "KEY" },
      tokenPath: "token",
    } as const;
    server.on("/t?key=s3cret", { status: 500 }, { status: 500 }, { status: 307, headers: { location: "//10.0.0.1/t?token=s3cret" } });
    const url = server.on("/f", { body: "x" }, { status: 403, body: "t0ken" });
    const request = { connector: connectorOf({ url, auth }), environment: { KEY: "s3cret" }, allowHosts: [server.host] };
    const seen: unknown[] = [await fetchTestFeed(request)];
    for (let ask = 0; ask < 5; ask++) seen.push(await failureOf(fetchTestFeed(request)));
    for (const shown of seen) expect(inspect(shown, { depth: 10, showHidden: true })).not.toMatch(/s3cret|t0ken/);
    expect(seen.map((shown) => (shown as { code?: string }).code)).toEqual([
      undefined,
      "http-refused",
      "token-refused",
      "token-refused",
      "server-busy",
      "address-refused",
    ]);
  });
});

describe("the address of a feed", () => {
  const decode = { format: "json", recordPath: "", lines: false } as const;

  it("is reported by its variable if missing", async () => {
    const error = await failureOf(fetchTestFeed({ connector: connectorOf({ urlFrom: "MOISSON_URL_REGION_TEST" }) }));
    expect([error.outcome, error.code, error.params]).toEqual(["refused", "missing-address", { variable: "MOISSON_URL_REGION_TEST" }]);
  });

  it("is overridden by MOISSON_URL_<ID>, which --url overrides", async () => {
    const server = await feedServer();
    const connector = { ...connectorOf({ url: "https://region.fr/never-asked" }, decode), id: "region-ile-de-france" };
    const request = {
      connector,
      environment: { MOISSON_URL_REGION_ILE_DE_FRANCE: server.on("/override", { body: "1" }) },
      allowHosts: [server.host],
    };
    expect(await textsOf(await fetchTestFeed(request))).toEqual(["1"]);
    expect(await textsOf(await fetchTestFeed({ ...request, url: server.on("/given", { body: "2" }) }))).toEqual(["2"]);
  });

  it("from --url is one part, even for a feed in pages, and keeps its query byte for byte", async () => {
    const server = await feedServer();
    const paging = { kind: "offset", limitParameter: "limit", offsetParameter: "offset", pageSize: 2, parametersIn: "query" } as const;
    const url = server.on("/f?$filter=a%20b&x", { body: "[1,2]" });
    const feed = await fetchTestFeed({
      connector: connectorOf({ url: "https://region.fr/f", paging }, decode),
      url,
      allowHosts: [server.host],
    });
    expect([feed.parts.length, feed.stoppedEarly, feed.parts[0]?.url]).toEqual([1, null, url]);
  });
});
