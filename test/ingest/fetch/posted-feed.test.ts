import { expect, it, onTestFinished } from "vitest";
import { feedAddress } from "../../../src/ingest/fetch/feed-address.ts";
import { feedDownloads } from "../../../src/ingest/fetch/feed-downloads.ts";
import type { RequestBody } from "../../../src/ingest/fetch/request-body.ts";
import { openHttpClient } from "../../../src/platform/http-client.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, noDelays, temporaryFolder } from "../../support/fetch-test-feed.ts";

const body: RequestBody = { contentType: "text/plain", bytes: Buffer.from("page 1, clé") };
const validators = { etag: '"v1"', lastModified: null };

async function downloadsOf(server: FeedServer, headers: Readonly<Record<string, string>> = {}) {
  const connector = connectorOf({ url: `${server.origin}/f`, headers, headersFrom: { "x-key": "KEY" } });
  const request = { connector, environment: { KEY: "s3cret" }, allowHosts: [server.host], spoolFolder: temporaryFolder };
  const client = openHttpClient({ allowHosts: request.allowHosts, connectTimeoutMs: 1000 });
  onTestFinished(() => client.close());
  return feedDownloads(request, feedAddress(request), client, noDelays());
}

it("each page of a feed with a body is requested by POST with its own body, and with the same one after an error", async () => {
  const server = await feedServer();
  server.on("/f", { status: 503 }, { body: "[1]" }, { body: "[2]" });
  const downloads = await downloadsOf(server);
  await downloads.page(new URL(`${server.origin}/f`), 1, body);
  await downloads.page(new URL(`${server.origin}/f`), 2, { contentType: "application/json", bytes: Buffer.from("{}") });
  expect(server.requests.map(({ method, body: text, headers }) => [method, text, headers["content-type"], headers["x-key"]])).toEqual([
    ["POST", "page 1, clé", "text/plain", "s3cret"],
    ["POST", "page 1, clé", "text/plain", "s3cret"],
    ["POST", "{}", "application/json", "s3cret"],
  ]);
});

it("a feed with a body is requested unconditionally, and 304 is not a valid answer", async () => {
  const server = await feedServer();
  server.on("/f", { body: "x" }, { status: 304 });
  const downloads = await downloadsOf(server);
  expect((await downloads.whole(validators, body)).part?.bytes).toBe(1);
  expect(await failureOf(downloads.whole(validators, body))).toMatchObject({ code: "http-refused", params: { status: 304 } });
  for (const { headers } of server.requests) expect(headers).not.toHaveProperty("if-none-match");
});
