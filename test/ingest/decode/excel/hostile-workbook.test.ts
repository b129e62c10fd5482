import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FeedUnreadable } from "../../../../src/model/run/run-error.ts";
import { propertyRuns } from "../../../support/property-runs.ts";
import { endOf, firstBatchOf, readBytes } from "./decode-workbook.ts";
import { rowOf, workbookOf, workbookParts } from "./handwritten-workbook.ts";
import { zipOf } from "./handwritten-zip.ts";

const oneRow = rowOf(1, ["nom"]) + rowOf(2, ["Prime"]);
const ole = Buffer.from("d0cf11e0a1b11ae1", "hex");

describe("other files are refused with their type and advice", () => {
  test.each([
    ["odf", zipOf({ mimetype: { content: "application/vnd.oasis.opendocument.text", stored: true }, "content.xml": "<a/>" })],
    ["xlsb", zipOf({ "xl/workbook.bin": "x" })],
    ["docx", zipOf({ "word/document.xml": "<a/>" })],
    [
      "doc",
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.alloc(504),
        Buffer.from("WordDocument", "utf16le"),
      ]),
    ],
    ["zip", zipOf({ "aides.csv": "nom;lieu" })],
    ["html", Buffer.from("\n<!DOCTYPE html><html><title>Maintenance</title>")],
    ["xml", Buffer.from('\ufeff<?xml version="1.0"?><Workbook/>')],
    ["text", Buffer.from("nom;lieu\nPrime;Landes\n")],
    ["empty", Buffer.alloc(0)],
  ])("%s", async (found, bytes) => {
    const advice = ["doc", "docx", "odf"].includes(found) ? "ask-for-data" : "save-as-xlsx";
    expect(await endOf(bytes)).toEqual({ code: "unsupported-file", params: { found, advice } });
  });

  test("a compound file without a workbook", async () => {
    const reason = "it is damaged, or contains no workbook";
    expect(await endOf(Buffer.concat([ole, Buffer.alloc(5000)]))).toEqual({
      code: "unsupported-file",
      params: { found: "unreadable-xls", advice: "save-as-xlsx", reason },
    });
  });

  test("a workbook with a password", async () => {
    const name = Buffer.from("EncryptedPackage", "utf16le");
    expect((await endOf(Buffer.concat([ole, Buffer.alloc(1024 ** 2 - 20), name, Buffer.alloc(4000)]))).code).toBe("encrypted-file");
  });

  test("a zip with a password", async () => {
    const parts = workbookParts({ rows: oneRow });
    expect((await endOf(zipOf({ ...parts, "xl/workbook.xml": { content: "secret", flags: 1 } }))).code).toBe("encrypted-file");
  });
});

describe("damaged workbooks are unreadable, with the position", () => {
  const sheet = "xl/worksheets/sheet1.xml";

  test("truncated", async () => {
    expect((await endOf(workbookOf({ rows: oneRow }).subarray(0, 900))).code).toBe("malformed");
  });

  test.each([
    ["XML that breaks off", { content: "<worksheet><sheetData><row>" }],
    ["XML that is not well-formed", { content: `<worksheet><sheetData>${oneRow}<row></sheetData></worksheet>` }],
    ["an entity that XML does not know", { content: "<worksheet><sheetData>&bomb;<row></row></sheetData></worksheet>" }],
    ["bytes that are not what was packed", { content: `<worksheet><sheetData>${oneRow}</sheetData></worksheet>`, checksum: 1 }],
  ])("%s", async (_, rows) => {
    expect(await endOf(workbookOf({ rows }))).toMatchObject({ code: "malformed", params: { at: sheet } });
  });

  test("records before the damage are yielded before the error", async () => {
    const content = `<worksheet><sheetData>${oneRow}<row></worksheet>`;
    expect(await firstBatchOf(workbookOf({ rows: { content } }))).toBe(1);
  });

  test("elements nested without limit", async () => {
    const content = "<a>".repeat(1000);
    expect(await endOf(workbookOf({ rows: { content } }))).toEqual({ code: "forbidden-xml", params: { what: "depth", at: sheet } });
  });

  test("a sheet with a missing part", async () => {
    const { [sheet]: _, ...parts } = workbookParts({ rows: oneRow });
    expect(await endOf(zipOf(parts))).toMatchObject({ code: "malformed", params: { at: sheet } });
  });

  test("compressed bytes that cannot be decompressed", async () => {
    const packed = deflateRawSync(Buffer.from(`<worksheet><sheetData>${oneRow}</sheetData></worksheet>`));
    const bytes = workbookOf({ rows: oneRow, parts: { [sheet]: `<worksheet><sheetData>${oneRow}</sheetData></worksheet>` } });
    const place = bytes.indexOf(packed);
    bytes.fill(0xff, place, place + packed.length);
    expect(await endOf(bytes)).toMatchObject({ code: "malformed", params: { at: sheet } });
  });

  test("a workbook without shared strings and styles is read", async () => {
    const { "xl/sharedStrings.xml": _, "xl/styles.xml": __, ...parts } = workbookParts({ rows: oneRow });
    expect((await readBytes(zipOf(parts))).values).toEqual([{ nom: "Prime" }]);
  });
});

