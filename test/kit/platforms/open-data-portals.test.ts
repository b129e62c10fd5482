import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { ckan, dataGouv } from "../../../src/kit/platforms/open-data-portals.ts";
import { identifier } from "../../../src/kit/rules/identifier.ts";
import { text } from "../../../src/kit/rules/texts.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { readServed } from "../../support/read-served.ts";

const about = {
  publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "11" }, licence: "unknown" },
  decode: { format: "csv" },
  fields: { externalId: identifier("id"), name: text("titre") },
} satisfies Partial<ConnectorInput>;
const csv = { body: "id,titre\n1,Une aide\n2,Une autre\n" };

const read = (server: FeedServer, connector: ConnectorInput) => readServed(server, connector, { environment: { KEY: "s3cret" } });

describe("a dataset of a portal", () => {
  it("uses the API of data.gouv.fr by default", () => {
    expect(dataGouv({ ...about, id: "of-data-gouv", dataset: "aides-exemple", format: "csv" }).feed).toEqual({
      dataset: { portal: "dataGouv", api: "https://www.data.gouv.fr/api/1", id: "aides-exemple", format: "csv" },
    });
  });

  it("of udata: reads the newest file of the format whose title has the words", async () => {
    const server = await feedServer();
    const file = (title: string, day: string) => ({
      title,
      type: "main",
      format: "csv",
      url: `${server.origin}/${title}.csv`,
      last_modified: `2026-10-${day}T08:00:00+00:00`,
    });
    server.on("/api/1/datasets/aides-exemple/", {
      body: { title: "Aides", license: "lov2", resources: [file("aides", "01"), file("aides-en-cours", "02"), file("closes", "03")] },
    });
    server.on("/aides-en-cours.csv", csv);
    const connector = dataGouv({
      ...about,
      id: "of-udata",
      api: `${server.origin}/api/1`,
      dataset: "aides-exemple",
      format: "csv",
      titled: "aides",
    });
    const { aids, feed } = await read(server, connector);
    expect([...aids.keys()]).toEqual(["1", "2"]);
    expect(feed).toMatchObject({ parts: [{ url: `${server.origin}/aides-en-cours.csv` }], dataset: { licence: "lov2" } });
  });

  it("of CKAN, with a secret in a header", async () => {
    const server = await feedServer();
    server.on("/api/3/action/package_show?id=aides-exemple", {
      body: {
        success: true,
        result: {
          title: "Aides",
          resources: [{ name: "aides", format: "CSV", url: `${server.origin}/a.csv`, created: "2026-10-01T08:00:00" }],
        },
      },
    });
    server.on("/a.csv", csv);
    const connector = ckan({
      ...about,
      id: "of-ckan",
      api: `${server.origin}/api`,
      dataset: "aides-exemple",
      format: "csv",
      feed: { headersFrom: { "x-api-key": "KEY" } },
    });
    expect((await read(server, connector)).received).toBe(2);
    expect(server.requests.at(-1)?.headers).toMatchObject({ "x-api-key": "s3cret" });
  });

  it.each([
    ["a portal that does not know it", { status: 404, body: { message: "Not Found" } }, "http-refused"],
    [
      "no file of the format",
      { body: { title: "Aides", resources: [{ title: "a", type: "main", format: "pdf", url: "/a.pdf" }] } },
      "no-such-file",
    ],
    ["an answer without files", { body: { error: "…" } }, "no-such-path"],
  ])("is not read: %s", async (_, answer, code) => {
    const server = await feedServer();
    server.on("/api/1/datasets/gone/", answer);
    const connector = dataGouv({ ...about, id: "gone", api: `${server.origin}/api/1`, dataset: "gone", format: "csv" });
    expect(await failureOf(read(server, connector))).toMatchObject({ code });
  });
});
