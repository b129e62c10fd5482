import { describe, expect, it } from "vitest";
import { decodeBytes, issuesOf, valuesOf } from "../../support/decode-bytes.ts";

const all = ["totals", "banners"] as const;
const titles = "thème;aide;montant;lien";
const table = (...rows: readonly string[]) => decodeBytes([titles, ...rows].join("\n"), { format: "csv", leaveOut: [...all] });

describe("rows of a CSV that are not records", () => {
  it.each([
    ["a total", "Total;;12 000 €;", "total-row"],
    ["a grand total in capitals", ";TOTAL GÉNÉRAL :;12000,50;", "total-row"],
    ["the total of a group", "Sous-total Eau;;1 200;", "total-row"],
    ["a total without numbers", "Total;;;", "total-row"],
    ["sums without a label", ";;12 000;15 %", "total-row"],
    ["a heading between groups", "Transition écologique;;;", "banner-row"],
    ["a note below the table", "* montants hors taxes;;;", "banner-row"],
    ["a source in another column", ";;Source : région;", "banner-row"],
  ])("%s is left out and reported", async (_, row, code) => {
    const read = await table("Eau;Aide aux captages;1000;x", row, "Eau;Aide aux réseaux;2000;y");
    expect(read.records.map(({ locator }) => locator)).toEqual(["row 2", "row 4"]);
    expect(read.issues).toMatchObject([{ code, severity: "info", locator: "row 3", value: row }]);
  });

  it.each([
    ["a title that begins with Total", "Énergie;Total Énergies pour les écoles;1000;x"],
    ["a title without an amount", "Total du territoire;Aide au conseil;;x"],
    ["two filled cells", "Eau;Aide aux rivières;;"],
    ["numbers after a number", "12;;300;"],
    ["an identifier alone", "12;;;"],
    ["a code that continues the row above", ";;300389440;"],
  ])("%s is a record", async (_, row) => {
    const read = await table(row);
    expect([read.records.length, issuesOf(read)]).toEqual([1, []]);
  });

  it("are records if the definition does not leave them out", async () => {
    const rows = `${titles}\nTotal;;12 000 €;\nTransition écologique;;;\n`;
    expect((await decodeBytes(rows, { format: "csv" })).records).toHaveLength(2);
    expect(issuesOf(await decodeBytes(rows, { format: "csv", leaveOut: ["totals"] }))).toEqual(["total-row row 2"]);
  });

  it("a table of two columns has no banners", async () => {
    const read = await decodeBytes("aide;lien\nPrêt;\n", { format: "csv", leaveOut: ["banners"] });
    expect(valuesOf(read)).toEqual([{ aide: "Prêt", lien: "" }]);
  });

  it("a cell of a million blanks between a digit and a letter is read quickly", async () => {
    const started = performance.now();
    expect((await table(`Total;;1${" ".repeat(1_000_000)}x;`)).records).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
