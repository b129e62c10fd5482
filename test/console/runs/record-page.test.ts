import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { readPage } from "./read-page.ts";

interface TestedFeed {
  readonly format: string;
  readonly decode: ConnectorInput["decode"];
  readonly text: string;
}

/** Two records: one with an unreadable date, one without a title. */
const feeds: readonly TestedFeed[] = [
  { format: "CSV", decode: { format: "csv" }, text: 'id;titre;debut\n1;Aide "à la rénovation";demain\n2;;2026-01-01\n' },
  {
    format: "JSON",
    decode: { format: "json", recordPath: "aides" },
    text: JSON.stringify({
      aides: [
        { id: "1", titre: 'Aide "à la rénovation"', debut: "demain" },
        { id: "2", debut: "2026-01-01" },
      ],
    }),
  },
  {
    format: "XML",
    decode: { format: "xml", recordPath: "/flux/aide" },
    text: '<flux><aide><id>1</id><titre>Aide "à la rénovation"</titre><debut>demain</debut></aide><aide><id>2</id><debut>2026-01-01</debut></aide></flux>',
  },
];

async function runFeed(harvest: Harvest, text: string) {
  await harvest.write("feed.txt", text);
  return harvest.run({ file: join(harvest.folder, "feed.txt") });
}

describe.each(testedDatabases)("a record as received, $title", (database) => {
  it.skipIf(database.skipped).each(feeds)("is opened from an issue's place in a feed of $format", async ({ decode, text }) => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue, { decode, guards: { rejected: 1, filled: {} } });
    const report = await runFeed(harvest, text);
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const { html } = await client.get(`/collectes/${report.runId}/anomalies`);
    const places = [...html.matchAll(/href="(\/collectes\/[^"]*enregistrement\?ou=[^"]+)"/g)].map(
      ([, href]) => href?.replaceAll("&amp;", "&") ?? "",
    );
    expect(places).toHaveLength(2);
    const [rejected = "", kept = ""] = places;
    const shown = await client.get(kept);
    expect(shown.status).toBe(200);
    expect(readPage(shown.html)).toContain('Aide "à la rénovation"');
    expect(readPage(shown.html)).toContain("du texte se trouve à la place d’une date");
    const without = readPage((await client.get(rejected)).html);
    expect(without).toContain("Il n’a pas pu être gardé");
    expect(without).toContain("2026-01-01");
    const file = await client.get(kept.replace("enregistrement?", "enregistrement.json?"));
    expect(JSON.parse(file.html)).toMatchObject({ titre: 'Aide "à la rénovation"' });
  });

  it.skipIf(database.skipped)("explains why a record cannot be shown", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue);
    const report = await harvest.day([{ id: "1", titre: "Aide" }]);
    const address = `/collectes/${report.runId}/enregistrement`;
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    expect((await client.get(address)).status).toBe(404);
    const nowhere = await client.get(`${address}?ou=item%2099`);
    expect(nowhere.status).toBe(404);
    expect(readPage(nowhere.html)).toContain("pas d’enregistrement à cette place");
    // The connector was deleted.
    const later = await testConsole(catalogue).as("read");
    expect((await later.get(`${address}?ou=item%201`)).status).toBe(422);
    await catalogue.forgetting.removeSnapshot(report.feed.sha256 ?? "");
    const gone = await client.get(`${address}?ou=item%201`);
    expect(gone.status).toBe(404);
    expect(readPage(gone.html)).toContain("ou plus, conservé");
  });

  it.skipIf(database.skipped)("escapes hostile text, and cuts long text", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue);
    const report = await harvest.day([{ id: "1", titre: "<script>alert(1)</script>", texte: "a".repeat(1_000_000) }]);
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const { html } = await client.get(`/collectes/${report.runId}/enregistrement?ou=item%201`);
    expect(html).toContain("&lt;script&gt;");
    expect(html.length).toBeLessThan(100_000);
  });
});
