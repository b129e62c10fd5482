import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { FeedUnreadable } from "../../src/model/run/run-error.ts";
import { zipOf } from "../../src/model/zip-of.ts";
import { xlsOfXlsx } from "../ingest/decode/xls/xls-of.ts";
import { records, surveyOf } from "./survey-of.ts";

const aid = (id: number) => ({ id: `A-${id}`, titre: `Aide numéro ${id}`, date_fin: `2025-0${(id % 9) + 1}-15` });

/** Returns a workbook with these sheets, each a list of rows. */
async function workbook(sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>): Promise<Uint8Array> {
  const made = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) made.addWorksheet(name).addRows(rows.map((row) => [...row]));
  return new Uint8Array(await made.xlsx.writeBuffer());
}

function codes(remarks: readonly { readonly code: string }[]): string[] {
  return remarks.map(({ code }) => code);
}

describe("JSON", () => {
  it("a list at the root", async () => {
    const survey = await surveyOf(records(3, aid));
    expect(survey.reading).toEqual({ format: "json" });
    expect(survey).toMatchObject({ received: 3, broken: 0, announced: null, paging: null });
  });

  it("an envelope with a total, a success flag and the next page", async () => {
    const survey = await surveyOf(JSON.stringify({ success: true, NbDispositif: 40, next: null, data: { aides: records(4, aid) } }));
    expect(survey.reading).toEqual({ format: "json", recordPath: "data.aides", total: "NbDispositif", mustBe: { success: true } });
    expect(survey.announced).toBe(40);
    expect(survey.paging).toEqual({ kind: "nextLink", path: "next" });
    expect(codes(survey.remarks)).toContain("announced-differs");
  });

  it("the list with the most similar members; other lists are remarks", async () => {
    const facets = [{ label: "Eau" }, { label: "Air" }];
    const survey = await surveyOf(JSON.stringify({ facets, results: records(30, aid) }));
    expect(survey.reading).toEqual({ format: "json", recordPath: "results" });
  });

  it("records under their key, at the root or under a path", async () => {
    const members = Object.fromEntries(records(4, aid).map(({ id, ...rest }) => [id, rest]));
    const survey = await surveyOf(JSON.stringify(members));
    expect(survey.reading).toEqual({ format: "json", keyField: "id" });
    expect(survey.records).toEqual(records(4, aid));
    expect(survey.remarks).toContainEqual({ code: "keyed-records", params: { field: "id" } });
    const inside = await surveyOf(JSON.stringify({ total: 4, facets: [{ nom: "Eau" }], data: { aides: members } }));
    expect(inside.reading).toEqual({ format: "json", recordPath: "data.aides", keyField: "id", total: "total" });
  });

  it("the key has another name if the records have the usual one", async () => {
    const survey = await surveyOf(JSON.stringify(Object.fromEntries(records(4, aid).map((record) => [`x${record.id}`, record]))));
    expect(survey.reading).toEqual({ format: "json", keyField: "key" });
  });

  it.each([
    ["an object with two languages", { fr: { titre: "Prêt", lien: "x" }, en: { titre: "Loan", lien: "y" } }],
    ["an object with members of different kinds", { auteur: { nom: "x" }, lieu: { code: 1 }, dates: { de: 1, à: 2 } }],
  ])("%s is one record", async (_, document) => {
    expect(await surveyOf(JSON.stringify(document))).toMatchObject({ reading: { format: "json" }, received: 1 });
  });

  it("one value per line", async () => {
    const survey = await surveyOf(
      records(3, aid)
        .map((record) => JSON.stringify(record))
        .join("\n"),
    );
    expect(survey.reading).toEqual({ format: "json", lines: true });
    expect(survey.received).toBe(3);
  });

  it("a document with one broken record", async () => {
    const survey = await surveyOf(`[${JSON.stringify(aid(1))},{"id":"A-2","titre":nichts},${JSON.stringify(aid(3))}]`);
    expect(survey).toMatchObject({ received: 3, broken: 1 });
    expect(codes(survey.remarks)).toContain("records-broken");
    const inEnvelope = await surveyOf(`{"results":[${JSON.stringify(aid(1))},{"id":"A-2","titre":nichts}]}`);
    expect(inEnvelope.reading).toEqual({ format: "json", recordPath: "results" });
  });

  it("a truncated document: the records before the end", async () => {
    const survey = await surveyOf(JSON.stringify(records(5, aid)).slice(0, -40));
    expect(survey.received).toBe(4);
    expect(codes(survey.remarks)).toContain("cut-short");
  });
});

