import { describe, expect, it } from "vitest";
import { decodeBytes, issuesOf, valuesOf } from "../../support/decode-bytes.ts";

const csv = (cell: string) => decodeBytes(`id;lien\n1;"${cell.replaceAll('"', '""')}"\n2;https://a.fr\n`, { format: "csv" });

describe("a CSV whose cells are formulas of links", () => {
  it.each([
    ["in English", '=HYPERLINK("https://un.example/a","Voir le guide")'],
    ["with a semicolon", '=HYPERLINK( "https://un.example/a" ; "Voir le guide" )'],
    ["in French", '=LIEN_HYPERTEXTE("https://un.example/a";"Voir le guide")'],
  ])("is read with label and address: %s", async (_, formula) => {
    const read = await csv(formula);
    expect(valuesOf(read)).toEqual([
      { id: "1", lien: "Voir le guide", "lien (link)": "https://un.example/a" },
      { id: "2", lien: "https://a.fr" },
    ]);
    expect(read.issues).toMatchObject([{ code: "link-formula", severity: "info", locator: "row 2", value: formula }]);
  });

  it.each([
    ["quotes in the label", '=HYPERLINK("https://un.example/a","dit ""le guide""")', 'dit "le guide"'],
    ["accents that were encoded twice", '=HYPERLINK("https://un.example/a","Ã©tÃ©")', "été"],
  ])("is read with %s", async (_, formula, label) => {
    expect(valuesOf(await csv(formula))[0]).toMatchObject({ lien: label, "lien (link)": "https://un.example/a" });
  });

  it("needs no second field if the label is the address", async () => {
    expect(valuesOf(await csv('=HYPERLINK("https://un.example/","https://un.example")'))[0]).toEqual({
      id: "1",
      lien: "https://un.example",
    });
    expect(valuesOf(await csv('=HYPERLINK("https://un.example")'))[0]).toEqual({ id: "1", lien: "https://un.example" });
  });

  it("keeps a column of the publisher with the name of the second field", async () => {
    const read = await decodeBytes('lien,lien (link)\n"=HYPERLINK(""https://un.example"",""voir"")",x\n', { format: "csv" });
    expect(valuesOf(read)).toEqual([{ lien: "voir", "lien (link)": "x" }]);
  });

  it.each([
    '=HYPERLINK("https://un.example",A2)',
    '=HYPERLINK(A1,"voir")',
    '=SUM(A1)&HYPERLINK("https://un.example","voir")',
    '=HYPERLINK("https://un.example","voir")&"x"',
    "= 12",
    "=",
  ])("keeps another formula as it is: %s", async (formula) => {
    const read = await csv(formula);
    expect([valuesOf(read)[0], issuesOf(read)]).toEqual([{ id: "1", lien: formula }, []]);
  });
});
