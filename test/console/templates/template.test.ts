import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { templateCells } from "../../../src/french/template-cells.ts";
import { moissonTemplate } from "../../../src/kit/platforms/moisson-template.ts";
import { wholeContent } from "../../../src/model/aid/filled-content.ts";
import { missingForPublication } from "../../../src/model/aid/publishable.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { runInMemory } from "../../support/run-in-memory.ts";
import { plainOptions, proposalFor, ruleOf } from "../../survey/survey-of.ts";

/** A filled row by column title, without the mark for required columns. */
const filled: Readonly<Record<string, string | number | Date>> = {
  Identifiant: "00042",
  Titre: "Planter des haies",
  Description: "Le département aide à planter.\n\nUne haie par an.",
  "Conditions d’éligibilité": "Être agriculteur",
  Contact: "Service agriculture",
  "Courriel du contact": "agriculture@departement.example",
  "Téléphone du contact": "04 75 00 00 00",
  "Lien vers la page de l’aide": "https://departement.example/haies",
  "Public visé 1": "Agriculteurs",
  "Public visé 2": "Entreprises publiques locales (Sem, Spl, SemOp)",
  "Public visé 6": "Collectivités d'outre-mer à statuts particuliers",
  "Type d’aide 1": "Subvention",
  "Type d’aide 2": "Certificat d'économie d'énergie (CEE)",
  "Type de dépenses 1": "Dépenses d'investissement",
  "Avancement du projet 1": "Réflexion / conception",
  "Thématique 1": "Forêts",
  "Thématique 2": "Modes actifs : vélo, marche et aménagements associés",
  Récurrence: "Récurrente",
  "Date d’ouverture": new Date("2027-01-04T00:00:00Z"),
  "Date de clôture": new Date("2027-03-31T00:00:00Z"),
  "Appel à projets ou à manifestation d’intérêt": "oui",
  Financeurs: "Département de la Drôme ; Région Auvergne-Rhône-Alpes",
  Instructeurs: "Chambre d’agriculture",
  "Échelle du territoire": "Département",
  Territoires: "Drôme ; Ardèche",
  "Taux de subvention (%)": "20 à 50",
  "Montant maximal du prêt (€)": 12_500,
  "Mots-clés": "haie ; bocage",
  "Dernière mise à jour": new Date("2026-11-02T00:00:00Z"),
};

const right = {
  externalId: "00042",
  name: "Planter des haies",
  nameInitial: "Planter des haies",
  description: "<p>Le département aide à planter.</p><p>Une haie par an.</p>",
  eligibility: "<p>Être agriculteur</p>",
  contact: "<p>Service agriculture</p>",
  contactEmail: "agriculture@departement.example",
  contactPhone: "04 75 00 00 00",
  originUrl: "https://departement.example/haies",
  targetedAudiences: ["special", "public-cies", "farmer"],
  aidTypes: ["grant", "cee"],
  destinations: ["investment"],
  mobilizationSteps: ["preop"],
  categories: expect.arrayContaining([expect.any(String), expect.any(String)]),
  recurrence: "recurring",
  startDate: "2027-01-04",
  submissionDeadline: "2027-03-31",
  isCallForProject: true,
  financers: [
    { name: "Département de la Drôme", siren: null },
    { name: "Région Auvergne-Rhône-Alpes", siren: null },
  ],
  instructors: [{ name: "Chambre d’agriculture", siren: null }],
  perimeters: [
    { scale: "department", code: "07", name: "Ardèche" },
    { scale: "department", code: "26", name: "Drôme" },
  ],
  subventionRateLowerBound: 20,
  subventionRateUpperBound: 50,
  loanAmount: 12_500,
  keywords: ["bocage", "haie"],
  sourceUpdatedDate: "2026-11-02",
};

