import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CellText } from "../../../../src/ingest/decode/ods/cell-text.ts";
import { FeedUnreadable } from "../../../../src/model/run/run-error.ts";
import { propertyRuns } from "../../../support/property-runs.ts";
import { endOf, firstBatchOf, readBytes } from "../excel/decode-workbook.ts";
import { contentOf, openDocumentParts, openDocumentWith } from "../excel/handwritten-open-document.ts";
import { zipOf } from "../excel/handwritten-zip.ts";

function text(value: string, attributes = ""): string {
  return `<table:table-cell ${attributes} office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
}

function row(cells: string, attributes = ""): string {
  return `<table:table-row ${attributes}>${cells}</table:table-row>`;
}

const rows = row(text("nom")) + row(text("Prime"));
const whole = contentOf([{ name: "Aides", rows }]);

function fileWith(content: string): Buffer {
  return zipOf(openDocumentParts(content));
}

describe("other files are refused with their type", () => {
  test("an encrypted file, as current and older LibreOffice write it", async () => {
    const { "content.xml": _, ...parts } = openDocumentParts("");
    expect(await endOf(zipOf({ ...parts, "encrypted-package": "secret" }))).toEqual({ code: "encrypted-file", params: { found: "ods" } });
    const manifest =
      '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>';
    expect((await endOf(zipOf({ ...parts, "content.xml": "secret", "META-INF/manifest.xml": manifest }))).code).toBe("encrypted-file");
  });

  test("a text document, even with tables", async () => {
    const parts = { ...openDocumentParts(whole), mimetype: "application/vnd.oasis.opendocument.text" };
    expect(await endOf(zipOf(parts))).toEqual({ code: "unsupported-file", params: { found: "odf", advice: "ask-for-data" } });
  });

  test("a sheet template is read, also with a document type in its manifest", async () => {
    const mimetype = "application/vnd.oasis.opendocument.spreadsheet-template";
    const manifest = '<!DOCTYPE manifest:manifest PUBLIC "a" "Manifest.dtd"><manifest:manifest/>';
    const bytes = zipOf({ ...openDocumentParts(whole), mimetype, "META-INF/manifest.xml": manifest });
    expect((await readBytes(bytes)).values).toEqual([{ nom: "Prime" }]);
  });
});

describe("damaged files are unreadable, with the position", () => {
  const at = "content.xml";

  test.each([
    ["XML that breaks off", whole.slice(0, -20)],
    ["XML that is not well-formed", whole.replace("</table:table>", "<table:table-row></table:table>")],
    ["an entity that XML does not know", whole.replace("Prime", "&bomb;")],
    ["no XML", "secret"],
  ])("%s", async (_, content) => {
    expect(await endOf(fileWith(content))).toMatchObject({ code: "malformed", params: { at } });
  });

  test("corrupted bytes after the sheet that is read", async () => {
    const parts = { ...openDocumentParts(""), [at]: { content: whole, checksum: 1 } };
    expect(await endOf(zipOf(parts))).toMatchObject({ code: "malformed", params: { at, reason: "the checksum differs" } });
  });

  test("records before the damage are yielded before the error", async () => {
    expect(await firstBatchOf(fileWith(whole.replace("</table:table>", "<table:table-row></table:table>")))).toBe(1);
  });

  test("elements nested without limit, a document type", async () => {
    expect(await endOf(fileWith(whole.replace("Prime", "<text:span>".repeat(1000))))).toMatchObject({
      code: "forbidden-xml",
      params: { what: "depth" },
    });
    const bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY file SYSTEM "file:///etc/passwd">]>';
    expect(await endOf(fileWith(whole.replace("?>", `?>${bomb}`)))).toMatchObject({ code: "forbidden-xml", params: { what: "DTD" } });
  });
});

describe("bombs", () => {
  const limits = { decompressedBytes: 1024 ** 2 };

  function bombOf(inside: string) {
    return endOf(openDocumentWith([{ name: "Aides", rows: rows + inside }]), { limits });
  }

  test("content beyond the limit", async () => {
    expect(await bombOf(`<!--${"x".repeat(1000)}-->`.repeat(2000))).toEqual({
      code: "decompression-limit",
      params: { at: "content.xml", limitMb: 1 },
    });
  });

  test.each([
    ["one row written for a million", row(text("nom")) + row(text("x".repeat(100)), 'table:number-rows-repeated="1000000"')],
    [
      "one long text merged over all rows",
      row(text("nom") + text("lieu")) +
        row(text("k") + text("x".repeat(10_000), 'table:number-rows-spanned="9999"')) +
        row(`${text("k")}<table:covered-table-cell/>`, 'table:number-rows-repeated="9998"'),
    ],
    [
      "hundreds of titles over thousands of rows",
      row(text("a", 'table:number-columns-repeated="500"')) + row(text("x"), 'table:number-rows-repeated="5000"'),
    ],
  ])("records grow while the file stays small: %s", async (_, inside) => {
    expect(await endOf(openDocumentWith([{ name: "Aides", rows: inside }]), { limits })).toEqual({
      code: "decompression-limit",
      params: { at: "sheet Aides", limitMb: 1 },
    });
  });

  test("too many rows; endless blank rows and columns are ignored", async () => {
    const full = row(text("x"), 'table:number-rows-repeated="99999999999"');
    expect(await bombOf(full)).toMatchObject({ code: "malformed", params: { at: "content.xml" } });
    const blank = row('<table:table-cell table:number-columns-repeated="99999999999"/>', 'table:number-rows-repeated="99999999999"');
    expect((await readBytes(openDocumentWith([{ name: "Aides", rows: rows + blank }]))).values).toEqual([{ nom: "Prime" }]);
  });

  test("a text repeated over too many columns is a broken row and uses little memory", async () => {
    const cells = text("x".repeat(10_000), 'table:number-columns-repeated="99999999999"');
    const read = await readBytes(openDocumentWith([{ name: "Aides", rows: rows + row(cells) + row(text("Prêt")) }]), {
      limits: { recordBytes: 100_000 },
    });
    expect(read.values).toEqual([{ nom: "Prime" }, { nom: "Prêt" }]);
    expect(read.broken).toMatchObject([{ locator: "sheet Aides, row 3", issue: { code: "broken-record" } }]);
  });

  test("one text in endless paragraphs is a broken row", async () => {
    const cells = `<table:table-cell office:value-type="string">${`<text:p>${"x".repeat(1000)}<text:s text:c="999999999"/></text:p>`.repeat(300)}</table:table-cell>`;
    const read = await readBytes(openDocumentWith([{ name: "Aides", rows: rows + row(cells) }]), { limits: { recordBytes: 100_000 } });
    expect(read.broken).toMatchObject([{ issue: { code: "broken-record" } }]);
    expect(read.broken[0]?.raw.length).toBeLessThan(20_000);
  });

  test("the text of a cell is collected only up to the size of a record", () => {
    const cell = new CellText(1000);
    for (let paragraph = 0; paragraph < 1000; paragraph++) {
      cell.open("p", {});
      cell.text("x".repeat(100));
      cell.open("s", { "text:c": "999999999" });
      cell.close();
      cell.close();
    }
    expect(cell.take().text.length).toBeLessThan(20_000);
  });

  test("thousands of overlapping merges", async () => {
    const titles = row(text("nom", 'table:number-columns-repeated="200"'));
    const wide = row(text("x", 'table:number-columns-spanned="16384"').repeat(200));
    expect(await endOf(openDocumentWith([{ name: "Aides", rows: titles + wide }]))).toMatchObject({ code: "malformed" });
    const tall = text("x", 'table:number-rows-spanned="9"');
    const down = row(tall.repeat(16_384)) + row(tall);
    expect(await endOf(openDocumentWith([{ name: "Aides", rows: down }]), { headerRow: 9 })).toMatchObject({ code: "malformed" });
  });

  test("sheets without limit", async () => {
    const tables = '<table:table table:name="a"/>'.repeat(20_000);
    expect(await endOf(openDocumentWith([{ name: "Aides", rows }], tables), { sheet: "Aides" })).toMatchObject({ code: "malformed" });
  });
});

test("a file with any corrupted bytes is read or refused (property)", async () => {
  const bytes = fileWith(whole);
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, cut) => {
      const damaged = Buffer.from(bytes);
      for (const [place, byte] of changes) damaged[place] = byte;
      await readOrRefused(damaged);
      await readOrRefused(damaged.subarray(0, cut));
    }),
    { numRuns: propertyRuns(60) },
  );
});

test("a file with any corrupted XML is read or refused (property)", async () => {
  const pieces = fc.constantFrom(
    "<table:table-cell>",
    "</table:table-cell>",
    '<table:covered-table-cell table:number-columns-repeated="3"/>',
    '<table:table-cell office:value-type="date"/>',
    "<table:table-row>",
    "</table:table-row>",
    "<table:table>",
    "</table:table>",
    "<text:p>",
    "</text:p>",
    "<office:annotation>",
    '<text:s text:c="-1"/>',
    "<office:spreadsheet>",
    "&amp;",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length), pieces), { minLength: 1, maxLength: 4 }), async (inserted) => {
      let content = whole;
      for (const [place, piece] of inserted) content = content.slice(0, place) + piece + content.slice(place);
      await readOrRefused(fileWith(content));
    }),
    { numRuns: propertyRuns(60) },
  );
});

async function readOrRefused(bytes: Uint8Array): Promise<void> {
  try {
    await readBytes(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedUnreadable);
  }
}
