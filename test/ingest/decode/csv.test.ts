import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { decodeBytes, issuesOf, valuesOf } from "../../support/decode-bytes.ts";

const csv = { format: "csv" } as const;

describe("Excel's first line with the delimiter", () => {
  it("is not the header; rows are numbered as in a spreadsheet", async () => {
    const decoded = await decodeBytes("\uFEFFsep=|\r\nid|nom\r\n1|Un, deux; trois\r\n", csv);
    expect(decoded.records.map(({ locator, values }) => [locator, values])).toEqual([["row 3", { id: "1", nom: "Un, deux; trois" }]]);
  });
  it("is not assumed for a title with the same beginning", async () => {
    expect(valuesOf(await decodeBytes("sep=x;nom\n1;Un\n", csv))).toEqual([{ "sep=x": "1", nom: "Un" }]);
  });
});

describe("encoding of a CSV", () => {
  const text = "nom;ville\nÉté à l’œuvre – 5 €;Nîmes\n";
  const windows1252 = Buffer.from(
    [...text].map((character) => ({ "’": 0x92, œ: 0x9c, "–": 0x96, "€": 0x80 })[character] ?? character.charCodeAt(0)),
  );
  const values = [{ nom: "Été à l’œuvre – 5 €", ville: "Nîmes" }];

  it("windows-1252 is detected wherever the first accent is, without an issue", async () => {
    const late = Buffer.concat([Buffer.from("nom;ville\n"), Buffer.from("a;b\n".repeat(40_000)), windows1252.subarray(10)]);
    const decoded = await decodeBytes(late, csv);
    expect(decoded.records.at(-1)?.values).toEqual(values[0]);
    expect(decoded.issues).toEqual([]);
    for (const chunk of [1, 2, 5]) expect(valuesOf(await decodeBytes(windows1252, csv, { chunk }))).toEqual(values);
  });

  it("UTF-16 without a mark is detected by its zeros", async () => {
    expect(valuesOf(await decodeBytes(Buffer.from(text, "utf16le"), csv))).toEqual(values);
    expect(valuesOf(await decodeBytes(Buffer.from(text, "utf16le").swap16(), csv, { chunk: 1 }))).toEqual(values);
  });

  it("the declared encoding takes precedence over detection", async () => {
    expect(valuesOf(await decodeBytes(Buffer.from("prix\n5 \xa4\n", "latin1"), { ...csv, encoding: "iso-8859-15" }))).toEqual([
      { prix: "5 €" },
    ]);
    expect(valuesOf(await decodeBytes(Buffer.from("prix\nЖ\n"), { ...csv, encoding: "windows-1252" }))).toEqual([{ prix: "Ð–" }]);
  });

  it("a character that R could not convert (six bytes, not Unicode) becomes one U+FFFD, with an issue", async () => {
    const bytes = Buffer.concat([Buffer.from("nom;ville\nété;été\nVend"), Buffer.from("fcbe8e9694bc", "hex"), Buffer.from("e;La Roche\n")]);
    for (const chunk of [1, 65_536]) {
      const decoded = await decodeBytes(bytes, csv, { chunk });
      expect(decoded.records[1]?.values).toEqual({ nom: "Vend\uFFFDe", ville: "La Roche" });
      expect(issuesOf(decoded)).toEqual(["wrong-encoding row 3", "characters-broken row 3"]);
    }
  });

  it("a zero byte ends the run with its position, after the records before it", async () => {
    const decoded = await decodeBytes("a;b\n1;2\n3;\0\n", csv);
    expect(valuesOf(decoded)).toEqual([{ a: "1", b: "2" }]);
    expect(decoded.error?.params).toEqual({ at: "row 3", reason: "NUL" });
  });
});

describe("delimiter of a CSV", () => {
  const cases: [string, string, unknown][] = [
    ["two columns, semicolon", "nom;montant\nA, B et C;1,5\nD;2,5\n", { nom: "A, B et C", montant: "1,5" }],
    ["two columns, comma", 'nom,montant\n"A; B",1\n', { nom: "A; B", montant: "1" }],
    ["tab", "nom\tmontant\na,b;c\t1\n", { nom: "a,b;c", montant: "1" }],
    ["bar", "nom|montant\na,b;c|1\n", { nom: "a,b;c", montant: "1" }],
    ["one column", "nom\nLe vélo, la marche ; le train\n", { nom: "Le vélo, la marche ; le train" }],
    ["one column whose title has a comma", "Nom, prénom\nDupont\nDurand\nMartin\n", { "Nom, prénom": "Dupont" }],
    ["the other delimiter in a quoted title", '"nom, ou titre, ou libellé";id\nx;1\n', { "nom, ou titre, ou libellé": "x", id: "1" }],
    ["quoted line breaks full of the other delimiter", 'nom;texte\nx;"a,b,c\n,,,,\n,,,"\n', { nom: "x", texte: "a,b,c\n,,,,\n,,," }],
    ["short rows", "a;b;c;d\n1;2;3\n1;2;3\n", { a: "1", b: "2", c: "3", d: "" }],
  ];
  it.each(cases)("%s", async (_, feed, first) => {
    expect((await decodeBytes(feed, csv)).records[0]?.values).toEqual(first);
  });

  it("is found by the header alone", async () => {
    const decoded = await decodeBytes("a;b;b\n", csv);
    expect(decoded.records).toEqual([]);
    expect(issuesOf(decoded)).toEqual(["duplicate-column b (2)"]);
  });

  it("is found in a table whose head contains hardly more than the header", async () => {
    const header = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    const decoded = await decodeBytes(`${header.join(";")}\n${"x;".repeat(10_000)}\n`, csv);
    expect(Object.keys(decoded.records[0]?.values ?? {})).toEqual(header);
  });

  it("as declared takes precedence", async () => {
    expect(valuesOf(await decodeBytes("a;b,c\n1;2,3\n", { ...csv, delimiter: "," }))).toEqual([{ "a;b": "1;2", c: "3" }]);
  });
});

