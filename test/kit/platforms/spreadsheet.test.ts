import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { choose } from "../../../src/kit/field-rules.ts";
import { spreadsheet } from "../../../src/kit/platforms/spreadsheet.ts";
import { constant } from "../../../src/kit/rules/constant.ts";
import { feedServer, type ScriptedAnswer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { readServed } from "../../support/read-served.ts";

type Given = Parameters<typeof spreadsheet>[0];

const publisher: ConnectorInput["publisher"] = {
  name: "Département d'Exemple",
  siren: "999000017",
  kind: "department",
  territory: { scale: "department", code: "26" },
  licence: "unknown",
};
const columns = {
  name: "Intitulé",
  description: "Descriptif",
  targetedAudiences: "Bénéficiaires",
  submissionDeadline: "Date limite",
  subventionRateUpperBound: "Taux",
  loanAmount: "Prêt",
  isCallForProject: "AAP",
  originUrl: "Lien",
};
const titles = Object.values(columns);
const toits = [
  "Rénover les toits",
  "Des toits.\n\nPartout.",
  "Communes, Associations",
  "04/07/2024",
  50,
  "1 500 €",
  "oui",
  "www.exemple.example.org/toits",
];

/** Returns a workbook with these rows. */
async function workbook(rows: readonly (readonly unknown[])[]): Promise<ScriptedAnswer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("Aides").addRows(rows.map((row) => [...row]));
  return { body: new Uint8Array(await book.xlsx.writeBuffer()) };
}

async function read(given: Partial<Given>, answer: ScriptedAnswer) {
  const server = await feedServer();
  const feed = { url: server.on("/aides", answer) };
  return readServed(server, spreadsheet({ id: "sheet", publisher, feed, format: "excel", columns, ...given }));
}

describe("a sheet maintained by hand", () => {
  it("is read by the titles of its columns, from Excel with an introduction and from CSV", async () => {
    const asCsv = [titles, toits].map((row) => row.map((cell) => `"${cell}"`).join(";")).join("\r\n");
    const day = toits.map((cell, index) => (index === 3 ? new Date("2024-07-04T00:00:00Z") : cell));
    const excel = await read({ headerRow: 3, skipRows: 1 }, await workbook([["Aides 2024"], [], titles, ["texte", "texte"], day]));
    const csv = await read({ format: "csv" }, { body: asCsv });
    for (const { issues, unreadFields } of [excel, csv]) expect([issues, unreadFields]).toEqual([["originUrl: url-without-scheme"], []]);
    const found = excel.aids.get("titre/renover-les-toits");
    expect(found).toMatchObject({
      name: "Rénover les toits",
      description: "<p>Des toits.</p><p>Partout.</p>",
      targetedAudiences: ["commune", "association"],
      submissionDeadline: "2024-07-04",
      subventionRateUpperBound: 50,
      loanAmount: 1500,
      isCallForProject: true,
      originUrl: "https://www.exemple.example.org/toits",
      financers: [{ name: "Département d'Exemple", siren: "999000017" }],
      perimeters: [{ scale: "department", code: "26", name: "Drôme" }],
    });
    expect(csv.aids.get("titre/renover-les-toits")).toEqual(found);
  });

  it("has its own identifiers, separator, territories and financers if it has columns for them", async () => {
    const own = { externalId: "N°", name: "Aide", perimeters: "Où", financers: "Qui", categories: "Thèmes" };
    const { aids } = await read(
      { columns: own, separator: ";" },
      await workbook([
        Object.values(own),
        ["0007", "Planter", "Landes; Bretagne", "Agence d'Exemple ;Fondation, d'Exemple", "Forêts;Sols"],
      ]),
    );
    expect(aids.get("0007")).toMatchObject({
      perimeters: [
        { scale: "department", code: "40", name: "Landes" },
        { scale: "region", code: "53", name: "Bretagne" },
      ],
      financers: [
        { name: "Agence d'Exemple", siren: null },
        { name: "Fondation, d'Exemple", siren: null },
      ],
      categories: ["forets", "sols"],
    });
  });

  it("may have a rule of its own for a field", async () => {
    const isOpen = choose([{ when: { field: "Date limite", isFilled: true }, use: constant("oneoff") }], constant("ongoing"));
    const { aids } = await read({ fields: { recurrence: isOpen } }, await workbook([titles, toits]));
    expect(aids.get("titre/renover-les-toits")).toMatchObject({ recurrence: "oneoff" });
  });

  it("a row without a title is rejected, and rows with the same title are one aid", async () => {
    const blank = ["", "Un texte sans titre"];
    const namesake = [toits[0], "D’autres toits."];
    const some = await read({}, await workbook([titles, toits, namesake, blank]));
    expect([some.aids.size, some.rejected]).toEqual([1, ["duplicate-id", "missing-external-id", "missing-name"]]);
  });

  it.each<[string, Partial<Given>, ScriptedAnswer | null, string]>([
    ["a sheet that is not there", { sheet: "Aides 2025" }, null, "no-such-sheet"],
    ["a web page", {}, { body: "<!doctype html><title>Connexion</title>" }, "html-page"],
  ])("%s is unreadable", async (_, given, answer, code) => {
    expect(await failureOf(read(given, answer ?? (await workbook([titles, toits]))))).toMatchObject({ code });
  });
});
