import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { templateWorkbook } from "../src/console/pages/templates/template-workbook.ts";
import { listZip, readZipEntry } from "../src/ingest/decode/container/archives.ts";
import { withoutForbiddenXml } from "../src/model/text/xml-text.ts";
import { excelOf } from "../src/publish/exports/excel-of.ts";
import { sheetFeed } from "../src/survey/write/fixture/sheet-feed.ts";
import { xmlFeed } from "../src/survey/write/fixture/write-feed.ts";
import { decodeBytes } from "./support/decode-bytes.ts";
import { projectRoot } from "./support/loaded-connectors.ts";
import { propertyRuns } from "./support/property-runs.ts";

/** Texts that are only well-formed XML if the writer escapes them. */
const hostile = [
  `<b>Aide</b> & "prime" 'été'`,
  "]]> <![CDATA[ <!-- -- --> <?php ?>",
  "\u0000\u0001\u000b\u001f\ufffe\uffff",
  "\ud800 seul, \udfff aussi, 😀 non",
  " \t\r\n fin \u0085\u2028",
  "&amp; &#0; &bomb;",
  '=HYPERLINK("https://a.fr?a=1&b=2")',
];
const hostileText = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary", maxLength: 30 }));
const records = fc.array(fc.record({ titre: hostileText, texte: hostileText }), { minLength: 1, maxLength: 4 });

/** Parses with fast-xml-parser and with saxes, which also refuses characters that XML forbids. */
async function expectWellFormed(xml: string, name: string): Promise<void> {
  expect(XMLValidator.validate(xml), name).toBe(true);
  expect((await decodeBytes(xml, { format: "xml", recordPath: "/*" })).error, name).toBeNull();
}

/** Checks every XML part of a workbook, and returns the names of the parts. */
async function expectWellFormedParts(workbook: Uint8Array): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-xml-"));
  try {
    const file = join(folder, "workbook.xlsx");
    await writeFile(file, workbook);
    const parts = (await listZip(file)).filter(({ fileName }) => /\.(xml|rels|vml)$/.test(fileName));
    for (const part of parts) await expectWellFormed(await text(readZipEntry(file, part)), part.fileName);
    return parts.map(({ fileName }) => fileName);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function* onePage<Row>(rows: readonly Row[]) {
  yield rows;
}

describe("every XML that we write is well-formed", () => {
  it("workbooks for people: open data, lists of the console, figures, coverage", async () => {
    await fc.assert(
      fc.asyncProperty(records, hostileText, async (rows, title) => {
        const columns = [{ title: "Titre <&>", text: (row: { titre: string }) => row.titre }];
        const parts = await expectWellFormedParts(await bytesOf(excelOf(title, columns, onePage(rows))));
        expect(parts).toContain("xl/worksheets/sheet1.xml");
      }),
      { numRuns: propertyRuns(20) },
    );
  });

  it("the template that publishers fill in", async () => {
    expect((await expectWellFormedParts(await templateWorkbook())).length).toBeGreaterThan(5);
  });

  it("fixtures as workbooks", async () => {
    await fc.assert(
      fc.asyncProperty(records, async (rows) => {
        const linked = rows.map((row) => ({ ...row, "titre (link)": "https://a.fr/?a=1&b=<2>" }));
        const reading = { format: "excel", sheet: "Aides & <primes>", skipRows: 1 } as const;
        await expectWellFormedParts(sheetFeed(linked, reading, ["titre", "titre (link)", "texte"]));
      }),
      { numRuns: propertyRuns(50) },
    );
  });

  it("fixtures as XML, whose values fast-xml-parser reads back", async () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true, ignoreAttributes: false });
    await fc.assert(
      fc.asyncProperty(records, async (rows) => {
        const written = xmlFeed(
          rows.map(({ titre, texte }) => ({ "@code": titre, texte })),
          { format: "xml", recordPath: "/flux/aide" },
        );
        await expectWellFormed(written, "feed");
        const { aide } = (parser.parse(written) as { flux: { aide: unknown } }).flux;
        expect([aide].flat()).toMatchObject(rows.map(({ texte }) => ({ texte: withoutForbiddenXml(texte) })));
      }),
    );
  });

  it("pictures", async () => {
    const folders = ["src/console/assets", "docs/pictures"].map((folder) => join(projectRoot, folder));
    const pictures = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
    const drawn = pictures.filter((file) => file.endsWith(".svg"));
    expect(drawn.length).toBeGreaterThan(0);
    // Graphviz writes a document type, which our decoder refuses.
    for (const file of drawn) await expectWellFormed(readFileSync(file, "utf8").replace(/<!DOCTYPE[^>]*>/, ""), file);
  });
});
