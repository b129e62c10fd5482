import { sql } from "drizzle-orm";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { templateWorkbook } from "../../../src/console/pages/templates/template-workbook.ts";
import { templateCells } from "../../../src/french/template-cells.ts";
import { entryParts } from "../../../src/jobs/entry/entry-questions.ts";
import { addressVariable } from "../../../src/kit/address-variable.ts";
import { moissonTemplate } from "../../../src/kit/platforms/moisson-template.ts";
import { templateColumns } from "../../../src/kit/platforms/template-columns.ts";
import { missingForPublication } from "../../../src/model/aid/publishable.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { testNow } from "../../support/made-aids.ts";
import { newEnteredFile, wholeEntry } from "./entered-file.ts";

/** Answers that cannot be read, and the question that the problem names. */
const wrong: readonly (readonly [name: string, answer: string])[] = [
  ["name", ""],
  ["name", "x".repeat(256)],
  ["externalId", "EXEMPLE"],
  ["externalId", "é".repeat(256)],
  ["originUrl", "pas une adresse"],
  ["applicationUrl", "javascript:alert(1)"],
  ["recurrence", "Hebdomadaire"],
  ["startDate", "2027-02-31"],
  ["predepositDate", "bientôt"],
  ["submissionDeadline", "31/31/2027"],
  ["isCallForProject", "peut-être"],
  ["scale", "Galaxie"],
  ["perimeters", "Atlantide"],
  ["subventionRateUpperBound", "beaucoup"],
  ["subventionRateUpperBound", "150"],
  ["subventionComment", "x".repeat(256)],
  ["loanAmount", "dix mille"],
  ["recoverableAdvanceAmount", "?"],
  ["otherFinancialAidComment", "x".repeat(101)],
  ["isCharged", "parfois"],
  ["europeanAid", "Un peu"],
  ["description", "x".repeat(20_001)],
];

describe("the questions of the form", () => {
  it("are all fields of the template, each once", () => {
    const asked = entryParts.flatMap(({ fields }) => fields);
    expect([...asked].sort()).toEqual(templateColumns.map(({ field }) => field).sort());
  });
});

