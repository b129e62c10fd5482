import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { updateTerritories } from "../../../src/curation/update-territories.ts";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { perimeters } from "../../../src/kit/rules/perimeters.ts";
import { editionName, useEdition } from "../../../src/model/territories/edition.ts";
import { packageVersion } from "../../../src/model/territories/read-decoupage.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { inventedLists } from "../../support/territory-editions.ts";

/** Returns the text of a page, without markup. */
function textOf(html: string): string {
  return html.replace(/<[^>]+>/g, " ").replace(/[\s\u00a0\u202f]+/g, " ");
}

describe.each(testedDatabases)("the plan of a new edition in the console, $title", (database) => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    if (!database.skipped) catalogue = await newCatalogue(database);
  });
  afterAll(async () => {
    useEdition(null);
    await catalogue?.drop();
  });

  it.skipIf(database.skipped)("says which territories change and how, and ops apply and undo it", async () => {
    const where = { perimeters: perimeters("ou", { written: "insee" }) } as ConnectorInput["fields"];
    const harvest = await newHarvest(catalogue, { fields: where });
    await harvest.day([{ id: "1", titre: "Aide aux commerces d'Aouste", ou: "COM-26011" }]);
    const lists = inventedLists({ merged: { "26011": "26108" }, independent: { "01144": { from: "01025", name: "Dommartin" } } });
    const { plan } = await updateTerritories(catalogue, { by: "Marie", now: testNow }, { name: "7.0.0", lists });
    const path = `/plans/${plan?.planId}`;
    const console = testConsole(catalogue);
    const [bizdev, ops] = [await console.as("bizdev"), await console.as("ops")];

    const page = textOf((await ops.get(path)).html);
    expect(page).toContain("Plan d’une nouvelle édition des territoires");
    expect(page).toContain(`L’édition 7.0.0 remplace l’édition ${packageVersion()}.`);
    expect(page).toContain("2 territoires changent avec la nouvelle édition.");
    expect(textOf((await ops.get(`${path}/remarques`)).html)).toContain(
      "commune 26011 « Aouste-sur-Sye » est remplacé par Crest (commune, 26108) ; 1 aide",
    );
    expect(textOf((await ops.get(`${path}/remarques`)).html)).toContain("« Bâgé-Dommartin » ne comprend plus Dommartin (commune, 01144)");
    expect(textOf((await ops.get("/plans?origine=territories")).html)).toContain("Plan d’une nouvelle édition des territoires");

    await bizdev.post(`${path}/appliquer`);
    expect((await catalogue.plans.find(plan?.planId ?? ""))?.state).toBe("open");
    await ops.act(`${path}/appliquer`);
    await catalogue.territoryEditions.refresh();
    expect(editionName()).toBe("7.0.0");
    expect((await harvest.aid("1")).perimeters.map(({ code }) => code)).toEqual(["26108"]);

    const undo = await ops.post(`${path}/defaire`);
    await ops.act(`${undo.to}/appliquer`);
    await catalogue.territoryEditions.refresh();
    expect(editionName()).toBe(packageVersion());
    expect((await harvest.aid("1")).perimeters.map(({ code }) => code)).toEqual(["26011"]);
  });
});