describe("YAML", () => {
  const file = (id: number) => `id: A-${id}\ntitre: Aide numéro ${id}\ndate_fin: 2026-12-31\n`;
  const indented = (text: string) => text.trimEnd().replaceAll("\n", "\n  ");

  it.each([
    ["a list", [1, 2, 3].map((id) => `- ${indented(file(id))}`).join("\n"), { format: "yaml" }],
    [
      "a list with a comment and text in several lines",
      `# Aides\n- ${indented(file(1))}\n  texte: |\n    Un texte.\n\n    Un autre, plus long.\n- ${indented(file(2))}`,
      { format: "yaml" },
    ],
    ["several documents", `---\n${file(1)}---\n${file(2)}`, { format: "yaml" }],
    [
      "a list under a key",
      `total: 2\naides:\n${[1, 2].map((id) => `- ${indented(file(id))}`).join("\n")}`,
      { format: "yaml", recordPath: "aides" },
    ],
    [
      "records under their key",
      [1, 2, 3].map((id) => `A${id}:\n  titre: Aide ${id}\n  lien: https://a.fr/${id}`).join("\n"),
      { format: "yaml", keyField: "id" },
    ],
  ])("%s is not read as CSV", async (_, text, reading) => {
    const survey = await surveyOf(text);
    expect(survey.reading).toEqual(reading);
    expect(survey.records[0]).toMatchObject({ titre: expect.stringContaining("Aide") });
  });

  it("a zip of files, each with one aid", async () => {
    const survey = await surveyOf(zipOf(records(3, aid).map(({ id }, index): [string, string] => [`aides/${id}.yaml`, file(index + 1)])));
    expect(survey.reading).toEqual({ format: "yaml", fileField: "fichier" });
    expect(survey.records[2]).toEqual({ id: "A-3", titre: "Aide numéro 3", date_fin: "2026-12-31", fichier: "aides/A-3.yaml" });
    expect(survey.remarks).toContainEqual({ code: "file-field", params: { field: "fichier" } });
  });

  it("a zip with a note, in any order", async () => {
    const note: [string, string] = ["LISEZMOI.txt", "Une aide par fichier.\n"];
    const aids: [string, string][] = [1, 2].map((id) => [`${id}.yaml`, file(id)]);
    for (const files of [
      [note, ...aids],
      [...aids, note],
    ]) {
      const survey = await surveyOf(zipOf(files));
      expect(survey.reading).toEqual({ format: "yaml", fileField: "fichier" });
      expect(survey.received).toBe(2);
    }
    const table: [string, string] = ["aides.csv", "id;titre\n1;Aide\n"];
    expect((await surveyOf(zipOf([note, table]))).records).toEqual([{ id: "1", titre: "Aide" }]);
  });

  it.each([
    ["a CSV whose titles contain colons", "Titre : nom;Lien : url\nAide : vélo;https://a.fr\n"],
    ["a table of one column", "titre\nAide : vélos\nPrêt : communes\n"],
    ["prose", "Objet : liste des aides\nBonjour,\nvoici la liste, comme convenu.\nCordialement\n"],
  ])("%s is read as CSV", async (_, text) => {
    expect((await surveyOf(text)).reading.format).toBe("csv");
  });
});