describe("bombs", () => {
  const limits = { decompressedBytes: 1024 ** 2 };

  test.each(["rows", "sharedStrings"] as const)("%s beyond the limit", async (where) => {
    const filler = `<!--${"x".repeat(1000)}-->`.repeat(2000);
    const bytes = workbookOf({ rows: oneRow, [where]: where === "rows" ? oneRow + filler : filler });
    expect(bytes.length).toBeLessThan(20_000);
    expect(await endOf(bytes, { limits })).toMatchObject({ code: "decompression-limit", params: { limitMb: 1 } });
  });

  test("a part with a false size is stopped at the limit", async () => {
    const content = `<worksheet><sheetData>${oneRow}${" ".repeat(2_000_000)}</sheetData></worksheet>`;
    expect(await endOf(workbookOf({ rows: { content, claimedSize: 100 } }), { limits })).toMatchObject({ code: "decompression-limit" });
  });

  test("one text of 40 MB is refused", async () => {
    const rows = `${rowOf(1, ["nom"])}<row r="2"><c t="inlineStr"><is><t>${"x".repeat(40_000_000)}</t></is></c></row>`;
    expect(await endOf(workbookOf({ rows }))).toMatchObject({ code: "too-large", params: { limitMb: 16 } });
  });

  test("runs of rich text that form one text of 20 MB are refused", async () => {
    const runs = `<r><t>${"x".repeat(1_000_000)}</t></r>`.repeat(20);
    const rows = `${rowOf(1, ["nom"])}<row r="2"><c t="inlineStr"><is>${runs}</is></c></row>`;
    expect(await endOf(workbookOf({ rows }))).toMatchObject({ code: "too-large", params: { limitMb: 16 } });
    expect(await endOf(workbookOf({ rows: oneRow, sharedStrings: `<si>${runs}</si>` }))).toMatchObject({ code: "too-large" });
  });

  test("a sheet that declares a million rows of 16,384 columns and has two is read", async () => {
    const rows = `${rowOf(1, ["nom"])}<row r="1048576" spans="1:16384">${rowOf(2, ["Prime"]).slice(11)}`.replace('r="A2"', 'r="A1048576"');
    expect((await readBytes(workbookOf({ rows }))).records).toEqual([
      { kind: "record", locator: "sheet Aides, row 1048576", values: { nom: "Prime" } },
    ]);
  });

  test.each([
    [
      "one long text shared by all cells",
      { sharedStrings: `<si><t>${"x".repeat(10_000)}</t></si>`, rows: rowOf(1, ["nom"]) + '<row><c t="s"><v>0</v></c></row>'.repeat(200) },
    ],
    [
      "one long text merged over all rows",
      {
        rows: rowOf(1, ["k", "nom"]) + rowOf(2, [1, "x".repeat(10_000)]) + "<row><c><v>1</v></c></row>".repeat(200),
        behind: '<mergeCells><mergeCell ref="B2:B999"/></mergeCells>',
      },
    ],
    ["thousands of titles over thousands of rows", { rows: rowOf(1, Array(2000).fill("a")) + "<row><c><v>1</v></c></row>".repeat(2000) }],
  ])("records grow while the file stays small: %s", async (_, written) => {
    expect(await endOf(workbookOf(written), { limits })).toEqual({
      code: "decompression-limit",
      params: { at: "sheet Aides", limitMb: 1 },
    });
  });

  test("thousands of overlapping merges", async () => {
    const behind = `<mergeCells>${'<mergeCell ref="A1:B9999"/>'.repeat(20_000)}</mergeCells>`;
    expect(await endOf(workbookOf({ rows: oneRow, behind }))).toMatchObject({ code: "malformed" });
  });

  test("rows and columns beyond Excel's limits are ignored", async () => {
    const rows = `${rowOf(1, ["nom"])}<row r="99999999999"><c r="ZZZZZZ9" t="b"><v>1</v></c></row>`;
    expect((await readBytes(workbookOf({ rows }))).records).toMatchObject([{ locator: "sheet Aides, row 2", values: { nom: true } }]);
  });
});

