import { describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/kit/feed.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { connectorOf, failureOf, fetchTestFeed, textsOf } from "../../support/fetch-test-feed.ts";

const dataGouv = { portal: "dataGouv", id: "aides ouvertes", format: "csv" } as const;
const question = "/api/1/datasets/aides%20ouvertes/";

/** A resource as udata describes it. */
function resource(title: string, url: string, more: Record<string, unknown> = {}) {
  return {
    id: "205bfae4-5c52-4f37-8f87-d1286f8bb798",
    title,
    type: "main",
    filetype: "file",
    format: "csv",
    url,
    latest: `https://portal.example.org/api/1/datasets/r/${title}`,
    filesize: 7,
    checksum: { type: "sha1", value: "abc123" },
    created_at: "2024-01-01T00:00:00+00:00",
    last_modified: "2026-10-01T08:00:00.123000+00:00",
    ...more,
  };
}

function answerOf(...resources: readonly unknown[]) {
  return {
    body: {
      title: "Aides ouvertes",
      license: "lov2",
      frequency: "weekly",
      organization: { name: "Région Exemple", class: "Organization" },
      resources,
    },
  };
}

function ask(server: FeedServer, dataset: Omit<Dataset, "api"> = dataGouv, more: Partial<Parameters<typeof fetchTestFeed>[0]> = {}) {
  const connector = connectorOf({ dataset: { ...dataset, api: `${server.origin}/api/1/` } }, { format: "csv", headerRow: 1 });
  return fetchTestFeed({ connector, allowHosts: [server.host], ...more });
}

describe("a dataset of data.gouv.fr", () => {
  it("is its newest file in the format, with the portal's description", async () => {
    const server = await feedServer();
    server.on(
      question,
      answerOf(
        resource("old.csv", `${server.origin}/old.csv`),
        resource("new.csv", `${server.origin}/new.csv`, { format: "CSV", last_modified: "2026-10-02T07:00:00+00:00" }),
        resource("newest.xlsx", `${server.origin}/newest.xlsx`, { format: "xlsx", last_modified: "2026-11-01T00:00:00+00:00" }),
        resource("notice.csv", `${server.origin}/notice.csv`, { type: "documentation", last_modified: "2026-11-02T00:00:00+00:00" }),
      ),
    );
    server.on("/new.csv", { body: "id\n1\n", headers: { etag: '"v2"', "last-modified": "Fri, 02 Oct 2026 07:00:00 GMT" } });
    const feed = await ask(server);
    expect(await textsOf(feed)).toEqual(["id\n1\n"]);
    expect(feed).toMatchObject({
      parts: [{ name: "new.csv", url: `${server.origin}/new.csv` }],
      etag: '"v2"',
      lastModified: "Fri, 02 Oct 2026 07:00:00 GMT",
      dataset: {
        title: "Aides ouvertes",
        organisation: "Région Exemple",
        licence: "lov2",
        frequency: "weekly",
        file: "new.csv",
        fileChangedAt: "2026-10-02T07:00:00+00:00",
      },
    });
  });

  it("is the newest of the files with the declared words in the title", async () => {
    const server = await feedServer();
    server.on(
      question,
      answerOf(
        resource("Aides en cours (Région)", "/current.csv"),
        resource("Aides closes", "/closed.csv", { last_modified: "2026-11-01T00:00:00+00:00" }),
      ),
    );
    server.on("/current.csv", { body: "id\n1\n" });
    expect((await ask(server, { ...dataGouv, titled: "region COURS" })).parts[0]?.name).toBe("current.csv");
  });

  it("without such a file is refused with the available formats or titles", async () => {
    const server = await feedServer();
    const files = answerOf(
      resource("a", "/a", { format: "json" }),
      resource("b", "/b", { format: "xlsx" }),
      resource("c", "/c", { format: null }),
    );
    server.on(question, files, files, answerOf());
    expect(await failureOf(ask(server))).toMatchObject({
      outcome: "refused",
      code: "no-such-file",
      params: { format: "csv", found: "json, xlsx" },
    });
    expect((await failureOf(ask(server, { ...dataGouv, format: "JSON", titled: "aides" }))).params).toEqual({
      format: "JSON",
      titled: "aides",
      found: "a",
    });
    expect((await failureOf(ask(server))).params).toEqual({ format: "csv", found: "" });
  });

  it("is requested conditionally only if its file is the one that the validators came from", async () => {
    const server = await feedServer();
    const validators = { etag: '"v1"', lastModified: null, url: `${server.origin}/a.csv` };
    server.on(question, answerOf(resource("a", "/a.csv")), answerOf(resource("a", "/a2.csv")));
    server.on("/a.csv", { status: 304 });
    server.on("/a2.csv", { body: "id\n" });
    const same = await ask(server, dataGouv, { validators });
    const other = await ask(server, dataGouv, { validators });
    expect([same.notModified, same.dataset?.title, other.notModified]).toEqual([true, "Aides ouvertes", false]);
    expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"v1"', undefined, undefined]);
  });

  it("has a file address that is checked like that of any feed", async () => {
    const server = await feedServer();
    const addresses = ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/a.csv", "file:///etc/passwd", "http://[", null, 7];
    for (const url of addresses) {
      server.on(question, answerOf(resource("a", url as string)));
      expect(await failureOf(ask(server))).toMatchObject({ outcome: "refused", code: "address-refused" });
    }
  });

  it("sends its secrets to the portal, and to the file's server only if it is the same", async () => {
    const [server, other] = [await feedServer(), await feedServer()];
    server.on(question, answerOf(resource("a", "/a.csv")), answerOf(resource("a", `${other.origin}/a.csv`)));
    server.on("/a.csv", { body: "id\n" });
    other.on("/a.csv", { body: "id\n" });
    const dataset = { ...dataGouv, api: `${server.origin}/api/1` };
    const connector = connectorOf({ dataset, headersFrom: { "x-api-key": "KEY" } }, { format: "csv", headerRow: 1 });
    const request = { connector, environment: { KEY: "s3cret" }, allowHosts: [server.host, other.host] };
    await fetchTestFeed(request);
    await fetchTestFeed(request);
    expect(server.requests.map(({ headers }) => headers["x-api-key"])).toEqual(["s3cret", "s3cret", "s3cret"]);
    expect(JSON.stringify(other.requests[0]?.headers)).not.toContain("s3cret");
  });

  it.each([
    [{ status: 404 }, { outcome: "refused", code: "http-refused" }],
    [{ status: 410 }, { outcome: "refused", code: "http-refused" }],
    [{ body: "<html><title>Maintenance</title></html>" }, { outcome: "unreadable", code: "no-such-path", params: { path: "resources" } }],
    [{ body: { message: "error" } }, { outcome: "unreadable", code: "no-such-path" }],
    [{ body: { resources: { a: 1 } } }, { outcome: "unreadable", code: "no-such-path" }],
  ])("with the answer %j is not a feed", async (answer, failure) => {
    const server = await feedServer();
    server.on(question, answer);
    expect(await failureOf(ask(server))).toMatchObject(failure);
  });

  it("of an overloaded portal is retried, then unreachable", async () => {
    const server = await feedServer();
    server.on(question, { status: 503 }, { status: 503 }, { status: 503 });
    expect(await failureOf(ask(server))).toMatchObject({ outcome: "unreachable", code: "server-busy" });
  });

  it("is not requested if the feed has another address", async () => {
    const server = await feedServer();
    const url = server.on("/by-hand.csv", { body: "id\n" }, { body: "id\n" });
    const given = await ask(server, dataGouv, { url });
    const inEnvironment = await ask(server, dataGouv, { environment: { MOISSON_URL_REGION_TEST: url } });
    for (const feed of [given, inEnvironment]) expect([feed.parts.length, feed.dataset]).toEqual([1, null]);
  });
});

describe("a dataset of a CKAN portal", () => {
  it("is its newest file in the format; times are in UTC, and an unchanged file is as old as its creation", async () => {
    const server = await feedServer();
    const file = (name: string, more: Record<string, unknown>) => ({ name, format: "CSV", url: `/${name}`, last_modified: null, ...more });
    server.on("/api/1/3/action/package_show?id=aides%20ouvertes", {
      body: {
        success: true,
        result: {
          title: "Aides",
          license_id: "odc-odbl",
          organization: { name: "region-exemple", title: "Région Exemple" },
          resources: [
            file("a.csv", { created: "2026-03-01T10:00:00.123456", last_modified: "2026-09-01T12:00:00.123456" }),
            file("b.csv", { created: "2026-09-01T12:30:00.000001" }),
            file("c.csv", { created: "someday", last_modified: "" }),
          ],
        },
      },
    });
    server.on("/b.csv", { body: "id\n" });
    const feed = await ask(server, { ...dataGouv, portal: "ckan" });
    expect(feed.dataset).toEqual({
      title: "Aides",
      organisation: "Région Exemple",
      licence: "odc-odbl",
      frequency: null,
      file: "b.csv",
      fileChangedAt: "2026-09-01T12:30:00.000001",
    });
  });

  it("that CKAN refuses is refused", async () => {
    const server = await feedServer();
    const body = { success: false, error: { __type: "Not Found Error", message: "Not found" } };
    server.on("/api/1/3/action/package_show?id=aides%20ouvertes", { status: 404, body }, { body });
    expect(await failureOf(ask(server, { ...dataGouv, portal: "ckan" }))).toMatchObject({ outcome: "refused" });
    expect((await failureOf(ask(server, { ...dataGouv, portal: "ckan" }))).params).toEqual({ path: "result.resources" });
  });
});
