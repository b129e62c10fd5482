import { describe, expect, it, onTestFinished } from "vitest";
import { connectorOf, testApi } from "../../support/api-client.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { flattened } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

/** Returns the visible text, without markup. */
const words = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/[\s\u00a0\u202f]+/g, " ");

describe.each(testedDatabases)("the priorities of the month, $title", (database) => {
  it.skipIf(database.skipped)("rank what is reported, read and searched most, and leave out what few read or search", async () => {
    const catalogue = await newCatalogue(database);
    onTestFinished(() => catalogue.drop());
    await importPublished(catalogue, "agence", {
      a: { name: "Aide aux toits" },
      b: { name: "Aide aux vélos" },
      c: { name: "Aide aux haies" },
    });
    while ((await catalogue.search.catchUp()) > 0);
    const api = await testApi(catalogue, { connectors: [connectorOf("agence")] });
    const ids = new Map(
      (await flattened(catalogue.aids.list({ connector: "agence" }))).map(({ externalId, aidId }) => [externalId, aidId]),
    );
    const section = async () => {
      const { html } = await (await testConsole(catalogue).as("read")).get("/couverture");
      return words(/<h2 id="priorites">[\s\S]*?<\/section>/.exec(html)?.[0] ?? "");
    };
    expect(await section()).toContain("Rien encore ce mois-ci.");
    const read = async (externalId: string, times: number) => {
      for (let time = 0; time < times; time++) expect((await api.get(`/api/aids/by-id/${ids.get(externalId)}/`)).status).toBe(200);
    };
    await read("a", 3);
    await read("b", 2);
    await api.services.reads.write();
    await read("a", 1);
    await read("c", 5);
    expect((await api.get("/api/aids/by-id/6f1c5a4e-0000-4000-8000-000000000001/")).status).toBe(404);
    await api.services.reads.write();
    const [month, before] = ["2026-11-01", "2026-10-01"];
    await catalogue.aidReads.add([{ month: before, aidId: ids.get("b") ?? "", count: 900 }]);
    const miss = { territory: "department:26", category: "" };
    await catalogue.searchMisses.add([
      { ...miss, month, keyword: "piscine", count: 4 },
      { ...miss, month, keyword: "rare", count: 2 },
      { ...miss, month: before, keyword: "moulin", count: 9 },
    ]);
    await catalogue.errorReports.add({ aidId: ids.get("b") ?? "", kind: "link", text: "" }, new Date("2026-11-20T09:00:00Z"));
    const shown = await section();
    expect(shown).toMatch(
      /Erreurs signalées, à lire .* Aide aux vélos 1 Aides les plus lues .* Aide aux haies 5 Aide aux toits 4 Recherches sans résultat ce mois-ci .* piscine /,
    );
    expect(shown).not.toMatch(/rare|moulin|900/);
  });
});