describe("CSV", () => {
  it("delimiter, encoding and header as a run detects them", async () => {
    const bytes = Buffer.from("Identifiant;Intitulé;Clôture\r\n1;Aide à l'été;31/12/2024\r\n2;Aide, vélos;30/11/2024\r\n", "latin1");
    expect((await surveyOf(bytes)).reading).toEqual({ format: "csv", delimiter: ";", encoding: "windows-1252" });
    expect((await surveyOf("id\ttitre\n1\tAide\n")).reading).toEqual({ format: "csv", delimiter: "\t", encoding: "utf-8" });
  });

  it("a header below an introduction", async () => {
    const survey = await surveyOf(
      "Région Exemple\nDonnées au 1er mars\nid,titre,date_fin,bénéficiaires\n1,Aide,2024-12-31,Communes\n2,Prêt,,Associations\n",
    );
    expect(survey.reading).toEqual({ format: "csv", delimiter: ",", encoding: "utf-8", headerRow: 3 });
    expect(survey.received).toBe(2);
    expect(survey.remarks).toContainEqual({ code: "header-row", params: { row: 3 } });
  });

  it("a table with one column that contains commas", async () => {
    const survey = await surveyOf("titre\nAide aux vélos, trottinettes et marche\nPrêt\n");
    expect(survey.reading).toMatchObject({ format: "csv", delimiter: ";" });
    expect(survey.records[0]).toEqual({ titre: "Aide aux vélos, trottinettes et marche" });
  });
});

describe("XML", () => {
  it("the repeated element with the most usual names", async () => {
    const items = records(3, aid).map(
      ({ id, titre }) => `<item><title>${titre}</title><guid>${id}</guid><category>Eau</category><category>Air</category></item>`,
    );
    const survey = await surveyOf(`<rss><channel><title>Flux</title><link>https://a.example.org</link>${items.join("")}</channel></rss>`);
    expect(survey.reading).toEqual({ format: "xml", recordPath: "/rss/channel/item" });
    expect(survey.platform).toBe("rss");
    expect(survey.fields.map(({ path }) => path)).toEqual(["title", "guid", "category"]);
  });

  it("columns with their names in an attribute, as in database exports", async () => {
    const rows = records(3, aid).map(
      ({ id, titre }) => `<table><column name="id">${id}</column><column name="titre">${titre}</column></table>`,
    );
    const survey = await surveyOf(`<dump><database>${rows.join("")}</database></dump>`);
    expect(survey.reading).toEqual({ format: "xml", recordPath: "/dump/database/table", keyedBy: "name" });
    expect(survey.records[0]).toEqual({ id: "A-1", titre: "Aide numéro 1" });
  });
});

describe("workbooks", () => {
  it("the sheet of aids, with groups of columns above the header and hints below", async () => {
    const survey = await surveyOf(
      await workbook({
        "Mode d'emploi": [["Comment remplir"], ["Une aide par ligne"]],
        Aides: [
          ["Votre structure", null, "Votre aide"],
          ["Identifiant", "Titre de l'aide", "Date de clôture", "Bénéficiaires"],
          ["obligatoire", "texte libre, obligatoire", "format jj/mm/aaaa", "à choisir dans la liste déroulante"],
          ["A1", "Aide aux vélos", "31/12/2024", "Communes"],
          ["A2", "Prêt", "30/11/2024", "Associations"],
        ],
      }),
    );
    expect(survey.reading).toEqual({ format: "excel", sheet: "Aides", headerRow: 2, skipRows: 1 });
    expect(survey.received).toBe(2);
    expect(codes(survey.remarks)).toEqual(expect.arrayContaining(["header-row", "hints-below", "other-sheets"]));
  });

  it("one sheet with the header in its first row", async () => {
    const survey = await surveyOf(
      await workbook({
        Feuil1: [
          ["id", "titre"],
          [1, "Aide"],
        ],
      }),
    );
    expect(survey.reading).toEqual({ format: "excel", sheet: 1 });
    expect(survey.records[0]).toEqual({ id: 1, titre: "Aide" });
  });
});

