import { describe, expect, it, onTestFinished } from "vitest";
import { discard, openHttpClient } from "../../src/platform/http-client.ts";
import { HttpFailure } from "../../src/platform/http-failure.ts";
import { type FeedServer, feedServer } from "../support/feed-server.ts";

const body = { contentType: "application/json; charset=utf-8", bytes: Buffer.from('{"mot":"clé"}') };

/** Sends a POST request and returns the status. */
async function post(url: string, servers: readonly FeedServer[], headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const client = openHttpClient({ allowHosts: servers.map(({ host }) => host), connectTimeoutMs: 1000 });
  onTestFinished(() => client.close());
  const signal = AbortSignal.timeout(5000);
  const answer = await client.ask({ url: new URL(url), method: "POST", body, headers, secretHeaders: { "x-key": "s3cret" }, signal });
  discard(answer.body);
  return answer.status;
}

const requestsTo = (server: FeedServer) => server.requests.map(({ method, path, body: text }) => `${method} ${path} ${text}`);

describe("a POST", () => {
  it("sends its body unchanged", async () => {
    const server = await feedServer();
    await post(server.on("/f", {}), [server]);
    expect(requestsTo(server)).toEqual(['POST /f {"mot":"clé"}']);
    expect(server.requests[0]?.headers).toMatchObject({ "content-type": body.contentType, "content-length": "14", "x-key": "s3cret" });
  });

  it("uses the content type of the headers if there is one", async () => {
    const server = await feedServer();
    await post(server.on("/f", {}), [server], { "content-type": "application/vnd.api+json" });
    expect(server.requests[0]?.headers["content-type"]).toBe("application/vnd.api+json");
  });

  it.each([307, 308])("redirected on its origin (%d) keeps method, body and secrets", async (status) => {
    const server = await feedServer();
    server.on("/g", {});
    await post(server.on("/f", { status, headers: { location: "/g" } }), [server]);
    expect(requestsTo(server)).toEqual(['POST /f {"mot":"clé"}', 'POST /g {"mot":"clé"}']);
    expect(server.requests[1]?.headers["x-key"]).toBe("s3cret");
  });

  it.each([307, 308])("redirected to another origin (%d) is refused without a request to it", async (status) => {
    const [server, other] = [await feedServer(), await feedServer()];
    const url = server.on("/f", { status, headers: { location: `${other.origin}/g?token=s3cret` } });
    const error = await post(url, [server, other]).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(HttpFailure);
    expect([error.kind, error.params]).toEqual([
      "address-refused",
      { url: `${other.origin}/g?token=***`, reason: "a redirect takes a POST to another site" },
    ]);
  });

  it.each([301, 302, 303])("with another redirect (%d) becomes a GET without a body, even to the same address", async (status) => {
    const server = await feedServer();
    expect(await post(server.on("/f", { status, headers: { location: "/f" } }, { status: 201 }), [server])).toBe(201);
    expect(requestsTo(server)).toEqual(['POST /f {"mot":"clé"}', "GET /f "]);
    expect(server.requests[1]?.headers).not.toHaveProperty("content-type");
  });

  it("that became a GET stays a GET, and goes to another origin without secrets", async () => {
    const [server, other] = [await feedServer(), await feedServer()];
    other.on("/g", { status: 307, headers: { location: "/h" } });
    other.on("/h", {});
    await post(server.on("/f", { status: 303, headers: { location: `${other.origin}/g` } }), [server, other]);
    expect(requestsTo(other)).toEqual(["GET /g ", "GET /h "]);
    for (const { headers } of other.requests) expect(headers).not.toHaveProperty("x-key");
  });

  it("redirected in a circle is refused", async () => {
    const server = await feedServer();
    const error = await post(server.on("/f", { status: 307, headers: { location: "/f" } }), [server]).catch((thrown) => thrown);
    expect(error.kind).toBe("too-many-redirects");
  });
});
