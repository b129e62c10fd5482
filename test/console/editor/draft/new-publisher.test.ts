import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../../src/catalogue/open-catalogue.ts";
import { wordName } from "../../../../src/console/pages/editor/draft/words-step.tsx";
import { workOnce } from "../../../../src/jobs/worker/work-once.ts";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../../support/console-client.ts";
import { formOnPage } from "../../../support/form-on-page.ts";
import { testNow } from "../../../support/made-aids.ts";

const feed = [
  "id;titre;texte;fin;public;lien;interne",
  "A1;Rénover une salle des fêtes;<p>Pour les <b>communes</b>.</p><script>alert(1)</script>;31/12/2027;Petites communes;https://www.example.org/a1;x",
  "A2;Planter des haies;<p>Pour tous.</p>;01/02/2028;Associations locales;https://www.example.org/a2;y",
  ";Sans identifiant;;;;;",
].join("\n");

function file(name: string, text: string): File {
  return new File([text], name);
}

/** Returns the revision in a page's form. */
function revisionIn(html: string): string {
  return /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";
}

/** Creates a draft with name and feed, and returns its address. */
async function createDraft(client: ConsoleClient, name = "Région Bretagne", more: Readonly<Record<string, string>> = {}): Promise<string> {
  const begin = await client.post("/brouillons", { nom: name });
  const draft = (begin.to ?? "").replace(/\/producteur$/, "");
  const who = {
    nom: name,
    nature: "region",
    territoire: "Bretagne",
    licence: "openlicence20",
    connecteur: "region-bretagne-essai",
    ...more,
  };
  const done = await client.post(`${draft}/producteur`, who);
  expect(done.to).toBe(`${draft}/flux`);
  return draft;
}

async function onlyDraft(catalogue: Catalogue) {
  const [draft] = await catalogue.drafts.list();
  if (draft === undefined) throw new Error("There is no draft.");
  return draft;
}

