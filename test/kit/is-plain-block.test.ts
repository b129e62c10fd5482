import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanHtml } from "../../src/kit/values/html/clean-html.ts";
import { htmlToMarkdown, isPlainBlock } from "../../src/kit/values/html/html-to-markdown.ts";
import { cleanMarkdown } from "../../src/kit/values/html/markdown-to-html.ts";
import { propertyRuns } from "../support/property-runs.ts";

const word = fc.constantFrom(
  ...[
    "toit",
    "Le",
    "été",
    "1",
    "12",
    "5 000",
    "A.",
    "1.",
    "2)",
    "-",
    "- ",
    "--",
    "===",
    "#",
    "+",
    "*",
    "_",
    "a_b",
    "`",
    "~",
    "|",
    "[x]",
    "(y)",
    "!",
    ":",
    "«",
    "“",
    '"',
  ],
  ...[
    "http",
    "https:",
    "//",
    "www.",
    "www.exemple.fr",
    "exemple.fr",
    "mailto:",
    "a@b.fr",
    "&amp;",
    "&lt;",
    "\\",
    "\u00a0",
    "…",
    "é:",
    "?",
    "x.",
  ],
);
const link = word.map((text) => `<a href="https://exemple.fr/a_b-c?d=1%20e#f" rel="noopener">${text}</a>`);
const inline = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 4, arbitrary: word },
        word.map((text) => `<strong>${text}</strong>`),
        link,
        fc.constant("<br>"),
      ),
      fc.constantFrom(" ", " ", ""),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.flat().join(""));
const block = fc.oneof(
  inline.map((text) => `<p>${text}</p>`),
  inline.map((text) => `<h3>${text}</h3>`),
  fc.array(inline, { minLength: 1, maxLength: 3 }).map((items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`),
  fc.array(inline, { minLength: 1, maxLength: 3 }).map((items) => `<ol>${items.map((item) => `<li>${item}</li>`).join("")}</ol>`),
);

describe("a plain block", () => {
  it("is the same after conversion to Markdown and back", () => {
    const numRuns = propertyRuns(20_000);
    let plain = 0;
    fc.assert(
      fc.property(block, (written) => {
        const html = cleanHtml(written);
        if (html === null || !isPlainBlock(html)) return;
        plain++;
        expect(cleanMarkdown(htmlToMarkdown(html))).toBe(html);
      }),
      { numRuns },
    );
    expect(plain).toBeGreaterThan(numRuns / 40);
  });

  it.each([
    ["<p>Le toit, à 80 % : « oui ».<br>Le sol</p>", true],
    ["<ul><li>Le toit</li><li><strong>Le sol</strong> aussi</li></ul>", true],
    ['<p>Voir <a href="https://exemple.fr/a" rel="noopener">le site</a>.</p>', true],
    ["<p>- 10 %</p>", false],
    ["<p>a * b</p>", false],
    ["<p>www.exemple.fr</p>", false],
    ["<p>Un</p><p>Deux</p>", false],
  ])("%s: %s", (html, isPlain) => expect(isPlainBlock(html)).toBe(isPlain));
});
