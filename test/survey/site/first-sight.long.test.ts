import { describe, expect, it } from "vitest";
import { judgeFirstSight } from "../../ingest/sites/first-sight/judge-first-sight.ts";
import { readLast, readOnce, workedOn } from "../../ingest/sites/first-sight/sites.ts";
import type { FirstSightSite } from "../../ingest/sites/first-sight/told-aid.ts";
import { siteServer } from "../../support/site-server.ts";
import { surveyedSite } from "../../support/surveyed-site.ts";

async function judged(site: FirstSightSite) {
  const server = await siteServer(() => site.files);
  return judgeFirstSight(await surveyedSite(server, site.list), site);
}

describe("what is proposed for a site at first sight", () => {
  it.each([...workedOn, ...readOnce, ...readLast])("$id: the list is found, and no proposal is wrong", async (site) => {
    expect(await judged(site)).toMatchObject({ isListRight: true, wrong: {} });
  });

  it.each(workedOn)("$id: no fact is lost", async (site) => {
    expect((await judged(site)).lost).toEqual([]);
  });

  it.each([
    ["the sites read once", readOnce, 45 / 46],
    ["the sites read last", readLast, 25 / 26],
  ])("%s: the share of the facts that is found does not get smaller", async (_, sites, share) => {
    const all = await Promise.all(sites.map(judged));
    const [found, lost] = [all.flatMap((site) => site.found).length, all.flatMap((site) => site.lost).length];
    expect(found / (found + lost)).toBeGreaterThanOrEqual(share);
  });
});
