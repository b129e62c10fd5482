import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../../src/cli/render/render-report.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { readPage as read } from "./read-page.ts";

const good = (id: string) => ({ id, titre: `Aide ${id}`, texte: "Un texte." });

describe.each(testedDatabases)("the page of a run, $title", (database) => {
  it.skipIf(database.skipped)("shows counts that add up, the issues, and what to do", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue, { guards: { rejected: 1, filled: { description: 0 } } });
    const report = await harvest.day([
      good("1"),
      good("2"),
      { id: "3", texte: "Sans titre" },
      { id: "4", titre: "Hors service", publie: "non" },
      { id: "5", titre: "Une date", debut: "le 3 mars" },
      { id: "5", titre: "Deux fois" },
    ]);
    expect(report.counts).toMatchObject({ received: 6, skipped: 1, rejected: 2, valid: 3, created: 3 });
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const page = await client.get(`/collectes/${report.runId}`);
    expect(page.status).toBe(200);
    const text = read(page.html);
    expect(text).toContain("Enregistrements reçus 6");
    expect(text).toContain("1 + 2 + 3 = 6 : le compte y est");
    expect(text).toContain("Aides valides 3");
    expect(text).toContain("le champ « publie » vaut « non » : 1");
    expect(text).toContain("Pas de titre");
    expect(text).toContain("Appliquée");
    expect(text).not.toContain("Mettre de côté");
    expect(page.html).toContain(`href="/plans/${report.planId}"`);
    expect(page.html).toContain(`href="/collectes/${report.runId}/rejets"`);
    const list = async (outcome: string) => read((await client.get(`/collectes?resultat=${outcome}`)).html);
    expect(await list("applied-with-rejects")).toContain("1 collecte");
    expect(await list("failed")).toContain("Aucune collecte ne répond à ce filtre.");
  });

  it.skipIf(database.skipped)("lists the rejected records by reason, and exports them", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue, { guards: { rejected: 1 } });
    const report = await harvest.day([good("1"), { id: "3", texte: "=cmd()" }, { id: "1", titre: "Deux fois" }]);
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const all = read((await client.get(`/collectes/${report.runId}/rejets`)).html);
    expect(all).toContain("2 enregistrements rejetés");
    const some = read((await client.get(`/collectes/${report.runId}/rejets?raison=missing-name`)).html);
    expect(some).toContain("1 enregistrement rejeté");
    expect(some).not.toContain("Deux fois");
    const file = await client.get(`/collectes/${report.runId}/rejets.csv`);
    expect(file.html.split("\n")).toHaveLength(4);
    expect(file.html).toContain("Deux fois");
    expect((await client.get(`/collectes/${report.runId}/rejets.xlsx`)).status).toBe(200);
    const issues = read((await client.get(`/collectes/${report.runId}/anomalies`)).html);
    expect(issues).toContain("sortes d’anomalies");
    // The next feed is unchanged, so the page shows the rejections of the run that read it.
    const again = await harvest.run({ file: `${harvest.folder}/feed.json` });
    expect(again).toMatchObject({ outcome: "unchanged", planId: null });
    expect(read((await client.get(`/collectes/${again.runId}/rejets`)).html)).toContain("2 enregistrements rejetés");
    expect(read((await client.get(`/collectes/${again.runId}`)).html)).toContain("Il n’y a rien à faire");
  });

  it.skipIf(database.skipped)("shows what the aids lack of the changed records, also in the next unchanged run", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue, {});
    const withLink = { ...good("2"), annexe: "Lire https://exemple.fr/reglement.pdf" };
    const first = await harvest.day([good("1"), withLink]);
    const lost = {
      path: "annexe",
      kind: "document",
      found: 1,
      lost: 1,
      records: 1,
      examples: [{ locator: "item 2", value: "https://exemple.fr/reglement.pdf" }],
    };
    expect(first.losses).toMatchObject({ measured: 2, totals: { document: { found: 1, lost: 1 } } });
    expect(first.losses?.groups[0]).toEqual(lost);
    expect(renderReport(first, "Région", pc.createColors(false))).toContain(
      "lost: in none of the fields of the aid, of 2 compared records: 1 of 1 document",
    );
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const again = await harvest.run({ file: `${harvest.folder}/feed.json` });
    for (const { runId } of [first, again]) {
      const text = read((await client.get(`/collectes/${runId}`)).html);
      expect(text).toContain("Ce que les aides ne reprennent pas du flux");
      expect(text).toContain("documents : 1 sur 1");
      expect(text).toContain("https://exemple.fr/reglement.pdf");
    }
    const third = await harvest.day([{ ...good("1"), titre: "Autre titre" }, withLink]);
    expect(third.losses).toMatchObject({ measured: 1 });
    expect(third.losses?.groups.filter(({ kind }) => kind === "document")).toEqual([]);
  });

  it.skipIf(database.skipped)("shows the guard's finding, and the state of the plan", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue);
    await harvest.day(Array.from({ length: 20 }, (_, index) => good(`${index}`)));
    const held = await harvest.day([good("1")]);
    expect(held.outcome).toBe("held");
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("ops");
    const text = read((await client.get(`/collectes/${held.runId}`)).html);
    expect(text).toContain("Ce que le garde-fou a vu");
    expect(text).toContain("Voir le plan et décider");
    await catalogue.plans.close(held.planId ?? "", "discarded", { now: new Date("2026-11-25T08:00:00Z"), by: "Paul" });
    expect(read((await client.get(`/collectes/${held.runId}`)).html)).toMatch(/écarté le 25 novembre 2026 à 09:00 par Paul/);
  });
});
