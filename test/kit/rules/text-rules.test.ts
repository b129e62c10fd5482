import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstOf } from "../../../src/kit/expressions/expression.ts";
import { identifier, readIdentifier } from "../../../src/kit/rules/identifier.ts";
import { list, readList } from "../../../src/kit/rules/list.ts";
import type { RuleContext } from "../../../src/kit/rules/rule-context.ts";
import {
  html,
  markdown,
  plainText,
  plainTextToHtml,
  readHtml,
  readMarkdown,
  readPlainText,
  readText,
  text,
} from "../../../src/kit/rules/texts.ts";
import { readUrl, url } from "../../../src/kit/rules/url.ts";
import { readYesNo, yesNo } from "../../../src/kit/rules/yes-no.ts";
import { cleanHtml } from "../../../src/kit/values/html/clean-html.ts";
import { anyMarkup } from "../../support/markup-arbitrary.ts";
import { propertyRuns } from "../../support/property-runs.ts";

function reading<R, T>(read: (rule: R, context: RuleContext) => T, rule: R, v: unknown): { value: T; codes: string[] } {
  const codes: string[] = [];
  const context: RuleContext = {
    values: { v },
    timeZone: "Europe/Paris",
    baseUrl: "https://www.a.fr/",
    placeholders: new Set(["a definir apres reprise", "champ non publie"]),
    terms: { targetsOf: () => undefined },
    report: (issue) => codes.push(issue.code),
  };
  return { value: read(rule, context), codes };
}

describe("text", () => {
  it.each([
    ["a numeric title", 162, "162"],
    ["a very large number", 1e21, "1000000000000000000000"],
    ["a SIRET that Excel made a number", 72692053100027, "72692053100027"],
    ["a yes/no", true, "true"],
    ["a list", ["a", " b ", null], "a, b"],
    ["an XML element with attributes", { "#text": "a", "@lang": "fr" }, "a"],
    ["a placeholder with entities", "Champ non publi&eacute;", null],
    ["a placeholder with blanks and case", " A  définir APRÈS reprise ", null],
    ["nothing", null, null],
  ])("%s", (_name, value, expected) => {
    expect(reading(readText, text("v"), value)).toEqual({ value: expected, codes: [] });
  });

  it("loses encoded tags, which are reported, and keeps other encoded brackets", () => {
    expect(reading(readText, text("v"), "&lt;p&gt;Aide &lt;b&gt;aux&lt;/b&gt; communes&lt;/p&gt;")).toEqual({
      value: "Aide aux communes",
      codes: ["html-in-text"],
    });
    expect(reading(readText, text("v"), "Aide &lt; 5 000 €, &lt;prénom&gt;")).toEqual({ value: "Aide < 5 000 €, <prénom>", codes: [] });
  });

  it("an object is an issue", () => {
    expect(reading(readText, text("v"), { a: 1 })).toEqual({ value: null, codes: ["unexpected-value"] });
    expect(reading(readText, text("v"), ["x", { a: 1 }])).toEqual({ value: null, codes: ["unexpected-value"] });
  });
});

