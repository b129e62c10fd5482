import { describe, expect, it } from "vitest";
import { decideMerge, decideReject } from "../../../src/curation/decide-status.ts";
import { applyActs } from "../../../src/curation/plan-acts.ts";
import { undoRun } from "../../../src/curation/undo-run.ts";
import { french } from "../../../src/french/typography.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { act, curatedAid, marie } from "../../support/curate.ts";
import { newHarvest } from "../../support/harvest.ts";

const school = { id: "162", titre: "Rénover les écoles", lien: "https://www.exemple.fr/aides/162", texte: "<p>Écoles.</p>" };
const museum = { id: "7", titre: "Ouvrir un musée", lien: "https://www.exemple.fr/aides/7" };

describe.each(testedDatabases)("« Où est mon aide ? » ($title)", ({ skipped, ...database }) => {
  async function ready() {
    const catalogue = await newCatalogue({ skipped, ...database });
    const harvest = await newHarvest(catalogue);
    const reader = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    const ask = async (asked: string, more = "") => {
      const { status, html } = await reader.get(`/ou-est-mon-aide?q=${encodeURIComponent(asked)}${more}`);
      expect(status).toBe(200);
      return html.slice(html.indexOf("<main"), html.indexOf("</main>"));
    };
    return { catalogue, harvest, connector: harvest.connector, ask };
  }

  it.skipIf(skipped)("finds an aid by title, words, identifier, link, and its own id", async () => {
    const { catalogue, harvest, connector, ask } = await ready();
    await harvest.day([school, museum]);
    const { aidId } = await curatedAid(catalogue, { connector, externalId: "162" });
    for (const asked of ["Rénover les écoles", "ecoles", "162", `${connector}/162`, "http://exemple.fr/aides/162/", aidId]) {
      const page = await ask(asked);
      expect(page, asked).toContain(`href="/aides/${aidId}"`);
      expect(page, asked).toContain("elle attend d’être relue");
    }
  });

  it.skipIf(skipped)("finds beginnings of words in any order, and parts of words with the slower search", async () => {
    const { catalogue, harvest, connector, ask } = await ready();
    await harvest.day([school, museum]);
    const { aidId } = await curatedAid(catalogue, { connector, externalId: "162" });
    expect(await ask("ECOLE renov")).toContain(`href="/aides/${aidId}"`);
    const quick = await ask("énove");
    expect(quick).toContain("Chercher partout");
    expect(await ask("énove", "&partout=oui")).toContain(`href="/aides/${aidId}"`);
  });

  it.skipIf(skipped)("lists several results, each with a sentence", async () => {
    const { catalogue, harvest, connector, ask } = await ready();
    await harvest.day([school, { ...school, id: "163", titre: "Rénover les écoles rurales" }]);
    await act(catalogue, { connector, externalId: "163" }, (aid) => decideReject(aid, marie));
    const page = await ask("écoles");
    expect(page).toContain("2 réponses");
    expect(page).toContain("Pas en ligne\u00a0: rejetée par marie");
  });

  it.skipIf(skipped)("shows in which run, where and why a record was rejected", async () => {
    const { harvest, ask } = await ready();
    const report = await harvest.day([school, { id: "9", titre: "", texte: "<p>Sans titre, aux crèches.</p>" }, museum]);
    const page = await ask("9");
    expect(page).toContain("pas de titre");
    expect(page).toContain(`/collectes/${report.runId}/enregistrement?ou=`);
    expect(await ask("crèches")).toContain("pas de titre");
  });

  it.skipIf(skipped)("reports an aid that left its feed, or was merged", async () => {
    const { catalogue, harvest, connector, ask } = await ready();
    await harvest.day([school, museum]);
    await harvest.day([museum], { force: true });
    expect(await ask("162")).toContain("Elle n’est plus dans son flux depuis");
    const stays = await curatedAid(catalogue, { connector, externalId: "7" });
    await act(catalogue, { connector, externalId: "162" }, (aid) => decideMerge(aid, stays, marie));
    const merged = await ask("162");
    expect(merged).toContain(`fusionnée dans ${connector}/7`);
    expect(merged).toContain(`href="/aides/${stays.aidId}"`);
  });

  it.skipIf(skipped)("reports that a plan to create the aid waits for a decision", async () => {
    const { harvest, ask } = await ready();
    const held = await harvest.day([school], { dryRun: true });
    const waits = await ask("162");
    expect(waits).toContain("attend une décision");
    expect(waits).toContain(`/plans/${held.planId}`);
  });

  it.skipIf(skipped)("reports who undid the run that created the aid", async () => {
    const { catalogue, harvest, ask } = await ready();
    const plan = await catalogue.plans.find((await harvest.day([school])).planId ?? "");
    if (plan === null) throw new Error("no plan");
    const undo = await undoRun(catalogue, marie, plan);
    if ("refused" in undo) throw new Error("refused");
    await applyActs(catalogue, undo.planId, marie, true);
    expect(await ask("162")).toContain("supprimée par marie le 25 novembre 2026, en défaisant la collecte qui l’avait créée");
  });

  it.skipIf(skipped)("suggests what to try without results, and finds excluded records", async () => {
    const { harvest, connector, ask } = await ready();
    await harvest.day([school, { id: "5", titre: "Aide aux lavoirs", publie: "non" }]);
    const nothing = await ask("lavoirs <script>alert(1)</script>");
    expect(nothing).toContain("Rien ne répond à cela");
    expect(nothing).not.toContain("<script>alert");
    const found = await ask("lavoirs", `&connecteur=${connector}`);
    expect(found).toContain("par sa règle");
    expect(found).toContain(french`le champ « publie » vaut « non ».`);
    expect(await ask("introuvable", `&connecteur=${connector}`)).toContain("ne contient ces mots");
  });
});
