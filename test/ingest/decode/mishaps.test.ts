import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { type DecodeInput, decodeBytes, decodeParts, issuesOf, partOf, valuesOf } from "../../support/decode-bytes.ts";

/** The same feed of two aids in every format, so that each mishap is tested in all of them. */
interface Sample {
  readonly name: string;
  readonly decode: DecodeInput;
  readonly feed: string;
  readonly nothing: string;
  readonly locators: readonly string[];
}

const aids = [
  { id: "007", nom: "Aide à l’été – 50 €", description: "Première ligne\nseconde <b>ligne</b> & suite" },
  { id: "008", nom: "Prêt « vélo »", description: "" },
];

const samples: readonly Sample[] = [
  {
    name: "CSV",
    decode: { format: "csv" },
    feed: 'id;nom;description\n007;Aide à l’été – 50 €;"Première ligne\nseconde <b>ligne</b> & suite"\n008;Prêt « vélo »;\n',
    nothing: "id;nom;description\n",
    locators: ["row 2", "row 3"],
  },
  {
    name: "JSON",
    decode: { format: "json", recordPath: "results" },
    feed: JSON.stringify({ count: 2, results: aids, next: null }, null, 1),
    nothing: '{"count": 0, "results": []}',
    locators: ["item 1", "item 2"],
  },
  {
    name: "JSON lines",
    decode: { format: "json", lines: true },
    feed: aids.map((aid) => `${JSON.stringify(aid)}\n`).join(""),
    nothing: "",
    locators: ["item 1", "item 2"],
  },
  {
    name: "XML",
    decode: { format: "xml", recordPath: "/flux/aide" },
    feed: `<?xml version="1.0"?>\n<flux>\n <aide><id>007</id><nom>Aide à l’été – 50 €</nom><description>Première ligne\nseconde &lt;b>ligne&lt;/b> &amp; suite</description></aide>
 <aide><id>008</id><nom>Prêt « vélo »</nom><description/></aide>\n</flux>\n`,
    nothing: "<flux></flux>",
    locators: ["/flux/aide[1]", "/flux/aide[2]"],
  },
];

