import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { cleanHtml } from "../../src/kit/values/html/clean-html.ts";
import { htmlToMarkdown } from "../../src/kit/values/html/html-to-markdown.ts";
import { cleanMarkdown } from "../../src/kit/values/html/markdown-to-html.ts";
import { anyMarkup } from "../support/markup-arbitrary.ts";
import { propertyRuns } from "../support/property-runs.ts";

const teeFeed = join(resolve(process.env.MOISSON_SHARED ?? "../shared"), "data/aids/tee_data_gouv_export_2025-10.csv");
const isAbsent = !existsSync(teeFeed);
const link = (href: string, text: string) => `<a href="${href}" rel="noopener">${text}</a>`;

describe("cleanMarkdown", () => {
  it.each([
    [
      "bold and a link",
      "**Profitez** de [l'offre](https://a.fr)",
      `<p><strong>Profitez</strong> de ${link("https://a.fr", "l'offre")}</p>`,
    ],
    ["TEE: backslash line breaks", "**une trajectoire.**\\\nVous serez", "<p><strong>une trajectoire.</strong><br>Vous serez</p>"],
    ["Culture: an entity that lost its semicolon", "Mise en &oeliguvre", "<p>Mise en œuvre</p>"],
    ["TEE: single line breaks count", "Projets :\nLabel\nGéothermie", "<p>Projets :<br>Label<br>Géothermie</p>"],
    [
      "TEE: a list after its sentence",
      "Vous bénéficiez :\n\n- de 8 séminaires\n- de conseil\n\n\nFin",
      "<p>Vous bénéficiez :</p><ul><li>de 8 séminaires</li><li>de conseil</li></ul><p>Fin</p>",
    ],
    ["TEE: a loose list", "- a\n\n- b", "<ul><li>a</li><li>b</li></ul>"],
    ["TEE: a list in a list", "- a :\n  - b\n  - c", "<ul><li>a :<ul><li>b</li><li>c</li></ul></li></ul>"],
    ["TEE: bold that ends inside a word", "un **plan concre**t.", "<p>un <strong>plan concre</strong>t.</p>"],
    [
      "TEE: bare and angled addresses",
      "voir https://a.fr/x?b=1&c=2 ou <https://b.fr>",
      `<p>voir ${link("https://a.fr/x?b=1&amp;c=2", "https://a.fr/x?b=1&amp;c=2")} ou ${link("https://b.fr", "https://b.fr")}</p>`,
    ],
    ["TEE: a mail link", "[Contacter](mailto:a.b@x.gouv.fr)", `<p>${link("mailto:a.b@x.gouv.fr", "Contacter")}</p>`],
    ["HTML in it goes through the allow-list", "a <script>b</script><span>c</span>", "<p>a c</p>"],
    ["nothing", " \n ", null],
  ])("%s", (_mishap, markdown, html) => {
    expect(cleanMarkdown(markdown)).toBe(html);
  });
});

describe("htmlToMarkdown is reversible", () => {
  it.each([
    ["a paragraph with breaks", "<p>a<br>b</p><p>c</p>", "a  \nb\n\nc"],
    [
      "formats and a link",
      `<p><strong>a</strong> et <em>b</em> ${link("https://a.fr/x_(y)", "c")}</p>`,
      "**a** et *b* [c](<https://a.fr/x_(y)>)",
    ],
    ["nested lists", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"],
    ["a heading and a numbered list", '<h2>T</h2><ol start="3"><li>a</li><li>b</li></ol>', "## T\n\n3. a\n4. b"],
    ["a quote", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>", "> a\n>\n> - b"],
    [
      "a plain table",
      "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1|2</td><td></td></tr></tbody></table>",
      "| A | B |\n| --- | --- |\n| 1\\|2 |  |",
    ],
    [
      "signs that need no escape",
      "<p>R&amp;D, recharge (&lt; 7 kVA) | a_b : 1413ZA | 1413ZB</p>",
      "R&D, recharge (< 7 kVA) | a_b : 1413ZA | 1413ZB",
    ],
    ["signs that need one", "<p>&amp;amp x &lt;b&gt; | _a_</p>", null],
    [
      "italics in bold, and the other way round",
      "<p><strong><em>1/ Animer</em></strong> puis <em>un <strong>autre</strong></em></p>",
      "**_1/ Animer_** puis _un **autre**_",
    ],
    ["text that looks like Markdown", "<p>*a* _b_ [c](d) `e` # f<br># g<br>1. h<br>- i<br>&gt; j<br>&lt;b&gt; &amp;amp x</p>", null],
    ["text that looks like an address", "<p>www.a.fr https://b.fr c@d.fr</p>", null],
    ["two lists in a row", "<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>", null],
    ["two quotes in a row", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>", null],
    ["bold inside a word, underlined, struck", "<p>a<strong>b</strong>c <u>d</u> <s>e</s> H<sub>2</sub>O</p>", null],
    ["cells that span", '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>', null],
  ])("%s", (_name, html, markdown) => {
    if (markdown !== null) expect(htmlToMarkdown(html)).toBe(markdown);
    expect(cleanMarkdown(htmlToMarkdown(html))).toBe(html);
  });

  it("for any canonical HTML", () => {
    fc.assert(
      fc.property(anyMarkup, (markup) => {
        const html = cleanHtml(markup, { baseUrl: "https://www.a.fr/" });
        if (html !== null) expect(cleanMarkdown(htmlToMarkdown(html))).toBe(html);
      }),
      { numRuns: propertyRuns(1500) },
    );
  });

  it.skipIf(isAbsent)(`every text of the TEE feed, and it stays Markdown${isAbsent ? ` (skipped: ${teeFeed} is absent)` : ""}`, () => {
    const rows = Papa.parse<Record<string, string>>(readFileSync(teeFeed, "utf8").replace(/^\ufeff/, ""), {
      header: true,
      skipEmptyLines: true,
    }).data;
    const texts = rows.flatMap((row) => [row.description ?? "", row.eligibilite ?? ""]);
    expect(texts).toHaveLength(380);
    for (const text of texts) {
      const html = cleanMarkdown(text) ?? "";
      const markdown = htmlToMarkdown(html);
      expect(cleanMarkdown(markdown)).toBe(html);
      expect(htmlToMarkdown(cleanMarkdown(markdown) ?? "")).toBe(markdown);
      expect(cleanHtml(html)).toBe(html);
      expect(markdown).not.toMatch(/<(?:p|ul|li|br|strong|em)>/);
      expect(html).not.toMatch(/\*\*|\]\(/);
    }
  });
});
