import { describe, expect, it } from "vitest";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";

const record = (id: number, fin: string, texte = "<p>Pour les communes.</p>") => ({
  id: `a${id}`,
  titre: `Financer le projet ${id}`,
  texte,
  fin,
});

describe.each(testedDatabases)("the bars of a plan, $title", (database) => {
  it.skipIf(database.skipped)("count changes by kind and by field, and lead to exactly these changes", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day([1, 2, 3, 4].map((id) => record(id, "2027-01-31")));
    const { planId } = await harvest.day(
      [
        record(1, "2027-02-28", "<p>Pour les associations.</p>"),
        record(2, "2027-02-28"),
        record(3, "2027-02-28"),
        record(4, "2027-01-31"),
        record(5, "2027-01-31"),
      ],
      { dryRun: true },
    );
    const reader = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const { html } = await reader.get(`/plans/${planId}`);
    const bars = [
      ...html.matchAll(
        /<th scope="row">([^<]*)<\/th><td>.*?<rect class="is-part" width="([\d.]+)".*?<a href="([^"]*)" aria-label="[^"]*">(\d+)</g,
      ),
    ];
    expect(bars.map(([, name, width, , count]) => [name, Number(width), Number(count)])).toEqual([
      ["Création", 33.33, 1],
      ["Modification", 100, 3],
      ["Date de clôture", 100, 3],
      ["Description", 33.33, 1],
    ]);
    for (const [, , , to = "", count] of bars) {
      const { html: filtered } = await reader.get(to.replaceAll("&amp;", "&").replace(/#.*/, ""));
      expect([...filtered.matchAll(/<li class="moisson-change"/g)], to).toHaveLength(Number(count));
      expect(filtered, to).toContain('<tr class="moisson-chosen">');
    }
    await catalogue.drop();
  });
});
