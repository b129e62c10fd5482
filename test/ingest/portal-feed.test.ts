import pc from "picocolors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/cli/render/render-report.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { feedServer } from "../support/feed-server.ts";
import { newHarvest } from "../support/harvest.ts";

const records = [{ id: "1", titre: "Rénover un toit" }];
const question = "/api/1/datasets/aides/";

describe("a feed from a portal's dataset", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  async function onPortal() {
    const server = await feedServer();
    const dataset = { portal: "dataGouv", api: `${server.origin}/api/1`, id: "aides", format: "json" } as const;
    const harvest = await newHarvest(catalogue, { feed: { dataset } });
    const answerWith = (license: string, url = "/aides.json") =>
      server.on(question, {
        body: {
          title: "Aides \u001b[31mde la région",
          license,
          frequency: "daily",
          organization: { name: "Région Exemple" },
          resources: [{ title: "aides", format: "json", url, last_modified: "2026-11-24T10:00:00+00:00" }],
        },
      });
    const night = () => harvest.run({}, { allowHosts: [server.host] });
    return { server, harvest, answerWith, night };
  }

  it("is read, and its report contains the portal's description without terminal escapes", async () => {
    const { server, answerWith, night } = await onPortal();
    answerWith("lov2");
    server.on("/aides.json", { body: records });
    const report = await night();
    expect(report).toMatchObject({
      outcome: "applied",
      counts: { created: 1 },
      feed: { url: `${server.origin}/aides.json`, dataset: { licence: "lov2", organisation: "Région Exemple", file: "aides" } },
    });
    expect(report.issues.map(({ code }) => code)).not.toContain("licence-differs");
    const [run] = await catalogue.runs.list({ connector: report.connector, limit: 1 });
    expect(run?.report?.feed.dataset).toEqual(report.feed.dataset);
    expect(renderReport(report, "Région Exemple", pc.createColors(false))).toContain(
      'dataset       Aides \\u001b[31mde la région, of Région Exemple, licence lov2, changes daily, file "aides", of 2026-11-24T10:00:00+00:00',
    );
  });

  it("is reported for another licence than the connector's, also if its file is unchanged", async () => {
    const { server, answerWith, night } = await onPortal();
    const differs = { code: "licence-differs", examples: [{ locator: null, params: { licence: "openlicence20", portal: "odc-odbl" } }] };
    server.on("/aides.json", { body: records, headers: { etag: '"v1"' } }, { status: 304 }, { status: 304 });
    answerWith("odc-odbl");
    expect((await night()).issues).toContainEqual(expect.objectContaining({ code: "licence-differs", severity: "warning", count: 1 }));
    answerWith("odc-odbl");
    const unchanged = await night();
    expect(unchanged).toMatchObject({ outcome: "unchanged", feed: { dataset: { licence: "odc-odbl" } } });
    expect(unchanged.issues.filter(({ code }) => code === "licence-differs")).toMatchObject([{ ...differs, count: 1 }]);
    answerWith("lov2");
    const mended = await night();
    expect([mended.outcome, mended.issues.filter(({ code }) => code === "licence-differs")]).toEqual(["unchanged", []]);
    expect(server.requests.filter(({ path }) => path === "/aides.json").map(({ headers }) => headers["if-none-match"])).toEqual([
      undefined,
      '"v1"',
      '"v1"',
    ]);
  });

  it("is requested unconditionally at another address than the last one", async () => {
    const { server, answerWith, night } = await onPortal();
    answerWith("lov2", "/1/aides.json");
    server.on("/1/aides.json", { body: records, headers: { etag: '"v1"' } });
    await night();
    answerWith("lov2", "/2/aides.json");
    server.on("/2/aides.json", { body: records, headers: { etag: '"v1"' } });
    expect(await night()).toMatchObject({ outcome: "unchanged", feed: { url: `${server.origin}/2/aides.json` } });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-none-match");
  });

  it("is refused without a file in the format, with the available formats", async () => {
    const { server, harvest, night } = await onPortal();
    server.on(question, { body: { title: "Aides", resources: [{ title: "a", format: "csv", url: "/a.csv" }] } });
    expect(await night()).toMatchObject({ outcome: "refused", error: { code: "no-such-file", params: { format: "json", found: "csv" } } });
    expect(await harvest.rows()).toEqual([]);
  });
});
