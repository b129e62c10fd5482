import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

const text = (id: number) =>
  `<p>La région aide les communes qui entretiennent le verger n° ${id}, dans la limite de la moitié du coût.</p>`;
const record = (id: number) => ({
  id: `a${id}`,
  titre: `Entretenir le verger ${id}`,
  texte: text(id),
  fin: `2027-0${(id % 9) + 1}-15`,
  ...(id % 2 === 0 && { motsCles: "arbres, sols" }),
});
const records = Array.from({ length: 20 }, (_, id) => record(id));

/** Returns the text of the page's main part. */
function words(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  return main
    .replace(/<[^>]*>/g, " ")
    .replace(/[\u00a0\u202f]/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");
}

describe("the usual form of a feed", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const consoleOf = ({ folder }: Harvest) => testConsole(catalogue, { folders: [folder] });

  it("shows how often each field is filled, and what its values look like; the connector's page and its plans link to it", async () => {
    const harvest = await newHarvest(catalogue);
    const path = `/connecteurs/${harvest.connector}/flux`;
    const reader = await consoleOf(harvest).as("read");
    expect(words((await reader.get(path)).html)).toContain("Aucune collecte n’a encore été appliquée");
    await harvest.day(records);
    const { planId } = await harvest.day(records.slice(0, 5));
    for (const page of [`/connecteurs/${harvest.connector}`, `/plans/${planId}`])
      expect((await reader.get(page)).html).toContain(`href="${path}"`);
    const page = words((await reader.get(path)).html);
    expect(page).toContain("20 enregistrements le 25 novembre 2026, dont 20 valides.");
    expect(page).toMatch(/ fin date de clôture 100 % date, écrite comme 2026-11-25 /);
    expect(page).toMatch(/ motsCles mots-clés 50 % texte court, liste séparée par « , » /);
    expect(page).toMatch(/ texte description 100 % texte mis en page \(HTML\), 1\d\d caractères en général, 1\d\d au plus /);
    expect(page).toContain("Langue des textes Français.");
    expect(page).not.toContain("Assouplir");
  });

  it("shows the encoding and the delimiter of a CSV", async () => {
    const harvest = await newHarvest(catalogue, { decode: { format: "csv" } });
    await harvest.day(`id;titre;texte\n1;Entretenir les vergers à l’été;${text(1)}\n`);
    const page = words((await (await consoleOf(harvest).as("read")).get(`/connecteurs/${harvest.connector}/flux`)).html);
    expect(page).toContain("Écriture CSV, séparé par des points-virgules (utf-8).");
  });

  it("lets ops loosen a field with a note, so that its absence only warns, and end this decision", async () => {
    const harvest = await newHarvest(catalogue);
    const path = `/connecteurs/${harvest.connector}/flux`;
    await harvest.day(records);
    const gone = records.map(({ fin: _, ...rest }) => rest);
    expect((await harvest.day(gone)).outcome).toBe("held");
    const ops = await consoleOf(harvest).as("ops", "Olga");
    const own = words((await ops.get(path)).html);
    expect(own).toMatch(/ fin date de clôture 100 % [^%]*la collecte est retenue assouplir fin/);
    expect(own).toMatch(/ debut date d’ouverture 0 % aucune valeur rien : il peut être vide/);
    expect((await ops.get(`${path}?assouplir=fin`)).html).toMatch(/<option value="fin" selected[^>]*>/);
    expect((await ops.post(`${path}/assouplir`, { sujet: "fin" })).status).toBe(422);
    expect((await ops.post(`${path}/assouplir`, { sujet: "inconnu", note: "vu" })).status).toBe(422);
    expect((await (await consoleOf(harvest).as("bizdev")).post(`${path}/assouplir`, { sujet: "fin", note: "vu" })).status).toBe(403);
    expect((await harvest.day(gone)).outcome).toBe("held");
    const done = words((await ops.act(`${path}/assouplir`, { sujet: "fin", note: "ils ne publient plus de dates" })).html);
    expect(done).toContain("Le champ du flux « fin » ne retient plus les collectes");
    expect(done).toContain("Olga, le 25 novembre 2026 : ils ne publient plus de dates");
    const warned = await harvest.day(gone, { dryRun: true });
    expect(warned.guards).toEqual([]);
    expect(warned.warnings).toMatchObject([
      { code: "path-missing", params: { path: "fin" } },
      { code: "field-emptied", field: "submissionDeadline" },
    ]);
    const lifted = words((await ops.act(`${path}/lever`, { genre: "loosen", sujet: "fin" })).html);
    expect(lifted).toContain("Les prochaines collectes seront de nouveau retenues dans ce cas.");
    expect(lifted).not.toContain("Ce que des personnes ont décidé");
    expect((await harvest.day(gone)).outcome).toBe("held");
    expect((await ops.post(`${path}/lever`, { genre: "loosen", sujet: "fin" })).status).toBe(409);
  });

  it("shows a field that a person holds, and gives it back to the feed", async () => {
    const harvest = await newHarvest(catalogue);
    await harvest.day(records);
    const { planId } = await harvest.day(records.map(({ texte: _, ...rest }) => rest));
    const ops = await consoleOf(harvest).as("ops", "Olga");
    await ops.act(`/plans/${planId}/sauf-champs`, { champs: "description" });
    const path = `/connecteurs/${harvest.connector}/flux`;
    expect(words((await ops.get(path)).html)).toContain(
      "Le champ « description » garde ses dernières valeurs jusqu’à ce que le flux remplisse de nouveau « texte ».",
    );
    await ops.act(`${path}/lever`, { genre: "hold", sujet: "description" });
    expect(await catalogue.feedDecisions.list(harvest.connector)).toEqual([]);
  });
});