test.each(["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])(
  "a document type with entities in %s is refused",
  async (part) => {
    const parts = workbookParts({ rows: oneRow });
    const bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;"><!ENTITY file SYSTEM "file:///etc/passwd">]>';
    expect(await endOf(zipOf({ ...parts, [part]: `${bomb}${parts[part]}` }))).toMatchObject({ code: "forbidden-xml" });
  },
);

test("a workbook with any corrupted bytes is read or refused (property)", async () => {
  const whole = workbookOf({
    rows: rowOf(1, ["nom", "lieu"]) + rowOf(2, ["Prime", 3]) + rowOf(3, [true, "x"]),
    behind: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells><hyperlinks><hyperlink ref="B3" r:id="rId1"/></hyperlinks>',
    links: ["https://un.example"],
    sharedStrings: "<si><t>a</t></si>",
    formats: ["0%"],
  });
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(whole.length), async (changes, cut) => {
      const bytes = Buffer.from(whole);
      for (const [place, byte] of changes) bytes[place] = byte;
      await readOrRefused(bytes);
      await readOrRefused(bytes.subarray(0, cut));
    }),
    { numRuns: propertyRuns(60) },
  );
});

test("a workbook with any corrupted sheet XML is read or refused (property)", async () => {
  const sheet = `<worksheet><sheetData>${oneRow}<row r="3"><c r="A3" s="1" t="s"><f>A1</f><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>`;
  const pieces = fc.constantFrom(
    "<c>",
    "</c>",
    '<c t="inlineStr">',
    "<is>",
    "</is>",
    "<v>",
    "</v>",
    "<row>",
    "</row>",
    "<rPh>",
    "&amp;",
    "<![CDATA[",
    "]]>",
    "9",
    "-",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(sheet.length), pieces), { minLength: 1, maxLength: 5 }), async (inserted) => {
      let content = sheet;
      for (const [place, piece] of inserted) content = content.slice(0, place) + piece + content.slice(place);
      await readOrRefused(workbookOf({ rows: { content }, sharedStrings: "<si><t>a</t></si>", formats: ["dd/mm/yyyy"] }));
    }),
    { numRuns: propertyRuns(60) },
  );
});

test("a reader that stops early closes the file", async () => {
  const rows = rowOf(1, ["nom"]) + Array.from({ length: 20_000 }, (_, index) => rowOf(index + 2, ["Prime à la conversion"])).join("");
  const before = openFiles();
  expect(await firstBatchOf(workbookOf({ rows }))).toBeLessThan(2000);
  await expect.poll(openFiles).toBeLessThanOrEqual(before);
});

async function readOrRefused(bytes: Uint8Array): Promise<void> {
  try {
    await readBytes(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FeedUnreadable);
  }
}

/** Returns the number of open workbook files of this process; 0 if the system does not report it. */
function openFiles(): number {
  if (!existsSync("/proc/self/fd")) return 0;
  const targets = readdirSync("/proc/self/fd").map((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      return "";
    }
  });
  return targets.filter((target) => target.includes("feed.xlsx")).length;
}