describe.each(testedDatabases)("an aid entered without a file, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let count = 0;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());
    const newFile = () => newEnteredFile(catalogue, `Agence ${++count}`);

    it("creates the publisher's connector, whose first run is applied without ops, and is read back as it was typed", async () => {
      const file = await newFile();
      const empty = await file.form();
      expect(empty).toMatchObject({ "aide.financers": "Agence 1", "aide.scale": "Département", "aide.perimeters": "Drôme" });
      const saved = await file.send({ ...wholeEntry, suite: "appliquer" });
      const run = await file.apply(saved);
      expect(run).toMatchObject({
        connector: "agence-1-saisie",
        outcome: "applied",
        askedBy: "Bérénice",
        report: { counts: { valid: 1 } },
      });
      const { imported } = await file.aid("00042");
      expect(imported).toMatchObject({
        ...{ name: "Planter des haies", contact: "<p>Service agriculture<br>2e étage</p>", loanAmount: 12_500, isCharged: false },
        ...{ subventionRateLowerBound: 20, subventionRateUpperBound: 50, submissionDeadline: "2027-03-31", recurrence: "recurring" },
        targetedAudiences: ["commune", "department", "epci", "farmer", "public-cies", "region", "special"].map(() => expect.any(String)),
      });
      expect(missingForPublication(imported)).toEqual([]);
      const again = await file.form("00042");
      for (const [name, answer] of Object.entries(wholeEntry)) expect([again[name]].flat().sort(), name).toEqual([answer].flat().sort());
      const journal = (await file.bizdev.get(`/producteurs/${file.publisherId}`)).html;
      expect(journal).toContain("agence-1-saisie");
    });

    it("is refused with a problem at the question whose answer cannot be read, and nothing is created", async () => {
      const file = await newFile();
      for (const [name, answer] of wrong) {
        const page = await file.send({ ...wholeEntry, [`aide.${name}`]: answer });
        expect(page.status, `${name}: ${answer.slice(0, 20)}`).toBe(422);
        expect(page.html).toContain(`href="#champ-aide-${name}"`);
        expect(page.html).toContain(`id="champ-aide-${name}-erreur"`);
        if (answer.length < 200 && name !== "name") expect(page.html).toContain(answer.replaceAll("'", "&#39;"));
      }
      expect(
        (await testConsole(catalogue).services.jobs.connectors()).filter(({ definition }) =>
          definition.publisher.name.endsWith(` ${count}`),
        ),
      ).toEqual([]);
    });

    it("ignores ticked boxes that no term has, and answers to questions that the form does not ask", async () => {
      const file = await newFile();
      await file.enter({
        ...wholeEntry,
        "aide.aidTypes": ["grant", "<script>", "__proto__"],
        "aide.__proto__": "x",
        "aide.importDataUrl": "x",
      });
      expect((await file.aid("00042")).imported).toMatchObject({ aidTypes: ["grant"], importDataUrl: null });
    });

    it("previews what a local authority will see and what is missing, and saves nothing", async () => {
      const file = await newFile();
      const page = await file.bizdev.post(`${file.path}/apercu`, { ...(await file.form()), "aide.name": "Planter <b>des</b> haies" });
      expect(page.status).toBe(200);
      expect(page.html).toContain("Planter &lt;b&gt;des&lt;/b&gt; haies");
      expect(page.html).toMatch(/Pour publier, il manque \d+ informations/);
      expect(page.html).toContain('href="#champ-aide-description"');
      const whole = await file.bizdev.post(`${file.path}/apercu`, { ...wholeEntry, "aide.externalId": "" });
      expect(whole.html).toContain("Rien ne manque");
      expect((await catalogue.publishers.connectorOwners()).size).toBe(count - 2);
    });

    it("is shown again without a preview after a thousand previews in an hour", async () => {
      const file = await newFile();
      const answers = { ...(await file.form()), "aide.name": "Planter des haies" };
      expect((await file.bizdev.post(`${file.path}/apercu`, answers)).status).toBe(200);
      await catalogue.store.rows(sql`
        insert into sign_in_tries (who, at) select who, at from sign_in_tries, generate_series(2, 1000) where who like 'preview-of:%'`);
      const refused = await file.bizdev.post(`${file.path}/apercu`, answers);
      expect([refused.status, formOnPage(refused.html, file.path)]).toEqual([429, answers]);
    });

    it("folds the later parts, says how many fields of each are filled, and opens a part with a mistake", async () => {
      const file = await newFile();
      const part = (html: string, title: string) =>
        new RegExp(`<details class="moisson-form-part"( open="")?><summary><h2>${title}</h2> <span[^>]*>([^<]*)`).exec(html)?.slice(1);
      const { html } = await file.bizdev.get(file.path);
      expect(part(html, "L’aide")).toEqual([' open=""', "aucun champ rempli sur 3"]);
      expect(part(html, "Où")).toEqual([undefined, "2 champs sur 2 remplis"]);
      const refused = await file.send({ ...wholeEntry, "aide.perimeters": "Atlantide" });
      expect(part(refused.html, "Où")?.[0]).toBe(' open=""');
      expect(part(refused.html, "Quand")).toEqual([undefined, "4 champs sur 4 remplis"]);
    });

    it("gets an identifier made from its title, and never the identifier of another aid", async () => {
      const file = await newFile();
      const { "aide.externalId": _, ...answers } = wholeEntry;
      await file.enter(answers);
      await file.enter(answers);
      expect((await file.aid("planter-des-haies")).imported.name).toBe("Planter des haies");
      expect((await file.aid("planter-des-haies-2")).imported.name).toBe("Planter des haies");
      const taken = await file.send({ ...wholeEntry, "aide.externalId": "planter-des-haies" });
      expect(taken.status).toBe(422);
      expect(taken.html).toContain("désigne déjà une autre aide");
    });

    it("is added to the file that still waits, but not to one that was discarded", async () => {
      const file = await newFile();
      const entered = (id: string) => file.send({ ...wholeEntry, "aide.externalId": id, "aide.name": `Aide ${id}` });
      expect((await file.run(await entered("a1"))).report?.counts.received).toBe(1);
      const waiting = await file.run(await entered("a2"));
      expect(waiting.report?.counts.received).toBe(2);
      await catalogue.plans.close(waiting.report?.planId ?? "", "discarded", { now: new Date(), by: "ops" });
      expect((await file.run(await entered("a3"))).report?.counts.received).toBe(1);
    });

    it("is not lost if several people save at once: other aids, other answers of one aid, or the same answer", async () => {
      const file = await newFile();
      await file.enter(wholeEntry);
      const all = await Promise.all(["b1", "b2", "b3"].map((id) => file.send({ ...wholeEntry, "aide.externalId": id })));
      const runs = [];
      for (const saved of all) runs.push(await file.run(saved));
      expect(Math.max(...runs.map(({ report }) => report?.counts.received ?? 0))).toBe(4);

      const [mine, hers] = [await file.form("00042"), await file.form("00042")];
      await file.apply(await file.bizdev.post(file.path, { ...hers, "aide.shortTitle": "ELLE", "aide.contactPhone": "01 00 00 00 00" }));
      const merged = await file.apply(await file.bizdev.post(file.path, { ...mine, "aide.instructors": "DDT" }));
      expect(merged.report?.counts.received).toBe(4);
      expect((await file.aid("00042")).imported).toMatchObject({ shortTitle: "ELLE", instructors: [{ name: "DDT" }] });

      const conflict = await file.bizdev.post(file.path, { ...mine, "aide.shortTitle": "MOI" });
      expect(conflict.status).toBe(409);
      expect(conflict.html).toContain("Bérénice a enregistré pendant que vous écriviez");
      expect(conflict.html).toContain("ELLE");
      expect(conflict.html).toContain('value="MOI"');
    });

    it("corrects a row of an uploaded workbook of our template, and leaves other rows and columns as they are", async () => {
      const file = await newFile();
      const id = `agence-${count}-classeur`;
      const template = moissonTemplate({ id, feed: { urlFrom: addressVariable(id) }, decode: { format: "excel", sheet: "Aides" } });
      const definition = { ...template, publisher: { ...template.publisher, territory: { scale: "department", code: "26" } } };
      const version = {
        connector: id,
        definition: { ...definition },
        changes: {},
        terms: {},
        why: "modèle rempli",
        by: "test",
        at: testNow,
      };
      await catalogue.connectorVersions.add(version, 0);
      await catalogue.publishers.giveConnector(id, file.publisherId);
      const fichier = new File([await filledTemplate()], "aides.xlsx");
      const uploaded = await file.bizdev.post(`/connecteurs/${id}/fichier`, { fichier, suite: "appliquer" });
      expect(await file.apply(uploaded)).toMatchObject({ outcome: "applied", report: { counts: { received: 3, valid: 2 } } });

      const form = await file.form("B");
      expect(form).toMatchObject({
        "aide.submissionDeadline": "2027-03-31",
        "aide.loanAmount": "12500",
        "aide.startDate": "dès que possible",
      });
      const run = await file.apply(await file.bizdev.post(file.path, { ...form, "aide.name": "Deux", suite: "appliquer" }));
      expect(run).toMatchObject({ outcome: "applied", report: { counts: { received: 3, valid: 2, updated: 1, unchanged: 1 } } });
      expect((await file.aid("B")).imported).toMatchObject({ name: "Deux", submissionDeadline: "2027-03-31", loanAmount: 12_500 });
      const rows = await rowsOf(catalogue, run.snapshotHash ?? "");
      expect(rows.map((row) => row["Notes internes"])).toEqual(["exemple", "vu", "à revoir"]);
      expect(rows[2]).toMatchObject({ "Date d’ouverture": "dès que possible", "Public visé 1 (obligatoire)": "Communes rurales" });
    });

    it("needs the publisher's territory, and a publisher and a row that exist", async () => {
      const nowhere = await newEnteredFile(catalogue, `Agence ${++count}`, null);
      const page = await nowhere.bizdev.get(nowhere.path);
      expect([page.status, page.html.includes("territoire")]).toEqual([409, true]);
      const file = await newFile();
      expect((await file.bizdev.get(`${file.path}?aide=inconnue`)).status).toBe(404);
      expect((await file.bizdev.post(file.path, { ...wholeEntry, aide: "inconnue" })).status).toBe(404);
      expect((await file.bizdev.get("/producteurs/pas-un-uuid/saisir")).status).toBe(404);
    });

    it("is not saved if it names a person who asked to be forgotten", async () => {
      const file = await newFile();
      const feedCleaner = async () => ({ clean: <T>(value: T) => value, isIn: async () => true, origin: { module: "", data: null } });
      const console = testConsole(catalogue, { services: { feedCleaner } });
      const page = await (await console.as("bizdev")).post(file.path, wholeEntry);
      expect(page.status).toBe(422);
      expect(page.html).toContain("oubliée");
    });

    it("finds the publisher by a part of its name", async () => {
      const file = await newFile();
      const page = await file.bizdev.get(`/saisir?nom=agence+${count}`);
      expect(page.html).toContain(`href="${file.path}"`);
      expect((await file.bizdev.get("/saisir?nom=personne")).html).toContain("/producteurs/nouveau");
    });
  });
});

