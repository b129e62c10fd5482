import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { NotDone } from "../../src/cli/exit.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { checkFixtures } from "../../src/survey/write/check-fixtures.ts";
import { scriptPage } from "../ingest/sites/made-sites.ts";
import { spip } from "../ingest/sites/platform-sites.ts";
import { ownCatalogue } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { testNow } from "../support/made-aids.ts";
import { type SiteServer, siteServer } from "../support/site-server.ts";

/** Runs `connector new` for an address of a site, and returns the folder with the files. */
async function newFrom(server: SiteServer, path: string) {
  const folder = await mkdtemp(join(tmpdir(), "moisson-connector-new-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const args = ["connector", "new", "departement-essai", "--from", `${server.origin}${path}`, "--into", folder];
  const publisher = ["--publisher", "Département de la Drôme"];
  const more = { MOISSON_ALLOW_HOSTS: server.host };
  return { folder, ...(await runCommandAt(testNow.toISOString(), await ownCatalogue(), folder, [...args, ...publisher], more)) };
}

describe("moisson connector new from the page of a site", () => {
  it("writes a sound connector of at most 40 lines, with a fixture of the list and three pages, and without people", async () => {
    const named = Object.entries(spip).map(([path, page]) => [
      path,
      String(page).replace("<p>aides-", "<p>Claire DUPONT, claire.dupont@ladrome.fr, aides-"),
    ]);
    const server = await siteServer(() => Object.fromEntries(named));
    const { folder, error, stdout } = await newFrom(server, "/spip.php?rubrique3");
    expect(error).toBeUndefined();
    expect(stdout).toContain("3 of the 20 pages of the list were compared");
    const code = await readFile(join(folder, "connectors/departement-essai.ts"), "utf8");
    expect(code).toContain('software: "spip"');
    expect(code.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    const fixture = await readFile(join(folder, "fixtures/departement-essai/as-first-seen.jsonl"), "utf8");
    expect(fixture.trimEnd().split("\n")).toHaveLength(5);
    expect(fixture).not.toMatch(/dupont|ladrome/i);
    const [connector] = await loadConnectors([folder]);
    if (connector === undefined) throw new Error("no connector was written");
    expect((await checkFixtures(connector)).problems).toEqual([]);
  });

  it("says why a page has no list, and which data it names", async () => {
    const head = '<link rel="alternate" type="application/rss+xml" href="/a.rss"></head>';
    const server = await siteServer(() => ({ "/": scriptPage.replace("</head>", head) }));
    const { error } = await newFrom(server, "/");
    expect(error).toBeInstanceOf(NotDone);
    expect(String(error)).toContain("JavaScript");
    expect(String(error)).toContain(`${server.origin}/a.rss`);
  });
});
