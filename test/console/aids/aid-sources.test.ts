import { describe, expect, it } from "vitest";
import { decideMerge } from "../../../src/curation/decide-status.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { act, curatedAid, marie as curator } from "../../support/curate.ts";
import { newHarvest } from "../../support/harvest.ts";

const bridge = { titre: "Restaurer les ponts anciens", fin: "2027-02-06" };

describe("the page of an aid with two sources", () => {
  it("shows both values and the contradiction, and lets a curator choose the source of a field and return to the order", async () => {
    const catalogue = await ownCatalogue();
    const region = await newHarvest(catalogue, { id: "region-ponts" });
    const portal = await newHarvest(catalogue, { id: "portail-ponts" });
    await region.day([{ ...bridge, id: "r1" }]);
    await portal.day([{ ...bridge, id: "p1", fin: "2027-06-02", motsCles: ["pont"] }]);
    const head = () => curatedAid(catalogue, { connector: "region-ponts", externalId: "r1" });
    const { aidId } = await head();
    const into = await head();
    expect(await act(catalogue, { connector: "portail-ponts", externalId: "p1" }, (aid) => decideMerge(aid, into, curator))).toBeNull();
    const marie = await testConsole(catalogue, { folders: [region.folder, portal.folder] }).as("bizdev", "Marie D.");

    const { html } = await marie.get(`/aides/${aidId}`);
    expect(html).toContain("Selon Région Exemple (portail-ponts)");
    expect(html.replace(/\s+/g, " ")).toContain(
      "06/02/2027 selon Région Exemple (region-ponts), 02/06/2027 selon Région Exemple (portail-ponts) (jour et mois inversés)",
    );
    // The keywords come from the portal alone.
    expect(html).toContain("Valeur de Région Exemple (portail-ponts)");
    const { revision } = await head();
    const choice = { champ: "submissionDeadline", revision: String(revision) };
    const chosen = await marie.act(`/aides/${aidId}/source`, { ...choice, connecteur: "portail-ponts" });
    expect(chosen.html).toContain("Ce champ suit désormais Région Exemple (portail-ponts)");
    expect(chosen.html).toContain("source choisie par une personne");
    expect((await head()).imported.submissionDeadline).toBe("2027-06-02");
    await marie.act(`/aides/${aidId}/source`, { ...choice, revision: String((await head()).revision), connecteur: "" });
    expect((await head()).imported).toMatchObject({ submissionDeadline: "2027-02-06", keywords: ["pont"] });
    expect(
      (await marie.act(`/aides/${aidId}/source`, { ...choice, revision: String((await head()).revision), connecteur: "autre" })).html,
    ).toContain("n’est pas une source de cette aide");
  });

  it("shows where a certain pair that is not linked contradicts each other, on both pages", async () => {
    const catalogue = await ownCatalogue();
    const region = await newHarvest(catalogue, { id: "region-ponts" });
    const portal = await newHarvest(catalogue, { id: "portail-ponts" });
    const linked = { ...bridge, lien: "https://exemple.fr/aides/ponts" };
    await region.day([{ ...linked, id: "r1" }]);
    await portal.day([{ ...linked, id: "p1", fin: "2027-06-02" }]);
    await catalogue.search.catchUp();
    const marie = await testConsole(catalogue, { folders: [region.folder, portal.folder] }).as("bizdev", "Marie D.");
    const page = async (connector: string, externalId: string) => {
      const { aidId } = await curatedAid(catalogue, { connector, externalId });
      return (await marie.get(`/aides/${aidId}`)).html.replace(/\s+/g, " ");
    };
    const swapped = "(jour et mois inversés)";
    expect(await page("region-ponts", "r1")).toContain(
      `06/02/2027 selon Région Exemple (region-ponts), 02/06/2027 selon Région Exemple (portail-ponts) ${swapped}`,
    );
    expect(await page("portail-ponts", "p1")).toContain(
      `02/06/2027 selon Région Exemple (portail-ponts), 06/02/2027 selon Région Exemple (region-ponts) ${swapped}`,
    );
  });
});