describe("templates for publishers", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  test("the Excel one, filled in, is recognised as it is and gives the aid whole, with nothing to map", async () => {
    const workbook = await excelTemplate();
    fillIn(workbook, filled);
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    await expectRight(bytes);
  });

  test("the CSV one does too, saved as UTF-8 or as Excel saves it on Windows", async () => {
    const csv = (await (await bizdev()).get("/modeles/aides.csv")).bytes;
    const template = new TextDecoder("utf-8", { ignoreBOM: true }).decode(csv);
    expect(template.startsWith("\ufeff")).toBe(true);
    const row = templateCells.map(({ title }) => csvCell(filled[title.replace(" (obligatoire)", "")]));
    const text = `${template}${row.join(";")}\r\n`;
    await expectRight(new TextEncoder().encode(text));
    await expectRight(windows1252(text.slice(1)));
  });

  test("the workbook offers our words, explains every column, marks what is required, and hides its lists", async () => {
    const workbook = await excelTemplate();
    expect(workbook.worksheets.map(({ name, state }) => [name, state])).toEqual([
      ["Aides", "visible"],
      ["Mode d’emploi", "visible"],
      ["Listes", "hidden"],
    ]);
    const sheet = sheetOf(workbook);
    for (const [index, { title, isRequired }] of templateCells.entries()) {
      const head = sheet.getCell(1, index + 1);
      expect(head.note).toBeTruthy();
      expect(title.endsWith("(obligatoire)")).toBe(isRequired);
    }
    const position = templateCells.findIndex(({ title }) => title === "Thématique 1 (obligatoire)") + 1;
    const [formula] = sheet.getCell(3, position).dataValidation.formulae as string[];
    const [, column = "", last = ""] = /^Listes!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)$/.exec(formula ?? "") ?? [];
    expect(workbook.getWorksheet("Listes")?.getCell(`${column}${last}`).value).toBe("Sécurité");
  });

  test("every scale says where an aid holds", async () => {
    const places: Readonly<Record<string, [string, string]>> = {
      "Toute la France": ["", "country:FRA"],
      "France métropolitaine": ["", "mainland:FRA-MET"],
      "Outre-mer": ["", "overseas:FRA-OM"],
      "Union européenne": ["", "continent:EU"],
      Région: ["La Réunion", "region:04"],
      Département: ["Réunion", "department:974"],
      "Collectivité d’outre-mer": ["Saint-Martin", "collectivity:978"],
      "Intercommunalité, par son SIREN": ["200040459", "epci:200040459"],
      Commune: ["Valence d'Albigeois", "commune:81308"],
      "Commune, par son code INSEE": ["26362", "commune:26362"],
      "Bassin hydrographique": ["Rhône-Méditerranée", "basin:06"],
    };
    const rows = Object.entries(places).map(([scale, [territory]], index) => ({
      ...filled,
      Identifiant: `${index}`.padStart(2, "0"),
      "Échelle du territoire": scale,
      Territoires: territory,
    }));
    const feed = [
      csvRow((title) => title),
      ...rows.map((row) => csvRow((title) => row[title.replace(" (obligatoire)", "") as keyof typeof row])),
    ].join("\n");
    const { aids, codes } = await runInMemory(feed, templateOf("csv"));
    expect(codes).toEqual([]);
    expect(aids.map(({ perimeters }) => perimeters.map(({ scale, code }) => `${scale}:${code}`))).toEqual(
      Object.values(places).map(([, key]) => [key]),
    );
  });

  test("their page says what to do, and only bizdev reach it; the files are for everybody", async () => {
    const page = await (await bizdev()).get("/modeles");
    expect(page.status).toBe(200);
    expect(page.html).toContain("/modeles/aides.xlsx");
    expect(page.html).toContain("Lutte contre la précarité");
    expect((await (await testConsole(catalogue).as("read")).get("/modeles")).status).toBe(403);
  });

  function bizdev(): Promise<ConsoleClient> {
    return testConsole(catalogue).as("bizdev");
  }

  async function excelTemplate(): Promise<ExcelJS.Workbook> {
    const { bytes, headers } = await (await bizdev()).get("/modeles/aides.xlsx");
    expect(headers.get("content-disposition")).toContain("modele-aides.xlsx");
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes.buffer as ArrayBuffer);
    return workbook;
  }
});

/** Expects that the file is recognised, mapped without a doubt, and read correctly. */
async function expectRight(bytes: Uint8Array): Promise<void> {
  const publisher = { ...plainOptions.publisher, territory: { scale: "region", code: "84" } } as const;
  const proposal = await proposalFor(bytes, { publisher });
  expect(proposal.base?.factory).toBe("moissonTemplate");
  expect(Math.min(...proposal.fields.map(({ certainty }) => certainty))).toBeGreaterThanOrEqual(0.95);
  expect(proposal.identifier.isFragile).toBe(false);
  expect(proposal.termFiles.filter(({ rows, open }) => rows.length + open.length > 0)).toEqual([]);
  expect(proposal.unread).toEqual([]);
  expect(ruleOf(proposal, "perimeters")).toBeDefined();
  const { aids, codes, issues } = await runInMemory(bytes, proposal.definition);
  expect(issues).toEqual([]);
  expect(codes).toEqual([]);
  expect(aids).toHaveLength(1);
  expect(aids[0]).toMatchObject(right);
  expect(aids[0]?.categories).toHaveLength(2);
  expect(missingForPublication(wholeContent(aids[0] ?? {}))).toEqual([]);
}

function sheetOf(workbook: ExcelJS.Workbook): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet("Aides");
  if (sheet === undefined) throw new Error("no sheet to fill in");
  return sheet;
}

function fillIn(workbook: ExcelJS.Workbook, row: typeof filled): void {
  const sheet = sheetOf(workbook);
  for (const [index, { title }] of templateCells.entries()) {
    expect(sheet.getCell(1, index + 1).value).toBe(title);
    const value = row[title.replace(" (obligatoire)", "")];
    if (value !== undefined) sheet.getCell(3, index + 1).value = value;
  }
}

function templateOf(format: "csv") {
  return moissonTemplate({ id: "region-exemple", feed: { url: "https://exemple.fr/aides.csv" }, decode: { format } });
}

function csvRow(written: (title: string) => string | number | Date | undefined): string {
  return templateCells.map(({ title }) => csvCell(written(title))).join(";");
}

function csvCell(value: string | number | Date | undefined): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10).split("-").reverse().join("/");
  const text = String(value ?? "");
  return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Encodes a text as Excel's "CSV" on Windows does. */
function windows1252(text: string): Uint8Array {
  const beyond: Readonly<Record<string, number>> = { "’": 0x92, "€": 0x80, œ: 0x9c, "…": 0x85 };
  return Uint8Array.from([...text].map((character) => beyond[character] ?? character.charCodeAt(0)));
}