/** Returns our template with the example row, the rows A and B, and a column of the publisher. B has words that are no terms of ours. */
async function filledTemplate(): Promise<Uint8Array<ArrayBuffer>> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await templateWorkbook()).buffer as ArrayBuffer);
  const sheet = workbook.getWorksheet("Aides");
  const columns = [...templateCells.map(({ title }) => title), "Notes internes"];
  const write = (row: number, values: Readonly<Record<string, string | number | Date>>) => {
    for (const [title, value] of Object.entries(values))
      if (sheet !== undefined) sheet.getCell(row, columns.indexOf(title) + 1).value = value;
  };
  write(1, { "Notes internes": "Notes internes" });
  write(2, { "Notes internes": "exemple" });
  const day = new Date("2027-03-31T00:00:00Z");
  write(3, { "Identifiant (obligatoire)": "A", "Titre (obligatoire)": "Un", "Date de clôture": day, "Notes internes": "vu" });
  const odd = { "Public visé 1 (obligatoire)": "Communes rurales", "Date d’ouverture": "dès que possible", "Notes internes": "à revoir" };
  write(4, {
    "Identifiant (obligatoire)": "B",
    "Titre (obligatoire)": "2",
    "Date de clôture": day,
    "Montant maximal du prêt (€)": 12_500,
    ...odd,
  });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Returns the rows of a stored workbook by title. */
async function rowsOf(catalogue: TestCatalogue, hash: string): Promise<Record<string, unknown>[]> {
  const [part] = (await catalogue.snapshots.stream(hash)) ?? [];
  const pieces: Uint8Array[] = [];
  for await (const piece of part?.open() ?? []) pieces.push(piece);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(Buffer.concat(pieces)).buffer as ArrayBuffer);
  const sheet = workbook.getWorksheet("Aides");
  const [, ...titles] = (sheet?.getRow(1).values ?? []) as string[];
  const rows: Record<string, unknown>[] = [];
  for (let number = 2; number <= (sheet?.rowCount ?? 0); number++)
    rows.push(Object.fromEntries(titles.map((title, index) => [title, sheet?.getCell(number, index + 1).value])));
  return rows;
}