describe("a new publisher", () => {
  it("gets from a file to a held first run, step by step", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const bizdev = await console.as("bizdev", "Marie");
    const draft = await createDraft(bizdev);
    expect((await bizdev.post(`${draft}/flux`, { fichier: file("aides.csv", feed) })).to).toBe(`${draft}/lecture`);

    const reading = await bizdev.get(`${draft}/lecture`);
    expect(reading.html).toContain("3 enregistrements");
    expect(reading.html).toContain("séparé par des points-virgules");
    expect((await bizdev.post(`${draft}/lecture`, {})).to).toBe(`${draft}/champs/externalId`);
    expect((await bizdev.get(`${draft}/champs/externalId`)).html).toContain("Un bon identifiant est unique");
    expect((await bizdev.post(`${draft}/champs/externalId`, {})).to).toBe(`${draft}/champs`);

    const fields = await bizdev.get(`${draft}/champs`);
    expect(fields.html).toContain("31 décembre 2027");
    expect(fields.html).toContain("interne");
    await bizdev.post(`${draft}/champs`, {});
    const words = await bizdev.get(`${draft}/mots`);
    expect(words.html).toContain("Petites communes");
    await bizdev.post(`${draft}/mots`, { [wordName("targetedAudiences", "Petites communes")]: ["commune"] });

    const table = await bizdev.get(`${draft}/champs`);
    expect(table.html).toContain("Rénover une salle des fêtes");
    expect(table.html).toContain("Communes");
    expect(table.html.includes("<script>alert")).toBe(false);
    const made = await bizdev.post(`${draft}/essai`, {});
    expect(made.to).toMatch(/^\/collectes\//);
    expect((await bizdev.get("/brouillons")).html).toContain("Première collecte en cours");

    const [version] = await catalogue.connectorVersions.list("region-bretagne-essai");
    expect(version).toMatchObject({ version: 1, by: "Marie", terms: { targetedAudiences: { "Petites communes": ["commune"] } } });
    expect(version?.definition).toMatchObject({
      state: "draft",
      publisher: { territory: { scale: "region", code: "53" }, licence: "openlicence20" },
    });

    await workOnce(console.services.jobs, {});
    const run = await catalogue.runs.find((made.to ?? "").replace("/collectes/", ""));
    expect(run?.outcome).toBe("held");
    expect(run?.report?.counts).toMatchObject({ received: 3, rejected: 1, valid: 2, created: 2 });
    expect(await catalogue.aids.count()).toBe(0);

    const plan = run?.report?.planId ?? "";
    const list = (await bizdev.get("/brouillons")).html;
    expect(list).toContain("Première collecte retenue");
    expect(list).toContain(`href="/plans/${plan}"`);
    expect((await bizdev.get(`${draft}/essai`)).html).toContain('href="/questions?connecteur=region-bretagne-essai"');
    await catalogue.plans.apply(plan, { token: null, now: new Date(testNow), appliedBy: "Olga" });
    expect((await bizdev.get("/brouillons")).html).toContain("Relire 2 aides");
  }, 120_000);

  it("keeps its draft when the browser closes, and never overwrites an earlier save", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const marie = await console.as("bizdev", "Marie");
    const draft = await createDraft(marie);
    const paul = await console.as("bizdev", "Paul");
    const seen = await paul.get(`${draft}/producteur`);
    expect(seen.html).toContain("Bretagne (région, 53)");
    const revision = revisionIn(seen.html);
    const who = {
      nom: "Région Bretagne",
      nature: "region",
      territoire: "Bretagne",
      licence: "unknown",
      connecteur: "region-bretagne-essai",
    };
    expect((await paul.post(`${draft}/producteur`, { ...who, version: revision })).status).toBe(303);
    const late = await marie.post(`${draft}/producteur`, { ...who, nom: "Autre", version: revision });
    expect(late.status).toBe(409);
    expect(late.html).toContain("Paul a enregistré pendant que vous écriviez");
    expect(late.html).toContain('value="Autre"');
    expect((await onlyDraft(catalogue)).title).toBe("Région Bretagne");
    expect((await marie.get("/brouillons")).html).toContain("Son fichier ou son adresse");
  });

  it("can have another source for a field, a fixed value or none, and shows the result", async () => {
    const catalogue = await ownCatalogue();
    const bizdev = await testConsole(catalogue).as("bizdev");
    const draft = await createDraft(bizdev);
    await bizdev.post(`${draft}/flux`, { fichier: file("aides.csv", feed) });
    const choose = async (field: string, choice: Readonly<Record<string, string | readonly string[]>>) => {
      const page = await bizdev.get(`${draft}/champs/${field}`);
      return bizdev.post(`${draft}/champs/${field}`, { version: revisionIn(page.html), ...choice });
    };
    expect((await choose("eligibility", { champ: ["interne", "public"] })).to).toBe(`${draft}/champs#ligne-eligibility`);
    expect((await choose("aidTypes", { facon: "fixe", fixe: ["grant"] })).status).toBe(303);
    expect((await choose("originUrl", { facon: "rien" })).status).toBe(303);
    expect((await choose("name", { facon: "rien" })).html).toContain("Une aide a toujours un identifiant et un titre.");
    expect((await choose("submissionDeadline", { facon: "champ", champ: "ailleurs" })).html).toContain("Choisissez un champ du fichier.");
    const result = (await bizdev.get(`${draft}/champs`)).html.split('id="resultat"')[1] ?? "";
    expect(result.includes("Subvention")).toBe(true);
    expect(result.split("</section>")[0]?.includes("https://www.example.org/a1")).toBe(false);
    expect((await onlyDraft(catalogue)).answers.changes).toMatchObject({
      fields: { aidTypes: { kind: "constant", value: ["grant"] }, originUrl: null },
    });
  }, 60_000);

  it("keeps a source chosen for an empty field, although « De rien » is still ticked", async () => {
    const catalogue = await ownCatalogue();
    const bizdev = await testConsole(catalogue).as("bizdev");
    const draft = await createDraft(bizdev);
    await bizdev.post(`${draft}/flux`, { fichier: file("aides.csv", feed) });
    const path = `${draft}/champs/contact`;
    const form = formOnPage((await bizdev.get(path)).html, path);
    expect(form.facon).toBe("rien");
    expect((await bizdev.post(path, { ...form, champ: ["interne"] })).status).toBe(303);
    expect((await bizdev.get(`${draft}/champs`)).html).toContain('id="ligne-contact"');
  }, 60_000);

  it.each([
    ["page.html", "<!doctype html><html><body><p>Nos aides</p></body></html>"],
    ["vide.csv", ""],
    ["casse.json", '{"aides": [{"id": 1, '],
  ])("explains why %s cannot be read, and keeps the saved answers", async (name, text) => {
    const catalogue = await ownCatalogue();
    const bizdev = await testConsole(catalogue).as("bizdev");
    const draft = await createDraft(bizdev);
    await bizdev.post(`${draft}/flux`, { fichier: file(name, text === "" ? " " : text) });
    const page = await bizdev.get(`${draft}/lecture`);
    expect(page.status).toBe(422);
    expect(page.html).toContain("Ce qui a été donné ne peut pas être lu");
    expect((await onlyDraft(catalogue)).title).toBe("Région Bretagne");
  });

  it("refuses private addresses and addresses with a key", async () => {
    const catalogue = await ownCatalogue();
    const bizdev = await testConsole(catalogue).as("bizdev");
    const draft = await createDraft(bizdev);
    for (const adresse of [
      "http://127.0.0.1:5432/",
      "http://169.254.169.254/latest/meta-data",
      "http://[::1]/",
      "file:///etc/passwd",
      "ftp://example.org/x",
    ]) {
      const refused = await bizdev.post(`${draft}/flux`, { adresse });
      expect(refused.status, adresse).toBe(422);
      expect(refused.html).toContain(adresse.replaceAll("&", "&amp;"));
    }
    const secret = await bizdev.post(`${draft}/flux`, { adresse: "https://user:motdepasse@example.org/aides.csv" });
    expect(secret.html).toContain("retirez-les");
    expect(JSON.stringify((await onlyDraft(catalogue)).answers)).not.toContain("motdepasse");
  });

  it("asks which of several territories with the same name is meant, and proposes an unused connector name", async () => {
    const catalogue = await ownCatalogue();
    const bizdev = await testConsole(catalogue, { folders: [process.cwd()] }).as("bizdev");
    const begin = await bizdev.post("/brouillons", { nom: "Région Île-de-France" });
    const page = await bizdev.get(begin.to ?? "");
    expect(page.html).toContain("Île-de-France (région, 11)");
    expect(page.html).toContain("region-ile-de-france-2");
    const wrong = await bizdev.post(begin.to ?? "", {
      nom: "X",
      nature: "region",
      territoire: "Nullepart",
      licence: "unknown",
      connecteur: "Mon Connecteur",
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain("Nous ne connaissons pas ce territoire");
    expect(wrong.html).toContain("Des mots en minuscules");
  });

  it("stops at a list of grants paid, and goes on only if a person says so", async () => {
    const catalogue = await ownCatalogue();
    const client = await testConsole(catalogue).as("bizdev", "Marie");
    const draft = await createDraft(client);
    const rows = Array.from(
      { length: 12 },
      (_, n) =>
        `Département;22260001800011;2025-0${(n % 9) + 1}-15;Association des ${n} rives;${77567227221138 + n};Fonctionnement;${n}500`,
    );
    const grants = ["nomAttribuant;idAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;objet;montant", ...rows].join("\n");
    await client.post(`${draft}/flux`, { fichier: file("subventions.csv", grants) });
    const reading = await client.get(`${draft}/lecture`);
    expect(reading.html).toContain("une liste de subventions déjà versées, pas une liste d’aides");
    for (const step of ["champs", "champs/externalId", "mots", "essai"])
      expect((await client.get(`${draft}/${step}`)).to, step).toBe(draft);
    expect((await client.get(draft)).to).toBe(`${draft}/lecture`);
    await client.post(`${draft}/essai`, { version: revisionIn(reading.html) });
    expect(await catalogue.connectorVersions.list("region-bretagne-essai")).toEqual([]);

    const chosen = await client.act(`${draft}/continuer`, {});
    expect(chosen.html).toContain("Vous avez choisi de continuer quand même.");
    expect((await client.get(`${draft}/champs`)).status).toBe(200);
    const [entry] = await catalogue.audit.list({ act: "draft.continue" }, { limit: 1, offset: 0 });
    expect(entry).toMatchObject({ by: "Marie", details: { file: "grants-paid" } });
  });
});
