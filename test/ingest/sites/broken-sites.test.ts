import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { flattened } from "../../support/made-aids.ts";
import { siteNights } from "../../support/site-nights.ts";
import { type SiteServer, siteServer } from "../../support/site-server.ts";
import { madeAid, wholePage } from "./made-pages.ts";
import { consentPage, foundation, notFoundPage, redesignedPage, scriptPage, signInPage } from "./made-sites.ts";

const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
const page = (number: number) => `/appels/${number}`;

/** Replaces the pages of these aids. */
function replace(server: SiteServer, which: readonly number[], file: (number: number) => Parameters<SiteServer["files"]["set"]>[1]): void {
  for (const number of which) server.files.set(page(number), file(number));
}

function listOf(which: readonly number[], announced: number, link = page): string {
  const items = which.map((number) => `<li data-id="${number}"><a href="${link(number)}">${madeAid(number).title}</a></li>`);
  return wholePage("Nos appels", `<main><p class="compteur">${announced} appels</p><ul class="appels">${items.join("")}</ul></main>`);
}

const maintenance = "<!doctype html><title>Site en maintenance</title><h1>Le site est en maintenance</h1><p>Revenez demain.</p>";

interface Broken {
  readonly what: string;
  readonly damage: (server: SiteServer) => void;
  readonly outcome: RunReport["outcome"];
  /** Code, reason and number of the issue. */
  readonly issue?: readonly [code: string, reason: string | number, count: number];
  readonly error?: Record<string, unknown>;
  readonly missing?: number;
}

const stopped = { outcome: "stopped-early", error: { code: "walk-incomplete", params: { reason: "pages-unread", listed: 40 } } } as const;

const breaks: readonly Broken[] = [
  {
    what: "a consent wall in front of every page",
    damage: (server) => replace(server, numbers, () => consentPage),
    ...stopped,
    issue: ["page-unlike", "consent", 40],
  },
  {
    what: "a new template",
    damage: (server) => replace(server, numbers, (number) => redesignedPage(madeAid(number))),
    ...stopped,
    issue: ["page-unlike", "other-structure", 40],
  },
  {
    what: "maintenance",
    damage: (server) => replace(server, numbers, () => maintenance),
    ...stopped,
    issue: ["page-unlike", "maintenance", 40],
  },
  {
    what: "pages that need JavaScript",
    damage: (server) => replace(server, numbers, () => scriptPage),
    ...stopped,
    issue: ["page-unlike", "needs-script", 40],
  },
  {
    what: "soft 404s for half of the pages",
    damage: (server) => replace(server, numbers.slice(0, 20), () => notFoundPage),
    ...stopped,
    issue: ["page-gone", "not-found", 20],
  },
  {
    what: "the same page everywhere",
    damage: (server) => {
      const same = server.files.get(page(1)) ?? "";
      replace(server, numbers, () => same);
    },
    ...stopped,
    issue: ["page-unlike", "repeated", 38],
  },
  {
    what: "one page that asks to sign in",
    damage: (server) => replace(server, [3], () => signInPage),
    outcome: "unchanged",
    issue: ["page-unlike", "sign-in", 1],
  },
  {
    what: "one page that is gone (410)",
    damage: (server) => replace(server, [3], () => ({ status: 410 })),
    outcome: "unchanged",
    issue: ["page-gone", 410, 1],
    missing: 1,
  },
  {
    what: "one page that redirects to the home page",
    damage: (server) => {
      replace(server, [3], () => ({ status: 302, headers: { location: "/" } }));
      server.files.set("/", String(server.files.get(page(4))));
    },
    outcome: "unchanged",
    issue: ["page-gone", "sent-elsewhere", 1],
    missing: 1,
  },
  {
    what: "one page that the server refuses",
    damage: (server) => replace(server, [3], () => ({ status: 403 })),
    outcome: "unchanged",
    issue: ["page-stale", 403, 1],
  },
  {
    what: "one page that is now a document",
    damage: (server) => replace(server, [3], () => ({ body: "%PDF-1.7", type: "application/pdf" })),
    outcome: "unchanged",
    issue: ["page-stale", "no-page", 1],
  },
  {
    what: "a new aid on another site",
    damage: (server) =>
      server.files.set(
        "/aides",
        listOf(numbers.concat(41), 41, (number) => (number === 41 ? "https://ailleurs.exemple.fr/41" : page(number))),
      ),
    outcome: "unchanged",
    issue: ["page-failed", "elsewhere", 1],
  },
  {
    what: "a list that ends early",
    damage: (server) => server.files.set("/aides", listOf(numbers.slice(0, 20), 40)),
    outcome: "stopped-early",
    error: { code: "walk-incomplete", params: { received: 20, announced: 40 } },
    issue: ["announced-total-differs", 20, 1],
  },
  {
    what: "a list that needs JavaScript",
    damage: (server) => server.files.set("/aides", scriptPage),
    outcome: "unreadable",
    error: { code: "page-unlike", params: { reason: "needs-script" } },
  },
  {
    what: "a robots.txt that forbids the list",
    damage: (server) => server.files.set("/robots.txt", { type: "text/plain", body: "User-agent: Moisson\nDisallow: /aides" }),
    outcome: "refused",
    error: { code: "robots-refused" },
  },
];

describe("a site that was read completely, and is then broken", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it.each(breaks)("$what", async ({ damage, outcome, issue: expected, error = null, missing = 0 }) => {
    const server = await siteServer(foundation);
    const { connector, night } = await siteNights(catalogue, "site-foundation", server);
    expect(await night(0)).toMatchObject({ outcome: "applied", counts: { created: 40 } });
    const aids = await flattened(catalogue.aids.list({ connector }));

    damage(server);
    const report = await night(8);
    expect({ outcome: report.outcome, error: report.error }).toMatchObject({ outcome, error });
    expect(report.counts.missing).toBe(missing);
    if (expected !== undefined) {
      const [code, reason, count] = expected;
      const group = report.issues.find((one) => one.code === code);
      expect(group?.count).toBe(count);
      expect(Object.values(group?.examples[0]?.params ?? {})).toContain(reason);
    }
    // No aid has lost anything.
    expect(await flattened(catalogue.aids.list({ connector }))).toEqual(aids);
  });
});
