import { describe, expect, it } from "vitest";
import { seeded } from "../support/seeded.ts";
import { makeRecord } from "./make-feed.ts";
import { makeText } from "./make-text.ts";
import { readRealText, textFields } from "./real-text.ts";
import { figuresOf, profileOf } from "./text-profile.ts";

const { figures: measured, fields } = readRealText();
const records = 2000;
const texts = Array.from({ length: records }, (_, index) => {
  const random = seeded(index * 7919);
  return textFields.map((field) => ({ field, text: makeText(field, random) }));
}).flat();
const made = figuresOf(texts.filter(({ text }) => text !== "").map(({ text }) => profileOf(text)));

describe("generated texts resemble real ones", () => {
  it.each(textFields)("records have a text for %s as often as real ones", (field) => {
    const count = texts.filter((one) => one.field === field && one.text !== "").length;
    expect(Math.abs(count / records - fields[field].share)).toBeLessThan(0.03);
  });

  it.each(Object.entries(measured.shares))("share of texts with %s: %d", (name, share) => {
    expect(Math.abs((made.shares[name] ?? 0) - share)).toBeLessThan(0.04);
  });

  // A density is measured only where enough texts have it.
  const frequent = Object.entries(measured.perThousand).filter(([name]) => (measured.shares[name] ?? 0) > 0.05);
  it.each(frequent)("%s per 1,000 characters: %d", (name, density) => {
    const ratio = (made.perThousand[name] ?? 0) / density;
    expect(ratio).toBeGreaterThan(1 / 1.5);
    expect(ratio).toBeLessThan(1.5);
  });

  it.each(["length", "wordsPerBlock", "depth"] as const)("quantiles of %s", (name) => {
    // Without the 99th percentile, which depends on a few texts.
    for (const [place, quantile] of measured.quantiles[name].slice(0, -1).entries()) {
      expect(Math.abs((made.quantiles[name][place] ?? 0) - quantile)).toBeLessThanOrEqual(Math.max(1, quantile * 0.15));
    }
  });

  it("records are the same on every machine, and one in fifty changes", () => {
    const realistic = (index: number, version: number) => makeRecord(index, version, "realistic");
    expect(realistic(7, 0)).toEqual(realistic(7, 0));
    expect(realistic(7, 1)).toEqual(realistic(7, 0));
    expect(realistic(50, 1).texte).not.toBe(realistic(50, 0).texte);
  });

  it("realistic and tidy records have about the same size", () => {
    const size = (text: "realistic" | "tidy") =>
      Array.from({ length: 1000 }, (_, index) => Buffer.byteLength(Object.values(makeRecord(index, 0, text)).join(";"))).reduce(
        (a, b) => a + b,
      ) / 1000;
    expect(size("realistic") / size("tidy")).toBeGreaterThan(0.75);
    expect(size("realistic") / size("tidy")).toBeLessThan(1.25);
  });
});

describe("profileOf", () => {
  it("counts the markup of a text", () => {
    const text = `<p class="a b">\r\n  L’été&nbsp;: <a href="/x?a=1&amp;b=2">deux  mots</a><br/>\n</p><b>3 &#8211; 4</b>`;
    expect(Object.fromEntries(Object.entries(profileOf(text)).filter(([, count]) => count > 0))).toEqual({
      length: text.length,
      words: 6,
      blocks: 2,
      p: 1,
      br: 1,
      strong: 1,
      a: 1,
      closedTags: 1,
      attributes: 1,
      attributeChars: 3,
      hrefChars: 14,
      newlinesAtTags: 2,
      carriageReturns: 1,
      indentChars: 2,
      doubledBlanks: 1,
      namedEntities: 1,
      numericEntities: 1,
      noBreakSpaces: 1,
      typographic: 1,
      accented: 2,
      depth: 2,
    });
  });
});
