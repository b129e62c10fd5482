import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { fetchAddress, sampleSite } from "../../src/ingest/sample-site.ts";
import type { TableLookup } from "../../src/kit/rules/rule-context.ts";
import { placeholderConnector } from "../../src/registry/check-connector.ts";
import { loadTermFiles } from "../../src/registry/terms/load-term-files.ts";
import type { Proposal } from "../../src/survey/propose/proposal.ts";
import { proposeConnector } from "../../src/survey/propose/propose-connector.ts";
import { lookAtPage, type PageLook } from "../../src/survey/site/look-at-page.ts";
import type { Survey } from "../../src/survey/survey.ts";
import { surveyFeed } from "../../src/survey/survey-feed.ts";
import { testNow } from "./made-aids.ts";
import type { SiteServer } from "./site-server.ts";

/** A surveyed site, and the connector proposed for it. */
export interface SurveyedSite {
  readonly look: PageLook;
  readonly survey: Survey;
  readonly proposal: Proposal;
  readonly lookup: TableLookup;
}

/** Looks at a page of a site, fetches some of its pages as the console does, but without pauses, and proposes a connector. */
export async function surveyedSite(server: SiteServer, path: string): Promise<SurveyedSite> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-site-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const connector = placeholderConnector("site-exemple");
  if (connector === null) throw new Error("the name is invalid");
  const address = `${server.origin}${path}`;
  const request = { connector, environment: {}, allowHosts: [server.host], spoolFolder: async () => folder, url: address };
  const parts = await fetchAddress(request);
  const look = await lookAtPage(parts, address);
  const [list] = look?.lists ?? [];
  if (look === null || list === undefined) throw new Error(`no list at ${path}: ${look?.fault}`);
  const archive = await sampleSite(request, parts, { pages: list.pages, now: testNow, pauseSeconds: 0 });
  const today = testNow.toISOString().slice(0, 10);
  const survey = await surveyFeed(archive, { address, today });
  const { lookup } = await loadTermFiles([], "site-exemple");
  const proposal = proposeConnector(survey, lookup, {
    id: "site-exemple",
    feed: { url: address },
    publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
    isPublisherGiven: true,
    territory: { scale: "department", code: "26" },
    knownTerms: [],
  });
  return { look, survey, proposal, lookup };
}