describe("sheets made for readers", () => {
  /** Returns a workbook with one sheet and these merges. */
  async function sheet(rows: readonly (readonly unknown[])[], merges: readonly string[]): Promise<Uint8Array> {
    const made = new ExcelJS.Workbook();
    const added = made.addWorksheet("Aides");
    added.addRows(rows.map((row) => [...row]));
    for (const range of merges) added.mergeCells(range);
    return new Uint8Array(await made.xlsx.writeBuffer());
  }

  it.each([
    ["xlsx", (bytes: Uint8Array) => bytes],
    ["xls", (bytes: Uint8Array) => xlsOfXlsx(bytes)],
  ])("a department's list: two rows of titles, merged themes, totals, notes: %s", async (_, saved) => {
    const survey = await surveyOf(
      saved(
        await sheet(
          [
            ["Département de l'Exemple : aides 2026"],
            ["Thème", "Intitulé de l'aide", "Montant", null, "Date limite"],
            [null, null, "min", "max", null],
            ["Eau", "Aide aux captages", 1000, 2000, "31/12/2026"],
            [null, "Aide aux réseaux", 100, 200, "31/12/2026"],
            ["Total", null, 1100, 2200],
            ["Énergie", "Aide au bois", 100, 200, "30/11/2026"],
            [null, "Aide au solaire", 100, 300, "30/11/2026"],
            ["Total général", null, 1300, 2700],
            ["* montants hors taxes"],
          ],
          ["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "A4:A5"],
        ),
      ),
    );
    expect(survey.reading).toEqual({
      format: "excel",
      sheet: 1,
      headerRow: 2,
      headerRows: 2,
      fillDown: ["Thème"],
      leaveOut: ["totals", "banners"],
    });
    expect(survey.records).toHaveLength(4);
    expect(survey.records[3]).toEqual({
      Thème: "Énergie",
      "Intitulé de l'aide": "Aide au solaire",
      "Montant > min": 100,
      "Montant > max": 300,
      "Date limite": "30/11/2026",
    });
    expect(survey.remarks).toEqual([
      { code: "header-rows", params: { row: 2, rows: 2 } },
      { code: "filled-down", params: { columns: "Thème" } },
      { code: "totals-left-out", params: { rows: 2 } },
      { code: "banners-left-out", params: { rows: 1 } },
    ]);
  });

  it("a theme above each group of aids", async () => {
    const aids = (theme: string) => [[theme], ...[1, 2, 3, 4].map((id) => [`${theme} ${id}`, `Aide ${id}`, "31/12/2026", 1000 * id])];
    const survey = await surveyOf(
      await sheet([["Code", "Intitulé", "Clôture", "Montant"], ...aids("Eau"), ...aids("Air")], ["A2:D2", "A7:D7"]),
    );
    expect(survey.reading).toMatchObject({ leaveOut: ["banners"], bannerField: "rubrique" });
    expect(survey.records.map(({ rubrique }) => rubrique)).toEqual([...Array(4).fill("Eau"), ...Array(4).fill("Air")]);
  });

  it("titles that repeat under titles that differ", async () => {
    const survey = await surveyOf(
      await sheet(
        [
          [null, null, "Subvention", null, "Prêt", null],
          ["Code", "Intitulé", "Minimum", "Maximum", "Minimum", "Maximum"],
          ["A1", "Aide aux captages", 1, 2, 3, 4],
          ["A2", "Aide aux réseaux", 5, 6, 7, 8],
        ],
        ["C1:D1", "E1:F1"],
      ),
    );
    expect(survey.reading).toEqual({ format: "excel", sheet: 1, headerRows: 2 });
    expect(survey.records[0]).toMatchObject({ Intitulé: "Aide aux captages", "Prêt > Minimum": 3 });
  });

  it("sheets with the same columns are one list; each can still be chosen alone", async () => {
    const rows = (theme: string) => [["Code", "Intitulé"], ...[1, 2].map((id) => [`${theme}-${id}`, `Aide ${theme} ${id}`])];
    const survey = await surveyOf(await workbook({ Eau: rows("Eau"), Notice: [["Lisez ceci"], ["Merci"]], Air: rows("Air") }));
    expect(survey.reading).toEqual({ format: "excel", sheet: ["Eau", "Air"], sheetField: "feuille" });
    expect(survey.records.map(({ feuille }) => feuille)).toEqual(["Eau", "Eau", "Air", "Air"]);
    expect(survey.otherReadings).toContainEqual({ format: "excel", sheet: "Air" });
    expect(codes(survey.remarks)).toContain("sheets-joined");
  });

  it.each([
    [
      "a list with blank cells",
      [
        ["Code", "Intitulé", "Lien"],
        ["A1", "Aide", null],
        ["A2", "Prêt", "x"],
        ["A3", "Prime", null],
      ],
    ],
    [
      "a first aid of short texts",
      [
        ["Code", "Intitulé", "Public"],
        ["A", "Prêt", "Communes"],
        ["B", "Prime", "Communes"],
      ],
    ],
    ["many aids with a title only", [["Intitulé", "Lien", "Public"], ["Prêt"], ["Prime"], ["Avance", "x", "Communes"]]],
  ])("%s is read as it is", async (_, rows) => {
    expect((await surveyOf(await sheet(rows, []))).reading).toEqual({ format: "excel", sheet: 1 });
  });

  it("totals and notes of a CSV", async () => {
    const survey = await surveyOf("Code;Intitulé;Montant\nA1;Aide;1000\nA2;Prêt;2000\n\nA3;Prime;10\nTotal;;3010\n;;\nSource : région;;\n");
    expect(survey.reading).toMatchObject({ format: "csv", leaveOut: ["totals", "banners"] });
    expect(survey.received).toBe(3);
  });
});

describe("files that are not feeds", () => {
  const none: readonly (readonly [string, string, string])[] = [
    ["a page", "<!doctype html><html><head><title>Connexion</title></head></html>", "html-page"],
    ["a piece of one", "<div class='carte'><p>Aide</div>", "unsupported-file"],
    ["a PDF", "%PDF-1.7 …", "unsupported-file"],
    ["nothing", "", "no-such-path"],
    ["a list of nothing", "[]", "no-such-path"],
    ["titles alone", "id;titre\n", "no-such-path"],
    ["JSON that breaks off at once", '[{"id": ', "malformed"],
    ["XML with entities of its own", '<!DOCTYPE a [<!ENTITY b "c">]><a><b>&b;</b></a>', "forbidden-xml"],
  ];
  it("a Word document, although its parts are XML", async () => {
    const bytes = zipOf([
      ["[Content_Types].xml", "<Types/>"],
      ["word/document.xml", "<w><p>Aide</p></w>"],
    ]);
    expect(await surveyOf(bytes).catch((thrown: unknown) => thrown)).toMatchObject({ code: "unsupported-file", params: { found: "docx" } });
  });

  it.each(none)("%s", async (_, feed, code) => {
    const error = await surveyOf(feed).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FeedUnreadable);
    expect((error as FeedUnreadable).code).toBe(code);
  });
});

