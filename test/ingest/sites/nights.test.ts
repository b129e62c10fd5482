import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { siteNights } from "../../support/site-nights.ts";
import { siteServer } from "../../support/site-server.ts";
import { madeAid } from "./made-pages.ts";
import { foundation, redesignedPage, sitemapSite } from "./made-sites.ts";

describe("a site, night after night", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("is read over several nights if it is large: it counts as complete when each page has been read", async () => {
    const server = await siteServer(foundation);
    const { night } = await siteNights(catalogue, "site-foundation", server, { perNight: { pages: 15, megabytes: 100 } });
    const nights = [];
    for (const day of [0, 1, 2]) {
      const { outcome, error, counts } = await night(day);
      const pages = server.requests.filter(({ path }) => path.startsWith("/appels/"));
      nights.push({ outcome, read: error?.params.read, created: counts.created, asked: new Set(pages.map(({ path }) => path)).size });
    }
    expect(nights).toEqual([
      { outcome: "stopped-early", read: 15, created: 15, asked: 15 },
      { outcome: "stopped-early", read: 30, created: 30, asked: 15 },
      { outcome: "applied", read: undefined, created: 40, asked: 10 },
    ]);
  });

  it("requests a page again when the list says that it changed, and others after the recheck interval", async () => {
    const server = await siteServer(sitemapSite);
    const { night } = await siteNights(catalogue, "site-sitemap", server);
    await night(0);
    await night(1);
    expect(server.requests.filter(({ path }) => path.startsWith("/aides/"))).toEqual([]);

    const changed = String(server.files.get("/aides/aide-7")).replace("Le département aide", "La région aide");
    server.files.set("/aides/aide-7", changed);
    server.files.set("/sitemap-0.xml.gz", {
      type: "application/xml",
      body: Array.from(
        { length: 150 },
        (_, index) =>
          `<url><loc>${server.origin}/aides/aide-${index + 1}</loc><lastmod>2026-11-${index === 6 ? "20" : "02"}</lastmod></url>`,
      )
        .join("")
        .replace(/^.*$/s, '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">$&</urlset>'),
    });
    expect(await night(2)).toMatchObject({ outcome: "applied", counts: { received: 300, updated: 1 } });
    expect(server.requests.map(({ path }) => path).filter((path) => path.startsWith("/aides/"))).toEqual(["/aides/aide-7"]);
  });

  it("is run again offline from its snapshot, and read again after the connector was corrected", async () => {
    const server = await siteServer(foundation);
    const { night } = await siteNights(catalogue, "site-foundation", server);
    const { feed } = await night(0);
    const requests = server.requests.length;
    expect(await night(0, { snapshot: feed.sha256 ?? "" })).toMatchObject({ outcome: "unchanged", counts: { received: 40 } });
    for (let number = 1; number <= 40; number++) server.files.set(`/appels/${number}`, redesignedPage(madeAid(number)));
    const broken = await night(8);
    expect(requests).toBeGreaterThan(40);
    expect(broken.outcome).toBe("stopped-early");
    // Pages that were not the expected ones are requested again the next night.
    for (const [path, file] of Object.entries(foundation())) server.files.set(path, file);
    expect(await night(9)).toMatchObject({ outcome: "unchanged", error: null, counts: { received: 40, rejected: 0 } });
  });

  it("keeps its pages when the list ends early", async () => {
    const server = await siteServer(foundation);
    const { night } = await siteNights(catalogue, "site-foundation", server);
    await night(0);
    const list = server.files.get("/aides") ?? "";
    server.files.set("/aides", String(list).replace(/<li data-id="2\d">.*?<\/li>/g, ""));
    expect((await night(1)).outcome).toBe("stopped-early");
    server.files.set("/aides", list);
    expect(await night(2)).toMatchObject({ outcome: "unchanged", counts: { received: 40 } });
    expect(server.requests.filter(({ path }) => path.startsWith("/appels/"))).toEqual([]);
  });

  it("asks nothing that robots.txt forbids, and waits between two pages as it says", async () => {
    const server = await siteServer(foundation);
    server.files.set("/robots.txt", { type: "text/plain", body: "User-agent: *\nCrawl-delay: 0.2\nDisallow: /appels/2\n" });
    const { night } = await siteNights(catalogue, "site-foundation", server, { perNight: { pages: 3, megabytes: 100 } });
    const report = await night(0);
    const pages = server.requests.filter(({ path }) => path.startsWith("/appels/"));
    expect(pages.map(({ path }) => path)).toEqual(["/appels/1", "/appels/3", "/appels/4"]);
    const pauses = pages.slice(1).map(({ at }, index) => at - (pages[index]?.at ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(190);
    expect(report.issues.find(({ code }) => code === "page-failed")?.examples[0]?.params).toEqual({ reason: "robots" });
  });
});
