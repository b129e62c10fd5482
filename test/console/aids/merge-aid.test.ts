import { describe, expect, it } from "vitest";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { curatedAid } from "../../support/curate.ts";
import { newHarvest } from "../../support/harvest.ts";

const school = {
  id: "1",
  titre: "Rénovation énergétique des écoles maternelles",
  texte:
    "<p>Pour rénover les écoles maternelles des communes rurales du département et en améliorer durablement le confort thermique l'été.</p>",
  lien: "https://exemple.fr/aides/ecoles",
  fin: "2027-01-31",
};

/** The same aid from two publishers, and another aid. */
async function twoPublishers() {
  const catalogue = await ownCatalogue();
  const department = await newHarvest(catalogue, { id: "departement-un" });
  const region = await newHarvest(catalogue, { id: "region-deux" });
  await department.day([
    school,
    { ...school, id: "2", titre: "Aide aux musées", texte: "<p>Autre chose.</p>", lien: "https://exemple.fr/m" },
  ]);
  await region.day([{ ...school, id: "A" }]);
  await catalogue.search.catchUp();
  const marie = await testConsole(catalogue, { folders: [department.folder, region.folder] }).as("bizdev", "Marie D.");
  const aid = (connector: string, externalId: string) => curatedAid(catalogue, { connector, externalId });
  return { marie, aid };
}

describe("merging an aid in the console", () => {
  it("shows likely duplicates on its page, with a link to merge them", async () => {
    const { marie, aid } = await twoPublishers();
    const own = await aid("departement-un", "1");
    const other = await aid("region-deux", "A");
    const page = await marie.get(`/aides/${own.aidId}`);
    expect(page.html).toContain("Sans doute la même qu’une autre");
    expect(page.html).toContain(`/aides/${other.aidId}`);
    expect(page.html).toContain("même lien");
    const choice = await marie.get(`/aides/${own.aidId}/fusionner`);
    expect(choice.html).toContain(`/aides/${own.aidId}/fusionner?dans=${other.aidId}`);
  });

  it("finds the target by words, link and id", async () => {
    const { marie, aid } = await twoPublishers();
    const own = await aid("region-deux", "A");
    const museum = await aid("departement-un", "2");
    for (const asked of ["musées", "https://exemple.fr/m", museum.aidId]) {
      const found = await marie.get(`/aides/${own.aidId}/fusionner?q=${encodeURIComponent(asked)}`);
      expect(found.html, asked).toContain(`dans=${museum.aidId}`);
    }
    expect((await marie.get(`/aides/${own.aidId}/fusionner?q=inconnu`)).html).toContain("Aucune autre aide");
  });

  it("compares both aids, merges them, redirects to the target, and splits them again", async () => {
    const { marie, aid } = await twoPublishers();
    const own = await aid("departement-un", "2");
    const other = await aid("region-deux", "A");
    const compared = await marie.get(`/aides/${own.aidId}/fusionner?dans=${other.aidId}`);
    expect(compared.html).toContain("Celle qui part");
    expect(compared.html).toContain("Identiques");
    const merged = await marie.act(`/aides/${own.aidId}/fusionner`, { dans: other.aidId, revision: String(own.revision) });
    expect(merged.html).toContain("L’aide est fusionnée.");
    expect(merged.html).toContain(`href="/aides/${other.aidId}"`);
    const gone = await aid("departement-un", "2");
    expect(gone).toMatchObject({ status: "merged", mergedInto: other.aidId });
    expect((await marie.get(`/aides/${own.aidId}/corriger`)).status).toBe(422);
    await marie.post(`/aides/${own.aidId}/separer`, { revision: String(gone.revision) });
    expect(await aid("departement-un", "2")).toMatchObject({ status: "reviewable", mergedInto: null });
  });

  it("refuses to merge an aid into itself, a rejected aid or an unknown one", async () => {
    const { marie, aid } = await twoPublishers();
    const own = await aid("departement-un", "1");
    const other = await aid("region-deux", "A");
    const merge = (into: string) => marie.post(`/aides/${own.aidId}/fusionner`, { dans: into, revision: String(own.revision) });
    expect((await merge(own.aidId)).html).toContain("ne se fusionne pas dans elle-même");
    expect((await merge("rien")).status).toBe(404);
    await marie.post(`/aides/${other.aidId}/rejeter`, { raison: "non", revision: String(other.revision) });
    expect((await merge(other.aidId)).html).toContain("L’autre aide est rejetée.");
    expect((await aid("departement-un", "1")).status).toBe("reviewable");
  });
});