describe("pages", () => {
  const envelope = JSON.stringify({ total_count: 250, results: records(20, aid) });

  it("from the address, if the feed announces more records than it contains", async () => {
    const survey = await surveyOf(envelope, { address: "https://example.org/aides?limit=20&offset=0" });
    expect(survey.paging).toEqual({ kind: "offset", limitParameter: "limit", offsetParameter: "offset", pageSize: 20 });
    const numbered = await surveyOf(envelope, { address: "https://example.org/aides?page=1&per_page=20" });
    expect(numbered.paging).toEqual({ kind: "page", pageParameter: "page", firstPage: 1, sizeParameter: "per_page", pageSize: 20 });
  });

  it("null if the feed is complete or the address has no parameters", async () => {
    expect((await surveyOf(envelope, { address: "https://example.org/aides" })).paging).toBeNull();
    const whole = JSON.stringify({ total_count: 20, results: records(20, aid) });
    expect((await surveyOf(whole, { address: "https://example.org/aides?limit=20" })).paging).toBeNull();
  });
});

it("platforms are recognised by their keys, otherwise by the address", async () => {
  const template =
    "Nom;Programmes;Nom initial;Porteurs d'aides;Instructeurs;Bénéficiaires de l'aide;Types d'aide;Sous-thématiques;" +
    "Récurrence;Date de clôture;Éligibilité;Périmètre;Identifiant structure";
  expect((await surveyOf(`${template}\nPrime;;Prime;22;;Commune;Prêt;;Ponctuelle;04/10/24;;71016;4\n`)).platform).toBe("manualTemplate");
  const post = { ID: "1", post_title: "Aide", post_content: "<p>Un texte.</p>" };
  expect((await surveyOf([post])).platform).toBe("wordpressExport");
  expect((await surveyOf(JSON.stringify({ nhits: 1, records: [{ recordid: "a", fields: { titre: "Aide" } }] }))).platform).toBe(
    "openDataSoft",
  );
  const address = "https://data.example.org/api/explore/v2.1/catalog/datasets/aides/exports/json";
  expect((await surveyOf(records(2, aid), { address })).platform).toBe("openDataSoft");
  expect((await surveyOf(records(2, aid))).platform).toBeNull();
});
