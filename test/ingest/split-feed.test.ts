import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { feedServer } from "../support/feed-server.ts";
import { newHarvest } from "../support/harvest.ts";

const aid = (id: number) => ({ id: String(id), titre: `Aide ${id}` });

describe("a feed fetched in divisions", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  async function split() {
    const server = await feedServer();
    const harvest = await newHarvest(catalogue, {
      feed: {
        url: `${server.origin}/f?type={type}`,
        paging: { kind: "page", pageParameter: "page", sizeParameter: "size", pageSize: 2 },
        split: { window: 2, facets: [{ name: "type", values: ["a", "b"] }] },
      },
      decode: { format: "json", recordPath: "aides", total: "count" },
    });
    const answer = (query: string, ids: readonly number[], count: number) =>
      server.on(`/f?${query}size=2&page=1`, { body: { count, aides: ids.map(aid) } });
    const night = (options = {}) => harvest.run(options, { allowHosts: [server.host] });
    return { server, harvest, answer, night };
  }

  it("is applied completely: the total of a division causes no doubt, also when the snapshot is run again", async () => {
    const { harvest, answer, night } = await split();
    answer("", [1, 2], 3);
    answer("type=a&", [1, 2], 2);
    answer("type=b&", [3], 1);
    const report = await night();
    expect(report).toMatchObject({ outcome: "applied", counts: { received: 3, created: 3 } });
    const again = await night({ snapshot: report.feed.sha256 ?? "" });
    expect(again).toMatchObject({ outcome: "unchanged", counts: { received: 3 } });
    for (const { issues } of [report, again]) expect(issues.map(({ code }) => code)).not.toContain("announced-total-differs");
    expect(await harvest.rows()).toHaveLength(3);
  });

  it("is applied with a record received twice; the second one is skipped as a copy", async () => {
    const { answer, night } = await split();
    answer("", [1, 2], 3);
    answer("type=a&", [1, 2], 2);
    answer("type=b&", [2, 3], 2);
    expect(await night()).toMatchObject({ outcome: "applied", counts: { received: 4, created: 3, skipped: 1, rejected: 0 } });
  });

  it("writes nothing with fewer records than announced, also when its snapshot is run again", async () => {
    const { harvest, answer, night } = await split();
    answer("", [1, 2], 4);
    answer("type=a&", [1, 2], 2);
    answer("type=b&", [3], 1);
    const report = await night();
    const incomplete = {
      outcome: "stopped-early",
      error: { code: "walk-incomplete", params: { reason: "split-incomplete", received: 3, announced: 4 } },
      counts: { created: 3, missing: 0 },
    };
    expect(report).toMatchObject(incomplete);
    for (let time = 1; time <= 2; time++) expect(await night({ snapshot: report.feed.sha256 ?? "" })).toMatchObject(incomplete);
    expect(await harvest.rows()).toEqual([]);
  });

  it("that is complete another night in the same parts is complete when its snapshot is run again", async () => {
    const { server, answer, night } = await split();
    for (const announced of [4, 3]) {
      answer("", [1, 2], announced);
      answer("type=a&", [1, 2], 2);
      answer("type=b&", [3], 1);
    }
    const [broken, whole] = [await night(), await night()];
    expect([broken.outcome, whole.outcome, broken.feed.sha256]).toEqual(["stopped-early", "applied", whole.feed.sha256]);
    expect(await night({ snapshot: whole.feed.sha256 ?? "" })).toMatchObject({ outcome: "unchanged" });
    expect(server.requests).toHaveLength(6);
  });
});
