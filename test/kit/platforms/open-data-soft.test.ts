import { describe, expect, it } from "vitest";
import { decodeFeed } from "../../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../../src/ingest/decode/decoded.ts";
import type { FetchedFeed } from "../../../src/ingest/fetch/fetched-feed.ts";
import { createRecordMapper } from "../../../src/ingest/map/record-mapper.ts";
import type { Connector } from "../../../src/kit/definition.ts";
import { split } from "../../../src/kit/expressions/expression.ts";
import { openDataSoft } from "../../../src/kit/platforms/open-data-soft.ts";
import { constant } from "../../../src/kit/rules/constant.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { list } from "../../../src/kit/rules/list.ts";
import { text } from "../../../src/kit/rules/texts.ts";
import { checkConnector } from "../../../src/registry/check-connector.ts";
import { RegistryError } from "../../../src/registry/registry-error.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { failureOf, fetchTestFeed } from "../../support/fetch-test-feed.ts";
import { lookupOf } from "../../support/read-value.ts";

type Version = NonNullable<Parameters<typeof openDataSoft>[0]["version"]>;

const exportsPath = "/api/explore/v2.1/catalog/datasets/aides%40region/exports/json";
const explorePath = "/api/explore/v2.1/catalog/datasets/aides%40region/records";
const recordsPath = "/api/records/1.0/search/?dataset=aides%40region";

function connectorOn(version: Version, changes: Partial<Parameters<typeof openDataSoft>[0]> = {}): Connector {
  const at = version === "records-v1" ? "fields." : "";
  const definition = openDataSoft({
    id: "region-exemple",
    publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
    domain: "data.example.org",
    dataset: "aides@region",
    version,
    ...changes,
    fields: { externalId: identifier(`${at}id`), name: text(`${at}titre`), keywords: list(split(`${at}mots`, ";")), ...changes.fields },
  });
  const checked = checkConnector(definition);
  if ("problems" in checked) throw new RegistryError(checked.problems.map((problem) => ({ file: "in the test", ...problem })));
  return checked.connector;
}

/** Fetches a portal's feed from the test server. */
async function fetched(server: FeedServer, connector: Connector): Promise<FetchedFeed> {
  const { origin, href = "" } = new URL(connector.feed.url ?? "");
  const environment = { MOISSON_URL_REGION_EXEMPLE: href.replace(origin, server.origin) };
  return fetchTestFeed({ connector, environment, allowHosts: [server.host] });
}

/** Maps the records of a feed that are not skipped. */
async function mapped({ parts }: FetchedFeed, connector: Connector) {
  const mapper = createRecordMapper(connector, lookupOf(), null);
  const drafts = [];
  for await (const batch of decodeFeed(parts, connector.decode, defaultDecodeLimits))
    for (const found of batch) if (found.kind === "record") drafts.push(mapper.map(found).draft);
  return drafts;
}

/** Returns records as in API v2.1, numbered from `from`. */
const flat = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: from + index, titre: `Aide ${from + index}`, mots: ["Eau", "Air"] }));
const inFields = (from: number, count: number) =>
  flat(from, count).map((fields) => ({
    datasetid: "aides@region",
    recordid: `r${fields.id}`,
    fields: { ...fields, mots: fields.mots.join(";") },
    record_timestamp: "2026-11-24T04:00:00.000Z",
  }));
const quota = { errorcode: 10002, call_limit: 10000, limit_time_unit: "day", error: "Too many requests on the domain." };

