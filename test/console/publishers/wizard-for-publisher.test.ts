import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { testNow } from "../../support/made-aids.ts";
import { seededFrom, words } from "./publisher-fixtures.ts";

const feed = [
  "id;titre;texte;fin;lien",
  "A1;Rénover une salle des fêtes;<p>Pour les communes.</p>;31/12/2027;https://www.example.org/a1",
  "A2;Planter des haies;<p>Pour tous.</p>;01/02/2028;https://www.example.org/a2",
].join("\n");

describe("a feed added from its publisher's page", () => {
  let catalogue: TestCatalogue;
  beforeEach(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterEach(() => catalogue.drop());

  /** Takes the file through the steps, and returns the connector's id. */
  async function broughtIn(client: ConsoleClient, draft: string, publisher: Readonly<Record<string, string>>): Promise<string> {
    await client.post(`${draft}/producteur`, publisher);
    await client.post(`${draft}/flux`, { fichier: new File([feed], "aides.csv") });
    await client.post(`${draft}/lecture`);
    await client.post(`${draft}/champs/externalId`);
    for (const step of ["champs", "mots"]) await client.post(`${draft}/${step}`);
    expect((await client.post(`${draft}/essai`)).to).toMatch(/^\/collectes\//);
    return publisher.connecteur ?? "";
  }

  /** Returns the values of a form's fields. */
  function heldIn(html: string): (name: string) => string {
    return (name) =>
      new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1] ??
      new RegExp(`<select[^>]* name="${name}".*?<option value="([^"]*)" selected=""`).exec(html)?.[1] ??
      "";
  }

  it("starts with the known facts, and assigns draft, connector and log to the publisher", async () => {
    const client = await testConsole(catalogue).as("bizdev", "Marie");
    await client.get("/producteurs");
    const found = await seededFrom(catalogue, "department:26");
    const facts = { ...found, siren: "222600017", website: "https://www.ladrome.fr", licence: "openlicence20" };
    await catalogue.publishers.save(found, facts, { by: "Marie", now: testNow });
    const contact = { name: "Solveig Tartempion", role: null, email: "s.t@exemple.fr", phone: null, note: null, getsLetters: true };
    await catalogue.contacts.add(found.publisherId, contact, { by: "Marie", now: testNow });
    const begun = await client.post("/brouillons", { nom: found.name, producteur: found.publisherId });
    const draft = (begun.to ?? "").replace(/\/producteur$/, "");
    const step = (await client.get(`${draft}/producteur`)).html;
    expect(step).toContain(`href="/producteurs/${found.publisherId}"`);
    // Coming back resumes the draft instead of starting a second one.
    const before = (await client.get(`/producteurs/${found.publisherId}`)).html;
    expect(words(before)).toContain("Reprendre son brouillon Amener un autre flux");
    expect(before).toContain(`<a class="fr-btn" href="${draft}">`);
    const held = heldIn(step);
    expect(held("contact")).toBe("Solveig Tartempion, s.t@exemple.fr");
    const publisher = Object.fromEntries(
      ["nom", "siren", "nature", "territoire", "site", "licence", "connecteur"].map((name) => [name, held(name).replace("&#39;", "'")]),
    );
    expect(publisher).toEqual({
      nom: "Département de la Drôme",
      siren: "222600017",
      nature: "department",
      territoire: "Drôme (département, 26)",
      site: "https://www.ladrome.fr",
      licence: "openlicence20",
      connecteur: "departement-de-la-drome",
    });
    const connector = await broughtIn(client, draft, publisher);
    expect((await catalogue.publishers.findByConnector(connector))?.publisherId).toBe(found.publisherId);
    const [version] = await catalogue.connectorVersions.list(connector);
    expect(version?.definition).toMatchObject({
      publisher: { siren: "222600017", website: "https://www.ladrome.fr", licence: "openlicence20" },
    });
    expect((await catalogue.exchanges.list(found.publisherId)).map(({ kind, by }) => [kind, by])).toEqual([
      ["connector-made", "Marie"],
      ["draft-begun", "Marie"],
    ]);
    const page = words((await client.get(`/producteurs/${found.publisherId}`)).html);
    expect(page).toContain("1 connecteur");
    expect(page).not.toContain("Reprendre son brouillon");
    const activate = `/connecteurs/${connector}/definition/collecte`;
    expect(heldIn((await client.get(activate)).html)("etat")).toBe("draft");
    expect(heldIn((await client.get(`${activate}?etat=active`)).html)("etat")).toBe("active");
    expect(page).toContain("connecteur créé : Département de la Drôme");
  }, 120_000);

  it("finds its publisher too if the wizard was started without one", async () => {
    const client = await testConsole(catalogue).as("bizdev", "Marie");
    const begun = await client.post("/brouillons", { nom: "Conseil régional de Bretagne" });
    const publisher = {
      nom: "Conseil régional de Bretagne",
      nature: "region",
      territoire: "région 53",
      licence: "unknown",
      connecteur: "bretagne",
    };
    await broughtIn(client, (begun.to ?? "").replace(/\/producteur$/, ""), publisher);
    const owner = await catalogue.publishers.findByConnector("bretagne");
    expect(owner?.seed).toBe("region:53");
    expect((await catalogue.exchanges.list(owner?.publisherId ?? "")).map(({ kind }) => kind)).toEqual(["connector-made"]);
  }, 120_000);
});
