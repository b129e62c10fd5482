import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RuleIssue } from "../../src/kit/rules/rule-context.ts";
import { cleanHtml } from "../../src/kit/values/html/clean-html.ts";
import { expectSafeHtml } from "../support/expect-safe-html.ts";
import { anyMarkup } from "../support/markup-arbitrary.ts";
import { propertyRuns } from "../support/property-runs.ts";

const baseUrl = "https://www.region.fr/aides/fiche";

describe("cleanHtml returns one canonical form", () => {
  const link = (href: string, text: string) => `<a href="${href}" rel="noopener">${text}</a>`;
  const pairs: [mishap: string, html: string, clean: string | null][] = [
    ["an event handler and a script", "<p onclick=x>Un<script>y</script>", "<p>Un</p>"],
    [
      "ADEME: a paragraph never closed",
      "<p>En tant que collectivité, entreprise ou association",
      "<p>En tant que collectivité, entreprise ou association</p>",
    ],
    ["ADEME: StartFragment comments, nbsp, runs of blanks", "<!-- StartFragment --><p>A&nbsp;:   b</p><!--EndFragment-->", "<p>A : b</p>"],
    ["a comment never closed hides nothing", "<p>a</p><!-- b", "<p>a</p><p>b</p>"],
    [
      "Drôme: headings parted by <br> from paragraphs",
      "OPÉRATIONS CONCERNÉES<br><p>Actions</p>\n<br>NIVEAU D'INTERVENTION<br><p>b</p>",
      "<p>OPÉRATIONS CONCERNÉES</p><p>Actions</p><p>NIVEAU D'INTERVENTION</p><p>b</p>",
    ],
    ["Drôme: pseudo-lists", "<p>x&#8230;<br />\n&#8211; un<br />\n&#8211; deux</p>", "<p>x…<br>– un<br>– deux</p>"],
    [
      "Drôme: a stray letter outside the link",
      '<p>04 75 • n<a href="mailto:a.b@drome.fr">a.b@drome.fr</a></p>\n',
      `<p>04 75 • n${link("mailto:a.b@drome.fr", "a.b@drome.fr")}</p>`,
    ],
    [
      "TEE, 2025: an e-mail address that a form took for a link",
      '<a href="mailto:https://f.c@cciamp.com">Écrire</a> <a href="https://c.p@arbe-regionsud.org">Arbe</a>',
      `<p>${link("mailto:f.c@cciamp.com", "Écrire")} ${link("mailto:c.p@arbe-regionsud.org", "Arbe")}</p>`,
    ],
    ["Drôme: empty paragraphs", "<p>&nbsp;</p><p>a</p><p> <strong>\u200b</strong></p>", "<p>a</p>"],
    [
      "Drôme: several paragraphs in one link",
      '<a href="/x"><p>a</p><p>b</p></a>',
      `<p>${link("https://www.region.fr/x", "a")}</p><p>${link("https://www.region.fr/x", "b")}</p>`,
    ],
    [
      "Culture: single-quoted attributes and entities",
      "<p class='x'>&oelig;uvre, cr&eacute;ation, l&rsquo;&#233;tat</p>",
      "<p>œuvre, création, l’état</p>",
    ],
    ["Culture: a letter's entity without its semicolon", "1 immeuble, 1 &oeliguvre, d&rsquoart", "<p>1 immeuble, 1 œuvre, d’art</p>"],
    ["text that is not an entity stays as written", "R&D, &inconnuevre", "<p>R&amp;D, &amp;inconnuevre</p>"],
    ["double encoding", "l&amp;rsquo;aide R&amp;amp;D", "<p>l’aide R&amp;D</p>"],
    ["HTML that was encoded as a whole", "&lt;p&gt;Un &amp;eacute;t&amp;eacute;&lt;/p&gt;", "<p>Un été</p>"],
    ["an ampersand of an address in a text", "voir ?a=1&lang=fr&reg=idf", "<p>voir ?a=1&amp;lang=fr&amp;reg=idf</p>"],
    ["comparisons are text", "3 < 4 et 5 > 2, moins de <2 ans", "<p>3 &lt; 4 et 5 &gt; 2, moins de &lt;2 ans</p>"],
    [
      "an address between angles is text",
      "Écrire à <jean@mairie.fr> ou <https://a.fr/b>",
      "<p>Écrire à &lt;jean@mairie.fr&gt; ou &lt;https://a.fr/b&gt;</p>",
    ],
    ["words between angles are text", "<nom de la commune>", "<p>&lt;nom de la commune&gt;</p>"],
    ["a tag never finished is text", "si x <y alors", "<p>si x &lt;y alors</p>"],
    ["a quote never closed swallows no text", '<a href="https://x.fr>Texte</a> suite', "<p>Texte suite</p>"],
    ["CDATA is text", "<![CDATA[<p>a</p>]]>", "<p>a</p>"],
    ["unknown blocks never glue texts", "<div>a</div><div>b</div><section>c</section>d", "<p>a</p><p>b</p><p>c</p><p>d</p>"],
    [
      "inline tags that say nothing are unwrapped",
      '<span style="x">Ap</span>pel <font>à</font> <o:p>projets</o:p>',
      "<p>Appel à projets</p>",
    ],
    ["b and i, h1", "<h1>T</h1><b>a</b> <i>b</i>", "<h2>T</h2><p><strong>a</strong> <em>b</em></p>"],
    ["a struck text stays struck", "<del>31 mars</del> 30 avril", "<p><s>31 mars</s> 30 avril</p>"],
    ["crossed formats", "<b>a<i>b</b>c</i>", "<p><strong>a<em>b</em></strong><em>c</em></p>"],
    ["blanks are moved out of formats", "a<b> b </b>c <b></b>d", "<p>a <strong>b</strong> c d</p>"],
    ["a format never closed ends with its paragraph", "<p><b>a</p><p>b</p>", "<p><strong>a</strong></p><p>b</p>"],
    ["two spellings of a break, and breaks at the edges", "<p><BR />a<br/>b<br></p>", "<p>a<br>b</p>"],
    ["two breaks begin a paragraph", "a<br><br><br>b", "<p>a</p><p>b</p>"],
    [
      "items never closed, a list nested between items",
      "<ul><li>a<li>b<ul><li>c</ul></ul>",
      "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
    ],
    ["Word: a list straight in a list", "<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"],
    ["items without a list", "<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"],
    ["paragraphs of an item", "<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"],
    ["a list numbered from 3", '<ol start="3"><li>c</li></ol>', '<ol start="3"><li>c</li></ol>'],
    [
      "WelcomEurope: text before and blanks in a list",
      "Pays :  <ul>    <li>Ouganda</li>  </ul>  Les actions",
      "<p>Pays :</p><ul><li>Ouganda</li></ul><p>Les actions</p>",
    ],
    [
      "a table without tbody, with an empty cell and a span",
      "<table border=1><tr><th>A<th>B<tr><td><td colspan=2>c</table>",
      '<table><tbody><tr><th>A</th><th>B</th></tr><tr><td></td><td colspan="2">c</td></tr></tbody></table>',
    ],
    ["an empty table", "<table><tr><td>&nbsp;</td></tr></table>", null],
    ["cells without a table", "<tr><td>a</td><td>b</td></tr>", "<p>a</p><p>b</p>"],
    [
      "links: relative, accented, with a blank in the scheme",
      "<a href='/é x'>a</a> <a href='https: //a.fr'>b</a>",
      `<p>${link("https://www.region.fr/%C3%A9%20x", "a")} ${link("https://a.fr", "b")}</p>`,
    ],
    ["links that lead nowhere", "<a href='#haut'>a</a> <a name=x>b</a> <a href=''>c</a>", "<p>a b c</p>"],
    [
      "an address of mail as link",
      "<a href=dac@mairie.fr>a</a> <a href='tel:+33 1 02'>b</a>",
      `<p>${link("mailto:dac@mairie.fr", "a")} ${link("tel:+33102", "b")}</p>`,
    ],
    [
      "an image as text of a link",
      '<a href="https://a.fr"><img src=x alt="Déposer"></a><img src=y alt="Logo">',
      `<p>${link("https://a.fr", "Déposer")}</p>`,
    ],
    [
      "a text without layout keeps its lines",
      "ligne 1\r\nligne 2\n\nsuite <b>3</b>",
      "<p>ligne 1<br>ligne 2</p><p>suite <strong>3</strong></p>",
    ],
    ["lines between blocks mean nothing", "<p>a\nb</p>\n\n<p>c</p>\n", "<p>a b</p><p>c</p>"],
    ["preformatted lines", "<pre>a\nb</pre>", "<p>a<br>b</p>"],
    ["an accent that comes by an entity, across tags", "e&#769; e<i></i>\u0301", "<p>é é</p>"],
    ["invisible and direction-turning characters", "a\u200bb\u00adc \u202edef\u202c\u0000", "<p>abc def</p>"],
    ["left-overs of windows-1252", "L\u0092aide", "<p>L’aide</p>"],
    ["half a surrogate", "a\ud83d b", "<p>a\ufffd b</p>"],
    ["nothing", " <p>&nbsp;</p><!-- x --><style>p{}</style> ", null],
  ];

  it.each(pairs)("%s", (_mishap, html, clean) => {
    expect(cleanHtml(html, { baseUrl })).toBe(clean);
    if (clean !== null) expect(cleanHtml(clean)).toBe(clean);
  });

  it("a long text is kept whole (W-13: the old sanitiser cut at 20,000 bytes)", () => {
    const text = "é".repeat(30_000);
    expect(cleanHtml(`<p>${text}</p>`)).toBe(`<p>${text}</p>`);
  });
});