describe("rows of a CSV", () => {
  it("LF, CRLF and CR in one file; a quoted CRLF is kept", async () => {
    for (const chunk of [1, 2, 65_536]) {
      const decoded = await decodeBytes('a,b\r\n1,"x"\n2,"y\r\nz"\r\n3,"t"\r4,u\r\r\n5,v', csv, { chunk });
      expect(decoded.records.map((record) => [record.locator, record.values.a, record.values.b])).toEqual([
        ["row 2", "1", "x"],
        ["row 3", "2", "y\r\nz"],
        ["row 4", "3", "t"],
        ["row 5", "4", "u"],
        ["row 7", "5", "v"],
      ]);
    }
  });

  it("blank rows are not records but count in the locator; values keep their blanks", async () => {
    const decoded = await decodeBytes("\n a ;b\n;;\n  ;\t\n x ; y \n\n", csv);
    expect(decoded.records).toEqual([{ kind: "record", locator: "row 5", values: { a: " x ", b: " y " } }]);
  });

  it("rows above the titles in row 3 are ignored", async () => {
    const decoded = await decodeBytes("Export du 12/03;;\n;;\nid;nom\n1;x\n", { ...csv, headerRow: 3 });
    expect(decoded.records).toEqual([{ kind: "record", locator: "row 4", values: { id: "1", nom: "x" } }]);
  });

  it("a short row is an issue; surplus filled cells reject the row, blank ones do not", async () => {
    const decoded = await decodeBytes("a;b\n1\n1;2;;\n1;2;;3\n4;5\n", csv);
    expect(valuesOf(decoded)).toEqual([
      { a: "1", b: "" },
      { a: "1", b: "2" },
      { a: "4", b: "5" },
    ]);
    expect(decoded.broken.map((row) => [row.locator, row.raw, row.issue.params])).toEqual([["row 4", "1;2;;3", { found: 4, expected: 2 }]]);
    expect(issuesOf(decoded)).toEqual(["too-few-cells row 2", "too-many-cells row 4"]);
  });

  it("a repeated header is left out", async () => {
    const decoded = await decodeBytes("id,nom\n1,a\nid,nom\n2,b\n", csv);
    expect(valuesOf(decoded)).toEqual([
      { id: "1", nom: "a" },
      { id: "2", nom: "b" },
    ]);
    expect(issuesOf(decoded)).toEqual(["repeated-header row 3"]);
    expect(issuesOf(await decodeBytes("nom\nnom\n", csv))).toEqual([]);
  });

  it("repeated and missing titles", async () => {
    const decoded = await decodeBytes("a;a;;a (2);column 3;\n1;2;3;4;5;\n;;;6;;\n", csv);
    expect(valuesOf(decoded)).toEqual([
      { a: "1", "a (3)": "2", "column 3 (2)": "3", "a (2)": "4", "column 3": "5" },
      { a: "", "a (3)": "", "a (2)": "6", "column 3": "" },
    ]);
    expect(issuesOf(decoded)).toEqual(["duplicate-column a (3)", "unnamed-column column 3 (2)"]);
  });

  it("quotes: doubled, followed by text, inside a cell", async () => {
    for (const chunk of [1, 65_536]) {
      const decoded = await decodeBytes('a;b;c\n"il dit ""oui""";"ADEME" (agence "x");5" de haut\n"x" ;"";"""\n1;2;3"""\n', csv, { chunk });
      expect(valuesOf(decoded)).toEqual([
        { a: 'il dit "oui"', b: 'ADEME (agence "x")', c: '5" de haut' },
        { a: "x ", b: "", c: '"\n1;2;3"' },
      ]);
      expect(decoded.broken).toEqual([]);
    }
  });

  it("an unclosed quote makes the rest one broken record, stored whole", async () => {
    for (const chunk of [1, 65_536]) {
      const decoded = await decodeBytes('a;b\n1;2\n3;"4\n5;6\n7;8\n', csv, { chunk });
      expect(valuesOf(decoded)).toEqual([{ a: "1", b: "2" }]);
      expect(decoded.broken.map((row) => [row.locator, row.raw, row.issue.code])).toEqual([["row 3", '3;"4\n5;6\n7;8\n', "broken-record"]]);
    }
  });

  it("16,000 columns with the same title are named quickly", async () => {
    const start = performance.now();
    const decoded = await decodeBytes(`${"a;".repeat(16_000)}\n${"1;".repeat(16_000)}\n`, csv);
    expect(Object.keys(decoded.records[0]?.values ?? {})).toHaveLength(16_000);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("a header of a million columns", async () => {
    expect((await decodeBytes(";a".repeat(1_000_000), csv)).error?.code).toBe("too-large");
  });

  it("XML or an HTML fragment is not read as a table with one column", async () => {
    expect((await decodeBytes('<?xml version="1.0"?><flux/>', csv)).error?.params).toEqual({ found: "xml", advice: "declare-xml" });
    expect((await decodeBytes("<table border=1><tr><td>1", csv)).error?.params.found).toBe("markup");
    expect((await decodeBytes("<5 ans;>5 ans\n1;2\n", csv)).records).toHaveLength(1);
  });

  it("a spreadsheet formula stays text", async () => {
    expect(valuesOf(await decodeBytes('a;b\n"=WEBSERVICE(""http://x"")";@SUM(1)\n', csv))).toEqual([
      { a: '=WEBSERVICE("http://x")', b: "@SUM(1)" },
    ]);
  });
});
