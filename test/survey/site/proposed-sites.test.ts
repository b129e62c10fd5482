import { describe, expect, it } from "vitest";
import { writeConnector } from "../../../src/survey/write/write-connector.ts";
import { type Fact, judgeProposal } from "../../ingest/sites/judge-proposal.ts";
import { madeAids } from "../../ingest/sites/made-pages.ts";
import { departmentGuide, foundation, jsonLdAgency, rssWithPages, sitemapSite } from "../../ingest/sites/made-sites.ts";
import { community, regionalAgency } from "../../ingest/sites/other-sites.ts";
import { drupal, ez, sitesFaciles, spip, typo3, wordpress } from "../../ingest/sites/platform-sites.ts";
import { type SiteFile, siteServer } from "../../support/site-server.ts";
import { surveyedSite } from "../../support/surveyed-site.ts";

const sites: readonly {
  readonly id: string;
  readonly files: (origin: string) => Readonly<Record<string, SiteFile>>;
  readonly path: string;
  readonly told: readonly Fact[];
  /** Default: the list and three pages. */
  readonly requests?: number;
}[] = [
  { id: "spip", files: () => spip, path: "/spip.php?rubrique3", told: ["audience", "amount", "contact"] },
  { id: "drupal", files: () => drupal, path: "/aides", told: ["audience", "deadline"] },
  { id: "wordpress", files: () => wordpress, path: "/aides/", told: ["audience", "amount"] },
  { id: "typo3", files: () => typo3, path: "/aides", told: ["audience", "deadline"] },
  { id: "ez", files: () => ez, path: "/Guide/Aides", told: ["audience", "deadline"] },
  { id: "sites-faciles", files: () => sitesFaciles, path: "/aides/", told: ["audience", "amount"] },
  { id: "guide", files: departmentGuide, path: "/guide/index.php", told: ["audience", "deadline", "contact", "rate"] },
  { id: "foundation", files: foundation, path: "/aides", told: ["audience", "deadline"] },
  { id: "rss", files: rssWithPages, path: "/aides.rss", told: ["audience"] },
  { id: "sitemap", files: sitemapSite, path: "/sitemap.xml", told: ["audience"], requests: 7 },
  { id: "agency", files: jsonLdAgency, path: "/liste.csv", told: ["audience"] },
  { id: "community", files: community, path: "/aides", told: ["audience", "amount", "deadline", "contact"] },
  { id: "regional agency", files: regionalAgency, path: "/dispositifs", told: ["audience", "amount", "deadline", "contact"] },
];

describe("the connector proposed for a site from its address", () => {
  const lengths: number[] = [];

  it.each(sites)("$id: at least 80 % of the proposals are right, and no fact is lost", async ({ files, path, told, requests = 4 }) => {
    const server = await siteServer(files);
    const { survey, proposal, lookup } = await surveyedSite(server, path);
    const judged = await judgeProposal(survey, proposal, lookup, { aids: madeAids(300), told });
    const code = writeConnector(proposal, ["A draft."]);
    expect(judged.kept.length / judged.proposed.length).toBeGreaterThanOrEqual(0.8);
    expect(judged.missing).toEqual([]);
    lengths.push(code.trimEnd().split("\n").length);
    expect(server.requests.filter(({ path: asked }) => asked !== "/robots.txt")).toHaveLength(requests);
  });

  it("has at most 40 lines in the median", () => {
    expect(lengths).toHaveLength(sites.length);
    expect(lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(40);
  });
});