describe("cleanHtml reports what it removes", () => {
  const issuesOf = (html: string): RuleIssue[] => {
    const issues: RuleIssue[] = [];
    cleanHtml(html, { baseUrl, report: (issue) => issues.push(issue) });
    return issues;
  };

  it("reports scripts, frames and handlers once", () => {
    expect(issuesOf("<p onclick=x onclick=y>a</p><script>b</script><iframe src=x></iframe>")).toMatchObject([
      { code: "unsafe-markup", params: { found: "iframe, onclick, script" } },
    ]);
  });

  it.each(["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "&#106;avascript:x", "vbscript:x"])(
    "refuses the link %s",
    (href) => {
      expect(issuesOf(`<a href="${href}">a</a>`)).toMatchObject([{ code: "unsafe-markup" }]);
      expect(cleanHtml(`<a href="${href}">a</a>`)).toBe("<p>a</p>");
    },
  );

  it("a link in a text may be longer than a link in a field", () => {
    const long = `https://a.fr/${"x".repeat(1500)}`;
    expect(issuesOf(`<a href="${long}">a</a>`)).toEqual([]);
    expect(cleanHtml(`<a href="${long}">a</a>`)).toContain(long);
  });

  it("an invalid link is an issue with its value; its text stays", () => {
    expect(issuesOf('<a href="https://localhost/x">a</a>')).toMatchObject([{ code: "unreadable-url", value: "https://localhost/x" }]);
  });

  it("does not report styles, comments and fonts", () => {
    expect(issuesOf("<style>p{}</style><!-- c --><font color=red>a</font>")).toEqual([]);
  });
});

describe("cleanHtml for any input", () => {
  it("is idempotent and returns allowed HTML only", () => {
    fc.assert(
      fc.property(anyMarkup, (html) => {
        const clean = cleanHtml(html, { baseUrl }) ?? "";
        expectSafeHtml(clean);
        expect(cleanHtml(clean, { baseUrl }) ?? "").toBe(clean);
        expect(clean.normalize("NFC")).toBe(clean);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  it("loses no text: keeps all letters outside tags, in order", () => {
    const word = fc.constantFrom("un", "deux", "trois", "quatre");
    const tag = fc.constantFrom(
      "<p>",
      "</p>",
      "<b>",
      "</b>",
      "<ul>",
      "</ul>",
      "<li>",
      "</li>",
      "<table>",
      "<tr>",
      "<td>",
      "</td>",
      "</table>",
      "<h2>",
      "</h2>",
      "<br>",
      "<a href=x>",
      "</a>",
      "<blockquote>",
      "</blockquote>",
      "<div>",
      "<caption>",
      "<thead>",
      "<th>",
      " ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, tag), { maxLength: 40 }), (parts) => {
        const letters = parts
          .filter((part) => !part.startsWith("<"))
          .join("")
          .replace(/\s/g, "");
        expect((cleanHtml(parts.join("")) ?? "").replace(/<[^>]*>|\s/g, "")).toBe(letters);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  it.each([
    ["unclosed blocks", "<div>".repeat(200_000)],
    ["nested lists", "<ul><li>x".repeat(50_000)],
    ["nested tables", "<table><tr><td>x".repeat(50_000)],
    ["nested formats", "<b>x".repeat(200_000)],
    ["quotes", '<a href="'.repeat(100_000)],
    ["comments", "<!--".repeat(200_000)],
    ["ampersands", "&amp;".repeat(200_000)],
    ["unfinished entities", "&#38".repeat(200_000)],
    ["encoded tags", "&lt;p ".repeat(200_000)],
    ["unfinished tags", "<a ".repeat(200_000)],
    ["blanks", `${" ".repeat(1_000_000)}x`],
  ])("a bomb of %s is parsed fast", (_name, bomb) => {
    const started = performance.now();
    const clean = cleanHtml(bomb) ?? "";
    expect(performance.now() - started).toBeLessThan(3000);
    expectSafeHtml(clean.slice(0, 10_000).replace(/<[^>]*$/, ""));
  });

  it("takes linear time for a long name that is no tag", () => {
    const before = process.cpuUsage();
    cleanHtml(`<a-${"0-0-".repeat(14)}é>suite`);
    expect(process.cpuUsage(before).user / 1e6, "seconds of CPU").toBeLessThan(1);
  });
});
