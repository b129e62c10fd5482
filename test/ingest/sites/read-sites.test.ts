import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { flattened } from "../../support/made-aids.ts";
import { siteNights } from "../../support/site-nights.ts";
import { type SiteFile, siteServer } from "../../support/site-server.ts";
import { madeAid } from "./made-pages.ts";
import { departmentGuide, foundation, jsonLdAgency, rssWithPages, searchForm, sitemapSite, soft404 } from "./made-sites.ts";
import { drupal, ez, platformAids, sitesFaciles, spip, typo3, wordpress } from "./platform-sites.ts";

type Files = Readonly<Record<string, SiteFile>>;

/** `validates`: false for a site without ETags, of which only the list is read again before the recheck interval. */
const sites: readonly {
  readonly id: string;
  readonly files: (origin: string) => Files;
  readonly count?: number;
  readonly validates?: false;
}[] = [
  { id: "site-spip", files: () => spip },
  { id: "site-drupal", files: () => drupal },
  { id: "site-wordpress", files: () => wordpress },
  { id: "site-typo3", files: () => typo3 },
  { id: "site-ez", files: () => ez },
  { id: "site-sites-faciles", files: () => sitesFaciles },
  { id: "site-guide", files: departmentGuide, validates: false },
  { id: "site-rss", files: rssWithPages },
  { id: "site-sitemap", files: sitemapSite, count: 300 },
  { id: "site-agency", files: jsonLdAgency },
  { id: "site-api", files: soft404 },
  { id: "site-foundation", files: foundation },
  { id: "site-search", files: searchForm, count: 100 },
];

describe("the pages of a site", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it.each(sites)(
    "$id: all pages are read, and again with at most 5 % of the bytes",
    async ({ id, files, count = platformAids, validates }) => {
      const server = await siteServer(files);
      const { connector, night } = await siteNights(catalogue, id, server);
      const first = await night(0);
      expect(first.error).toBeNull();
      expect(first).toMatchObject({ outcome: "applied", counts: { received: count, created: count, rejected: 0 } });
      const all = server.sent();
      expect(server.requests.filter(({ path }) => path === "/robots.txt")).toHaveLength(1);
      expect(server.requests.map(({ agent }) => agent)).toContain("Moisson (harvester of public aids; contact: aides@exemple.fr)");

      const [aid] = (await flattened(catalogue.aids.list({ connector }))).filter(({ name }) => name === madeAid(7).title);
      expect(aid?.description).toContain(madeAid(7).purpose.slice(0, 30));
      expect(aid?.eligibility).toContain(madeAid(7).audience);

      const again = await night(validates === false ? 1 : 8);
      expect(again.outcome).toMatch(/^(applied|unchanged)$/);
      expect(again.counts).toMatchObject({ received: count, created: 0, updated: 0, missing: 0 });
      expect(server.sent() / all).toBeLessThanOrEqual(0.05);
    },
  );

  it("has a connector of at most 40 lines in the median", () => {
    const folder = new URL("connectors/", import.meta.url);
    const lengths = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8").trimEnd().split("\n").length);
    const median = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)];
    expect(lengths).toHaveLength(sites.length);
    expect(median).toBeLessThanOrEqual(40);
  });
});