describe("html, markdown, plainText", () => {
  it("a placeholder in markup leaves the field empty", () => {
    expect(reading(readHtml, html("v"), "<p><b>A DEFINIR</b> APRES REPRISE</p>").value).toBeNull();
    expect(reading(readMarkdown, markdown("v"), "**A DEFINIR APRES REPRISE**").value).toBeNull();
    expect(reading(readPlainText, plainText("v"), "A DEFINIR\nAPRES REPRISE").value).toBeNull();
  });

  it("makes links absolute and reports unsafe markup", () => {
    expect(reading(readHtml, html("v"), "<a href=/x>a</a><script>b</script>")).toEqual({
      value: '<p><a href="https://www.a.fr/x" rel="noopener">a</a></p>',
      codes: ["unsafe-markup"],
    });
  });

  it("members of a list become lines", () => {
    expect(reading(readHtml, html("v"), ["a", "<b>b</b>"]).value).toBe("<p>a<br><strong>b</strong></p>");
  });

  it.each([
    ["Culture: lines with CR LF", "DAC Mayotte\r\n02 69 63 00 48", "<p>DAC Mayotte<br>02 69 63 00 48</p>"],
    ["paragraphs, and markup that is shown", "one\r\ntwo\n\n\nthree <b>", "<p>one<br>two</p><p>three &lt;b&gt;</p>"],
    ["one line", "a", "<p>a</p>"],
    ["an address is not made a link", "www.a.fr a@b.fr", "<p>www.a.fr a@b.fr</p>"],
    ["entities", "l&rsquo;aide", "<p>l’aide</p>"],
  ])("plain text: %s", (_name, value, expected) => {
    expect(reading(readPlainText, plainText("v"), value)).toEqual({ value: expected, codes: [] });
  });

  it.each([
    ["a wrapper, whose lines stay", "<p>one\ntwo\n\nthree</p>", "<p>one<br>two</p><p>three</p>"],
    [
      "a wrapper with attributes, around entities",
      ' <div class="x">R&amp;D &lt;prénom&gt; a < b</div>\n',
      "<p>R&amp;D &lt;prénom&gt; a &lt; b</p>",
    ],
    ["an encoded wrapper", "&lt;p&gt;l&rsquo;aide&lt;/p&gt;", "<p>l’aide</p>"],
    ["a wrapper that was encoded twice", "&amp;lt;p&amp;gt;l&amp;rsquo;aide&amp;lt;/p&amp;gt;", "<p>l’aide</p>"],
    ["paragraphs", "<p>one\ntwo</p><p>three &lt;b&gt;</p>", "<p>one two</p><p>three &lt;b&gt;</p>"],
    ["encoded paragraphs", "&lt;p&gt;un&lt;/p&gt;&lt;p&gt;deux&lt;/p&gt;", "<p>un</p><p>deux</p>"],
    ["line breaks", "one<br/>two", "<p>one<br>two</p>"],
    ["formats between lines", "<strong>one</strong>\ntwo", "<p><strong>one</strong><br>two</p>"],
    ["a relative link", '<a href="/x">y</a>', '<p><a href="https://www.a.fr/x" rel="noopener">y</a></p>'],
  ])("HTML in plain text is cleaned and reported: %s", (_name, value, expected) => {
    expect(reading(readPlainText, plainText("v"), value)).toEqual({ value: expected, codes: ["html-in-text"] });
  });

  it("HTML in plain text is as safe as other HTML", () => {
    expect(reading(readPlainText, plainText("v"), "<p>a</p><script>b</script>")).toEqual({
      value: "<p>a</p>",
      codes: ["html-in-text", "unsafe-markup"],
    });
  });

  it.each([
    ["a comparison", "a < b et c > d", "<p>a &lt; b et c &gt; d</p>"],
    ["a placeholder of a form", "<prénom> </prénom> <nom>", "<p>&lt;prénom&gt; &lt;/prénom&gt; &lt;nom&gt;</p>"],
    ["a tag without its end", "le <p> du HTML", "<p>le &lt;p&gt; du HTML</p>"],
    ["an end without its tag", "</p> puis <p>", "<p>&lt;/p&gt; puis &lt;p&gt;</p>"],
    ["a letter in brackets", "<a> <b> &lt;i&gt;", "<p>&lt;a&gt; &lt;b&gt; &lt;i&gt;</p>"],
  ])("plain text that is not HTML is shown as it is: %s", (_name, value, expected) => {
    expect(reading(readPlainText, plainText("v"), value)).toEqual({ value: expected, codes: [] });
  });

  it("plain text becomes canonical HTML", () => {
    fc.assert(
      fc.property(anyMarkup, (written) => {
        const made = plainTextToHtml(written);
        if (made !== null) expect(cleanHtml(made)).toBe(made);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });
});

describe("url of a cell with a link", () => {
  it.each([
    ["the address of a cell that shows a label", { v: "Voir le guide", "v (link)": "https://a.fr/x" }, "https://a.fr/x"],
    ["the shown address rather than the one behind it", { v: "https://a.fr/x", "v (link)": "https://b.fr/x" }, "https://a.fr/x"],
    ["the first filled of several", { w: "Voir", "w (link)": "https://w.fr/" }, "https://w.fr/"],
  ])("reads %s", (_, values, expected) => {
    const context = {
      values,
      timeZone: "Europe/Paris",
      baseUrl: null,
      placeholders: new Set<string>(),
      terms: { targetsOf: () => undefined },
    };
    expect(readUrl(url(firstOf("v", "w")), { ...context, report: () => undefined })).toBe(expected);
  });
});

describe("identifier", () => {
  it.each([
    ["zeros are kept", " 00000003\u00a0", "00000003"],
    ["a number", 162, "162"],
    ["never decoded nor folded", "A&amp;B  <x> É", "A&amp;B  <x> É"],
    ["a NUL, which databases refuse", "a\u0000b", "ab"],
    ["blank", " ", null],
  ])("%s", (_name, value, expected) => {
    expect(reading(readIdentifier, identifier("v"), value).value).toBe(expected);
  });
});

describe("list", () => {
  it.each([
    ["without duplicates, compared as terms", ["Sport", "sport ", "l&rsquo;eau", "l'eau", ""], ["Sport", "l’eau"], []],
    ["one text", "a", ["a"], []],
    ["numbers and placeholders", [1, "A definir apres reprise"], ["1"], []],
    ["an object among them", ["a", { b: 1 }], ["a"], ["unexpected-value"]],
    ["nothing", null, [], []],
  ])("%s", (_name, value, expected, codes) => {
    expect(reading(readList, list("v"), value)).toEqual({ value: expected, codes });
  });
});

describe("yesNo", () => {
  it.each([
    [true, true],
    ["Oui", true],
    ["1", true],
    [1, true],
    [" VRAI ", true],
    ["<b>oui</b>", true],
    [false, false],
    ["non", false],
    [0, false],
    ["False", false],
    ["", null],
  ])("%j is %s", (value, expected) => {
    expect(reading(readYesNo, yesNo("v"), value)).toEqual({ value: expected, codes: [] });
  });

  it("words of the connector take precedence; unknown words are an issue", () => {
    expect(reading(readYesNo, yesNo("v", { no: ["Oui"], yes: ["Permanente"] }), "oui").value).toBe(false);
    expect(reading(readYesNo, yesNo("v", { yes: ["Permanente"] }), "permanente").value).toBe(true);
    expect(reading(readYesNo, yesNo("v"), "peut-être")).toEqual({ value: null, codes: ["unreadable-yes-no"] });
  });
});

describe("url", () => {
  it("reads, repairs or refuses links", () => {
    expect(reading(readUrl, url("v"), "https: //a.fr/été")).toEqual({ value: "https://a.fr/%C3%A9t%C3%A9", codes: ["blank-in-url"] });
    expect(reading(readUrl, url("v"), { a: 1 })).toEqual({ value: null, codes: ["unexpected-value"] });
    expect(reading(readUrl, url("v"), ["https://a.fr", "https://b.fr"])).toEqual({ value: null, codes: ["unreadable-url"] });
  });
});
