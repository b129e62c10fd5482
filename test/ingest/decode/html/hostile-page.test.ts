import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBytes, valuesOf } from "../../../support/decode-bytes.ts";
import { propertyRuns } from "../../../support/property-runs.ts";

const cards = { format: "html", records: ".carte", values: { titre: "h3", texte: "", balisage: "html()", liens: "a@href" } } as const;
const megabyte = 1024 ** 2;

describe("hostile pages", () => {
  it("elements nested without limit", async () => {
    const { error } = await decodeBytes(`<div class=carte>${"<div>".repeat(100_000)}`, cards);
    expect([error?.code, error?.params]).toEqual(["malformed", { at: "the page", reason: "elements nested more than 512 deep" }]);
  });

  it("elements without limit", async () => {
    const { error } = await decodeBytes(`<div class=carte>${"<br>".repeat(300_000)}`, cards);
    expect([error?.code, error?.params.reason]).toEqual(["malformed", "more than 200000 elements"]);
  });

  it("attributes without limit", async () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `a${index}`).join(" ");
    const { error } = await decodeBytes(`<div class=carte ${names}>`, cards);
    expect([error?.code, error?.params.reason]).toEqual(["malformed", "an element with more than 1000 attributes"]);
  });

  it("attributes of different elements are not added up", async () => {
    const { error, records } = await decodeBytes(`<div class=carte ${"x".repeat(9)}>a</div>`.repeat(1200), cards);
    expect([error, records.length]).toEqual([null, 1200]);
  });

  it.each(["li:nth-child(2)", "li:nth-last-of-type(2)", "b ~ li"])("siblings without limit, where %s counts them", async (records) => {
    const started = performance.now();
    const { error } = await decodeBytes(`<ul>${"<li>a".repeat(50_000)}`, { ...cards, records });
    expect([error?.code, error?.params]).toEqual(["malformed", { at: records, reason: "too many elements beside each other" }]);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it("the third cell of a row is found among thousands of rows", async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `<tr><td>a<td>b<td>${index}`).join("");
    const table = { format: "html", records: "tr", values: { n: "td:nth-child(3)" } } as const;
    const decoded = await decodeBytes(`<table>${rows}</table>`, table);
    expect([decoded.records.length, decoded.records[2999]?.values]).toEqual([3000, { n: "2999" }]);
  });

  it("a compressed page larger than a record", async () => {
    const page = gzipSync(`<div class=carte>${"x".repeat(2 * megabyte)}</div>`);
    expect(page.length).toBeLessThan(10_000);
    const { error, records } = await decodeBytes(page, cards, { recordBytes: megabyte });
    expect([error?.code, error?.params, records]).toEqual(["too-large", { at: "the page", limitMb: 1 }, []]);
  });

  it("nested records repeat the same text only a few times", async () => {
    const page = `${"<div class=carte>".repeat(500)}${"x".repeat(500_000)}`;
    const { error, records } = await decodeBytes(page, cards, { recordBytes: megabyte });
    expect(error?.code).toBe("too-large");
    expect(records.length).toBeLessThan(10);
  });

  it("nested records without text are not searched repeatedly", async () => {
    const page = `${"<div class=carte>".repeat(500)}${"</div>".repeat(500)}`.repeat(20);
    const layout = { format: "html", records: ".carte", values: { id: "@id" } } as const;
    expect((await decodeBytes(page, layout, { recordBytes: megabyte })).error?.code).toBe("too-large");
  });

  it("nested elements without text are searched only a limited number of times", async () => {
    const page = `<div class=carte>${`${"<i>".repeat(500)}${"</i>".repeat(500)}`.repeat(60)}</div>`;
    const everything = { format: "html", records: ".carte", values: { rien: "*" } } as const;
    expect((await decodeBytes(page, everything, { recordBytes: megabyte / 4 })).error?.code).toBe("too-large");
  });

  it("thousands of bytes in the wrong encoding in thousands of records are read quickly", async () => {
    const record = Buffer.concat([Buffer.from("<p class=carte>été été été été"), Buffer.from([0xe9, 0xe8]), Buffer.from("</p>")]);
    const decoded = await decodeBytes(Buffer.concat(Array(5000).fill(record)), cards);
    expect(decoded.records).toHaveLength(5000);
    expect(decoded.issues).toHaveLength(5000);
  });

  it("scripts, styles and templates are not text", async () => {
    const page =
      "<div class=carte><h3>Prime<script>alert('</h3>')</script></h3><style>.carte{}</style><template><p class=carte>x</p></template><noscript>activez</noscript>!</div>";
    expect(valuesOf(await decodeBytes(page, { ...cards, records: "div.carte", values: { titre: "h3", texte: "" } }))).toEqual([
      { titre: "Prime", texte: "Prime !" },
    ]);
  });

  it("names from JavaScript's prototype are plain fields", async () => {
    const values = { __proto__x: "@__proto__", constructor: "@constructor", toString: "h3@tostring" };
    const decoded = await decodeBytes('<div class=carte __proto__="a"><h3>x</h3></div>', { ...cards, values });
    expect(decoded.records[0]?.values).toEqual({ __proto__x: null, constructor: null, toString: null });
    expect(Object.getPrototypeOf(decoded.records[0]?.values)).toBe(Object.prototype);
  });

  it("any markup is read or refused (property)", async () => {
    const piece = fc.constantFrom(
      "<div class=carte>",
      "</div>",
      "<h3>",
      "</h3",
      "<a href=",
      '"',
      "'",
      ">",
      "<",
      "<!--",
      "-->",
      "&amp",
      "<![CDATA[",
      "]]>",
      "<?x",
      "<svg>",
      "<textarea>",
      "<script>",
      "é",
      " ",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), async (pieces, chunk) => {
        const { error, records } = await decodeBytes(pieces.join(""), cards, { chunk });
        expect(error === null ? records.length > 0 : error.code === "no-such-path").toBe(true);
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});