describe.each(samples)("mishaps of a decoder: $name", ({ decode, feed, nothing, locators }) => {
  it("a correct feed", async () => {
    const decoded = await decodeBytes(feed, decode);
    expect(decoded.error).toBeNull();
    expect(valuesOf(decoded)).toEqual(aids);
    expect(decoded.records.map((record) => record.locator)).toEqual(locators);
    expect(decoded.issues).toEqual([]);
  });

  it("bytes in chunks of one, of three, or all at once", async () => {
    for (const chunk of [1, 3, 1_000_000]) expect(valuesOf(await decodeBytes(feed, decode, { chunk }))).toEqual(aids);
  });

  it("a byte order mark, in UTF-8 and UTF-16", async () => {
    const bigEndian = Buffer.from(`\uFEFF${feed}`, "utf16le").swap16();
    for (const bytes of [Buffer.from(`\uFEFF${feed}`), Buffer.from(`\uFEFF${feed}`, "utf16le"), bigEndian]) {
      for (const chunk of [1, 65_536]) {
        const decoded = await decodeBytes(bytes, decode, { chunk });
        expect(valuesOf(decoded)).toEqual(aids);
        expect(decoded.issues).toEqual([]);
      }
    }
  });

  it("no final line end", async () => {
    expect(valuesOf(await decodeBytes(feed.trimEnd(), decode))).toEqual(aids);
  });

  it("CRLF between lines", async () => {
    const decoded = await decodeBytes(feed.replaceAll("\n", "\r\n"), decode, { chunk: 1 });
    expect(decoded.records.map((record) => record.values.id)).toEqual(["007", "008"]);
    expect(decoded.error).toBeNull();
  });

  it("no records is not an error", async () => {
    const decoded = await decodeBytes(nothing, decode);
    expect(decoded.error).toBeNull();
    expect(decoded.records).toEqual([]);
    expect(decoded.issues).toEqual([]);
  });

  it("a few windows-1252 bytes among UTF-8 are repaired, with an issue per record", async () => {
    const bytes = Buffer.concat([
      Buffer.from(feed.slice(0, feed.indexOf("vélo") + 1)),
      Buffer.from([0xe9]),
      Buffer.from(feed.slice(feed.indexOf("vélo") + 2)),
    ]);
    for (const chunk of [1, 65_536]) {
      const decoded = await decodeBytes(bytes, decode, { chunk });
      expect(valuesOf(decoded)).toEqual(aids);
      expect(issuesOf(decoded)).toEqual([`wrong-encoding ${locators[1]}`]);
    }
  });

  it("a page with status 200 instead of the feed", async () => {
    const page =
      "\n<!-- hello --><!DOCTYPE html>\n<html lang=fr><head><title>\n Maintenance &eacute;vidente &amp; br&egrave;ve </title><title>no</title></head></html>";
    for (const bytes of [page, `\uFEFF${page}`, Buffer.from(`\uFEFF${page}`, "utf16le")]) {
      const decoded = await decodeBytes(bytes, decode);
      expect(decoded.error?.code).toBe("html-page");
      expect(decoded.error?.params).toEqual({ title: "Maintenance évidente & brève" });
      expect(decoded.records).toEqual([]);
    }
  });

  it("a page with an endless title", async () => {
    const decoded = await decodeBytes(`<html><title>${"très ".repeat(500)}`, decode);
    expect(String(decoded.error?.params.title)).toHaveLength(200);
  });

  it("thousands of comments before the page are skipped quickly", async () => {
    const decoded = await decodeBytes(`${"<!-- a -->\n".repeat(3000)}<html></html>`, decode);
    expect(decoded.error?.code).toBe("html-page");
  });

  it("another file type under the name of the feed is refused", async () => {
    const files: [Buffer, string][] = [
      [Buffer.from("%PDF-1.7\n"), "pdf"],
      [Buffer.from("d0cf11e0a1b11ae10000", "hex"), "xls"],
      [Buffer.from("377abcaf271c0004", "hex"), "7z"],
    ];
    for (const [bytes, found] of files) {
      const { error } = await decodeBytes(bytes, decode, { chunk: 1 });
      expect(error?.code).toBe("unsupported-file");
      expect(error?.params.found).toBe(found);
      expect(error?.params.advice).toBeTruthy();
    }
  });

  it("a workbook with a password", async () => {
    const bytes = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(3000), Buffer.from("EncryptedPackage", "utf16le")]);
    expect((await decodeBytes(bytes, decode, { chunk: 7 })).error?.code).toBe("encrypted-file");
  });

  it("binary garbage ends the run or is a broken record, never an aid", async () => {
    const decoded = await decodeBytes(Buffer.from("00010203ff00fe7f80", "hex"), decode);
    expect(decoded.records).toEqual([]);
    expect(decoded.error !== null || decoded.broken.length > 0).toBe(true);
  });

  it("a record that never ends", async () => {
    const endless = feed.replace("Première", "x".repeat(200_000));
    const decoded = await decodeBytes(endless, decode, { recordBytes: 50_000, chunk: 1_000 });
    expect(decoded.error?.code).toBe("too-large");
    expect(decoded.error?.params.at).toMatch(/row 2|item 1|line 3|aide\[1\]/);
  });

  it("locators of several parts contain the page number", async () => {
    const decoded = await decodeParts([partOf(feed), partOf(feed)], decode);
    expect(decoded.records.map((record) => record.locator)).toEqual([
      ...locators.map((at) => `page 1, ${at}`),
      ...locators.map((at) => `page 2, ${at}`),
    ]);
  });

  it("a title from JavaScript's prototype is a plain field", async () => {
    const decoded = await decodeBytes(feed.replaceAll("nom", "__proto__"), decode);
    expect(decoded.records).toHaveLength(2);
    expect(Object.getPrototypeOf(decoded.records[0]?.values)).toBe(Object.prototype);
  });
});
