import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

const record = (id: number) => ({ id: `a${id}`, titre: `Financer le projet ${id}`, texte: `<p>Texte de l’aide ${id}</p>` });
const now = new Date("2026-11-25T09:00:00Z");
const quiet = Array.from({ length: 12 }, (_, id) => record(id));

/** A clock at this instant. */
function at(instant: string) {
  const date = new Date(instant);
  return { clock: { now: () => date, fixed: null, elapsed: () => performance.now() } };
}

/** Returns the nights of a strip: the label of each cell, and its address. */
function cellsOf(html: string): { readonly label: string; readonly to: string | null }[] {
  const cells = html.matchAll(/<(?:a class="is-\w+" href="([^"]*)"|g class="is-none")><title>([^<]*)<\/title>/g);
  return [...cells].map(([, to, label = ""]) => ({
    label: label.replace(/[\u00a0\u202f]/g, " "),
    to: to?.replaceAll("&amp;", "&") ?? null,
  }));
}

describe.each(testedDatabases)("thirty nights, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    const readerOf = (...harvests: readonly Harvest[]) =>
      testConsole(catalogue, { folders: harvests.map(({ folder }) => folder), now }).as("read");

    it("each night is the last run of its day in Paris; the cell leads to it, or to all runs of that day", async () => {
      const harvest = await newHarvest(catalogue);
      const first = await harvest.day(quiet, {}, at("2026-11-01T02:00:00Z"));
      // 23:30 in UTC is the next day in Paris.
      const late = await harvest.day(quiet, {}, at("2026-11-02T23:30:00Z"));
      await harvest.day("{ cassé", {}, at("2026-11-05T02:00:00Z")).catch(() => undefined);
      await harvest.day(quiet, { force: true }, at("2026-11-05T08:00:00Z"));
      // Neither a dry run nor a run before the thirty nights counts.
      await harvest.day([record(1)], { dryRun: true }, at("2026-11-07T02:00:00Z"));
      await harvest.day([...quiet, record(20)], {}, at("2026-10-26T02:00:00Z"));
      const reader = await readerOf(harvest);
      const cells = cellsOf((await reader.get(`/connecteurs/${harvest.connector}`)).html).slice(0, 30);
      const connector = harvest.connector;
      expect(cells.filter(({ to }) => to !== null)).toEqual([
        { label: "1er novembre 2026 : appliquée", to: `/collectes/${first.runId}` },
        { label: "3 novembre 2026 : sans changement", to: `/collectes/${late.runId}` },
        {
          label: "5 novembre 2026 : sans changement (2 collectes)",
          to: `/collectes?connecteur=${connector}&depuis=2026-11-05&jusque=2026-11-05`,
        },
      ]);
      expect(cells[0]?.label).toBe("27 octobre 2026 : sans collecte");
      expect(cells.at(-1)?.label).toBe("25 novembre 2026 : sans collecte");
      const listed = await reader.get(`/collectes?connecteur=${connector}&depuis=2026-11-05&jusque=2026-11-05`);
      expect(listed.html.replace(/[\u00a0\u202f]/g, " ")).toContain("2 collectes");
    });

    it("the page of all connectors begins with those that had trouble, says so without colours, and has a table", async () => {
      const well = await newHarvest(catalogue, {
        publisher: { name: "Agence calme", kind: "agency", territory: { scale: "country", code: "FRA" }, licence: "openlicence20" },
      });
      await well.day(quiet, {}, at("2026-11-24T02:00:00Z"));
      const ill = await newHarvest(catalogue, {
        publisher: { name: "Région agitée", kind: "region", territory: { scale: "region", code: "53" }, licence: "openlicence20" },
      });
      await ill.day(quiet, {}, at("2026-11-22T02:00:00Z"));
      const held = await ill.day(quiet.slice(0, 3), {}, at("2026-11-23T02:00:00Z"));
      await ill.day("{ cassé", {}, at("2026-11-24T02:00:00Z")).catch(() => undefined);
      expect(held.outcome).toBe("held");
      const { html: page, status } = await (await readerOf(well, ill)).get("/nuits");
      const html = page.replace(/[\u00a0\u202f]/g, " ");
      expect(status).toBe(200);
      expect(html.indexOf("Région agitée")).toBeLessThan(html.indexOf("Agence calme"));
      const groups = [...html.matchAll(/role="group" aria-label="([^"]*) : 30 dernières nuits([^"]*)"/g)].map(([, name, words]) => [
        name,
        words,
      ]);
      expect(groups).toEqual([
        ["Région agitée", " : 1 appliquée, 1 retenue, 1 en échec, 27 sans collecte"],
        ["Agence calme", " : 1 appliquée, 29 sans collecte"],
      ]);
      // A mark in each troubled cell, for people who do not see colours.
      for (const tone of ["held", "bad"])
        expect(html).toMatch(
          new RegExp(`<a class="is-${tone}" href="/collectes/[^"]*"><title>[^<]*</title><rect x="\\d+"></rect><path d="M`),
        );
      expect(html).toContain("Nuits de chaque connecteur, selon leur fin");
      const bars = [...html.matchAll(/<a href="(\/collectes\?depuis=[^"]*)"><title>([^<]*)<\/title>/g)].map(([, to, label]) => [
        to?.replaceAll("&amp;", "&"),
        label,
      ]);
      expect(bars).toEqual([
        ["/collectes?depuis=2026-11-23&jusque=2026-11-23", "23 novembre 2026 : 1 retenue"],
        ["/collectes?depuis=2026-11-24&jusque=2026-11-24", "24 novembre 2026 : 1 en échec"],
      ]);
    });

    it("an empty catalogue says that nothing has run", async () => {
      const reader = await testConsole(catalogue, { now }).as("read");
      expect((await reader.get("/nuits")).html).toContain("Aucun connecteur n’a encore été collecté.");
    });
  });
});
