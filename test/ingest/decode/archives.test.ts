import { Buffer } from "node:buffer";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type DecodedFeed, type DecodeInput, decodeBytes, decodeParts, partOf, valuesOf } from "../../support/decode-bytes.ts";
import { surveyOf } from "../../survey/survey-of.ts";
import { rowOf } from "./excel/handwritten-workbook.ts";
import { xlsOf } from "./xls/xls-of.ts";

const csv = { format: "csv" } as const;
const excel = { format: "excel" } as const;
const feed = "id;nom\n1;été\n2;hiver\n";
const values = [
  { id: "1", nom: "été" },
  { id: "2", nom: "hiver" },
];
const folder = mkdtempSync(join(tmpdir(), "moisson-archives-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Returns a zip archive of these files; `encrypted` sets their flag. */
function zip(files: Readonly<Record<string, Buffer | string>>, { encrypted = false } = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(encrypted ? 0x801 : 0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("504b0304", "hex"), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("504b01021400", "hex"), fields, rest, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

/** Decodes an archive from a file. */
function decodeFile(bytes: Buffer, decode: DecodeInput = csv, limits = {}): Promise<DecodedFeed> {
  const path = join(folder, "feed");
  writeFileSync(path, bytes);
  return decodeParts([partOf(readFileSync(path), { path })], decode, limits);
}

describe("gzip", () => {
  it("is detected by its signature, with any split into chunks", async () => {
    for (const chunk of [1, 7, 65_536]) expect(valuesOf(await decodeBytes(gzipSync(feed), csv, { chunk }))).toEqual(values);
  });

  it("with several members is one feed", async () => {
    const members = Buffer.concat([gzipSync(feed.slice(0, 10)), gzipSync(feed.slice(10))]);
    expect(valuesOf(await decodeBytes(members, csv))).toEqual(values);
  });

  it("is unreadable if truncated or damaged", async () => {
    const bytes = gzipSync(feed.repeat(1000));
    expect((await decodeBytes(bytes.subarray(0, -20), csv)).error?.code).toBe("malformed");
    expect((await decodeBytes(Buffer.concat([bytes.subarray(0, 20), Buffer.alloc(50, 0xff)]), csv)).error?.code).toBe("malformed");
  });

  it("stops at the limit for a bomb", async () => {
    const bomb = gzipSync(`a;b\n${"1;2\n".repeat(5_000_000)}`);
    const decoded = await decodeBytes(bomb, csv, { decompressedBytes: 3 * 1024 ** 2 });
    expect(decoded.error?.code).toBe("decompression-limit");
    expect(decoded.error?.params).toEqual({ limitMb: 3 });
  });

  it("is not unpacked twice, and a page or PDF inside is not a feed", async () => {
    expect((await decodeBytes(gzipSync(gzipSync(feed)), csv)).error?.params).toEqual({ found: "gzip", advice: "unpack" });
    expect((await decodeBytes(gzipSync(zip({ "a.csv": feed })), csv)).error?.params).toEqual({ found: "zip", advice: "unpack" });
    expect((await decodeBytes(gzipSync("<html><title>Oups"), csv)).error?.params).toEqual({ title: "Oups" });
    expect((await decodeBytes(gzipSync("%PDF-1.4"), csv)).error?.params.found).toBe("pdf");
  });

  it("around something else than an old workbook is refused as one", async () => {
    expect((await decodeBytes(gzipSync("x"), excel)).error?.params).toEqual({ found: "gzip", advice: "unpack" });
  });
});

describe("zip", () => {
  it("uses the first file with an extension of the format", async () => {
    const archive = zip({ "__MACOSX/._a.csv": "x", "LISEZMOI.md": "bonjour", "data/": "", "data/Aides.CSV": feed, "b.csv": "no" });
    expect(valuesOf(await decodeFile(archive))).toEqual(values);
    expect(valuesOf(await decodeFile(zip({ "a.csv": "x", "a.json": '[{"id": 1}]' }), { format: "json" }))).toEqual([{ id: 1 }]);
    const xml = await decodeFile(zip({ "a.xml": "<f><a><b>1</b></a></f>" }), { format: "xml", recordPath: "/f/a" });
    expect(valuesOf(xml)).toEqual([{ b: "1" }]);
  });

  it("without such a file is refused with its contents", async () => {
    const names = ["1.doc", "2.doc", "3.doc", "4.doc", "5.doc", "6.doc"];
    const archive = zip(Object.fromEntries(names.map((name) => [name, "x"])));
    expect((await decodeFile(archive)).error?.params).toEqual({ found: "zip: 1.doc, 2.doc, 3.doc, 4.doc, 5.doc, …", advice: "unpack" });
  });

  it("is refused if empty, truncated or encrypted", async () => {
    expect((await decodeFile(zip({}))).error?.code).toBe("empty-archive");
    expect((await decodeFile(zip({ "a.csv": feed }).subarray(0, -30))).error?.code).toBe("malformed");
    expect((await decodeFile(zip({ "a.csv": feed }, { encrypted: true }))).error?.code).toBe("encrypted-file");
  });

  it("stops at the limit for a bomb, and detects a false size", async () => {
    const bomb = zip({ "a.csv": `a;b\n${"1;2\n".repeat(5_000_000)}` });
    expect((await decodeFile(bomb, csv, { decompressedBytes: 3 * 1024 ** 2 })).error?.code).toBe("decompression-limit");
    const lying = zip({ "a.csv": feed });
    const directory = lying.indexOf("PK\x01\x02", 0, "latin1");
    lying.writeUInt32LE(5, directory + 24);
    expect((await decodeFile(lying)).error?.code).toBe("malformed");
  });

  it("of an Office file is refused with its type", async () => {
    const workbook = zip({ "[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>" });
    const ods = zip({ mimetype: "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>" });
    for (const decode of [csv, { format: "json" }, { format: "xml", recordPath: "/a" }] as const) {
      expect((await decodeFile(workbook, decode)).error?.params).toEqual({ found: "xlsx", advice: "declare-excel" });
      expect((await decodeFile(ods, decode)).error?.params).toEqual({ found: "ods", advice: "declare-excel" });
    }
  });
});

describe("an old workbook in an archive", () => {
  const xls = xlsOf({ rows: rowOf(1, ["id", "nom"]) + rowOf(2, ["a", "été"]) });
  const read = [{ id: "a", nom: "été" }];

  it("is read like one without, from gzip, and from a zip with other files", async () => {
    expect(valuesOf(await decodeFile(xls, excel))).toEqual(read);
    expect(valuesOf(await decodeFile(gzipSync(xls), excel))).toEqual(read);
    const archive = zip({ "__MACOSX/._a.xls": "x", "LISEZMOI.txt": "bonjour", "data/Aides.XLS": xls });
    expect(valuesOf(await decodeFile(archive, excel))).toEqual(read);
  });

  it("is found by the survey of a file", async () => {
    for (const bytes of [gzipSync(xls), zip({ "LISEZMOI.txt": "bonjour", "Aides.xls": xls })])
      expect((await surveyOf(bytes)).reading).toMatchObject({ format: "excel", sheet: 1 });
    expect((await surveyOf(zip({ "aides.csv": feed, "Aides.xls": xls }))).reading.format).toBe("csv");
  });

  it("is refused if it is something else under this name, damaged, or has a password", async () => {
    expect((await decodeFile(zip({ "aides.xls": "<table>" }), excel)).error?.params).toMatchObject({ found: "zip" });
    expect((await decodeFile(gzipSync(xls.subarray(0, 600)), excel)).error?.params).toMatchObject({ found: "unreadable-xls" });
    expect((await decodeFile(zip({ "aides.xls": xls }, { encrypted: true }), excel)).error?.code).toBe("encrypted-file");
    expect((await decodeFile(gzipSync(xls).subarray(0, -20), excel)).error?.code).toBe("malformed");
  });

  it("stops at the limits for a bomb, and counts what is unpacked", async () => {
    const bomb = Buffer.concat([xls, Buffer.alloc(40 * 1024 ** 2)]);
    for (const bytes of [gzipSync(bomb), zip({ "aides.xls": bomb })]) {
      let decoded = 0;
      const onDecoded = (_: string, size: number) => {
        decoded = Math.max(decoded, size);
      };
      expect((await decodeFile(bytes, excel, { onDecoded })).error?.params.reason).toBe("it is larger than 16 MB");
      expect(decoded).toBeGreaterThan(16 * 1024 ** 2);
      expect(decoded).toBeLessThan(18 * 1024 ** 2);
      expect((await decodeFile(bytes, excel, { decompressedBytes: 1024 ** 2 })).error?.code).toBe("decompression-limit");
    }
  });
});