describe("a dataset of an OpenDataSoft portal", () => {
  it.each<[Version, string, string, Record<string, unknown> | readonly unknown[] | string]>([
    ["exports", exportsPath, "", flat(1, 2)],
    ["exports-csv", `${exportsPath.replace(/json$/, "csv")}?delimiter=%3B`, "", "\ufeffid;titre;mots\r\n1;Aide 1;Eau\r\n2;Aide 2;Eau\r\n"],
    ["explore-v2.1", explorePath, "?limit=100&offset=0", { total_count: 2, results: flat(1, 2) }],
    ["records-v1", recordsPath, "&rows=100&start=0", { nhits: 2, parameters: { start: 0 }, records: inFields(1, 2) }],
  ])("gives the same aids by %s", async (version, path, paged, body) => {
    const connector = connectorOn(version);
    expect(connector.feed.url).toBe(`https://data.example.org${path}`);
    const server = await feedServer();
    server.on(path + paged, { body });
    const drafts = await mapped(await fetched(server, connector), connector);
    expect(drafts.map(({ externalId, content }) => [externalId, content.name])).toEqual([
      ["1", "Aide 1"],
      ["2", "Aide 2"],
    ]);
    if (version !== "exports-csv") expect(drafts[0]?.content.keywords).toEqual(["Air", "Eau"]);
    expect(drafts[0]?.content.importDataUrl).toBe("https://data.example.org/explore/dataset/aides%40region/information/");
  });

  it("reads one list without pages by default", () => {
    const { feed, decode } = connectorOn("exports", { version: undefined as never });
    expect(feed).toEqual({ url: `https://data.example.org${exportsPath}` });
    expect(decode).toMatchObject({ format: "json", recordPath: ["records", ""], fieldsUnder: "fields" });
  });

  it("rules of the connector take precedence, and its ignored fields are added", () => {
    const own = constant("https://example.org/licence");
    const { fields, ignored } = connectorOn("records-v1", { ignored: ["geo"], fields: { importDataUrl: own } as Connector["fields"] });
    expect(fields.importDataUrl).toEqual(own);
    expect(ignored).toEqual(expect.arrayContaining(["recordid", "geo"]));
  });

  it("reads pages up to the announced total, even if a page fails twice", async () => {
    const connector = connectorOn("explore-v2.1");
    const server = await feedServer();
    const busy = { status: 503, body: "<html>…</html>" };
    server.on(`${explorePath}?limit=100&offset=0`, { body: { total_count: 201, results: flat(1, 100) } });
    server.on(`${explorePath}?limit=100&offset=100`, busy, busy, { body: { total_count: 202, results: flat(101, 100) } });
    server.on(`${explorePath}?limit=100&offset=200`, { body: { total_count: 202, results: flat(201, 2) } });
    const feed = await fetched(server, connector);
    expect(feed).toMatchObject({ announcedTotal: 202, stoppedEarly: null });
    expect(await mapped(feed, connector)).toHaveLength(202);
  });

  it.each([
    [
      "the server goes no further",
      { status: 400, body: { error_code: "InvalidRESTParameterError", message: "Invalid value" } },
      "page-failed",
    ],
    ["an error comes with 200", { body: { error_code: "ODSQLError", message: "…" } }, "not-a-page"],
    ["a page comes again", { body: { total_count: 300, results: flat(1, 100) } }, "repeated-page"],
    ["fewer come than were announced", { body: { total_count: 300, results: [] } }, "empty-page"],
  ])("stops early if %s", async (_, answer, reason) => {
    const server = await feedServer();
    server.on(`${explorePath}?limit=100&offset=0`, { body: { total_count: 300, results: flat(1, 100) } });
    server.on(`${explorePath}?limit=100&offset=100`, answer);
    const { stoppedEarly, parts } = await fetched(server, connectorOn("explore-v2.1"));
    expect(stoppedEarly).toMatchObject({ code: "walk-incomplete", params: { page: 2, received: 100, announced: 300, reason } });
    expect(parts).toHaveLength(1);
  });

  it.each([
    ["the quota of the portal is used up", { status: 429, headers: { "retry-after": "3600" }, body: quota }, "server-busy"],
    ["the list is cut short", { body: flat(1, 50), cutAfter: 500 }, "body-cut-short"],
    ["the dataset is gone", { status: 404, body: { error_code: "ODSQLError", message: "Unknown dataset" } }, "http-refused"],
  ])("is not read if %s", async (_, answer, code) => {
    const server = await feedServer();
    server.on(exportsPath, ...Array.from({ length: code === "body-cut-short" ? 3 : 1 }, () => answer));
    expect(await failureOf(fetched(server, connectorOn("exports")))).toMatchObject({ code });
  });

  it("reads a response of the older search API with the paths of the export", async () => {
    const server = await feedServer();
    const exported = connectorOn("exports");
    server.on(exportsPath, { body: `\ufeff${JSON.stringify({ nhits: 2, records: inFields(1, 2) })}` });
    const drafts = await mapped(await fetched(server, exported), exported);
    expect(drafts).toMatchObject([1, 2].map((n) => ({ externalId: `${n}`, content: { name: `Aide ${n}`, keywords: ["Air", "Eau"] } })));
  });

  it("is not read by pages in the format of another version", async () => {
    const server = await feedServer();
    server.on(`${recordsPath}&rows=100&start=0`, { body: { total_count: 2, results: flat(1, 2) } });
    const searched = connectorOn("records-v1");
    const feed = await fetched(server, searched);
    expect(await failureOf(mapped(feed, searched))).toMatchObject({ code: "no-such-path" });
  });
});
