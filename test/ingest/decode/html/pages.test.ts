import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeBytes, decodeParts, issuesOf, partOf, valuesOf } from "../../../support/decode-bytes.ts";

/** A list of aids as agencies publish it: cards with a picture and a link, labels, dates in words, and an optional element. */
const list = `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Aides &amp; appels à projets | Agence Exemple</title>
<script>window.dataLayer = [{ "page": "<li class='carte'>" }];</script></head>
<body><nav><ul><li class="menu"><a href="/">Accueil</a></li></ul></nav>
<main><h1>Les aides</h1>
<!-- <li class="carte">brouillon</li> -->
<ul class="liste">
  <li class="carte" id="aide-12" data-theme="eau">
    <a class="image" href="../aides/12"><img src="/img/12.jpg" alt=""></a>
    <h3><a href="../aides/12">
        Économies d&rsquo;eau
        dans l&#39;industrie</a></h3>
    <p class="date">Jusqu&#039;au <time datetime="2025-12-31">31 décembre 2025</time></p>
    <ul class="publics"><li>Communes</li><li>EPCI</li></ul>
    <div class="texte"><p>Études &amp; <b>travaux</b>.</p><script>x()</script><p>Taux&nbsp;: 50&nbsp;%</p></div>
    <dl><dt>Contact</dt><dd>Accueil<br>01 99 00 11 22</dd><dt>Montant</dt><dd>jusqu’à 10&#8239;000&nbsp;€</dd></dl>
  </li>
  <li class="carte" id="aide-13">
    <h3><a href="https://www.example.org/aides/13?a=1&amp;b=2">Zones humides</a></h3>
    <ul class="publics"><li>Associations</li></ul>
    <div class="texte"></div>
  </li>
</ul></main></body></html>
`;

const layout = {
  format: "html",
  records: "ul.liste > .carte",
  values: {
    id: "@id",
    titre: "h3",
    lien: "h3 a@href",
    theme: "@data-theme",
    fin: "time@datetime",
    publics: ".publics li",
    texte: ".texte",
    balisage: "html(.texte)",
    contact: 'dt:contains("Contact") + dd',
    montant: 'dt:contains("Montant") + dd',
    tout: ".date, .publics",
  },
} as const;

describe("a list of cards", () => {
  it("yields its elements as records, with texts in one line, attributes and markup as written", async () => {
    const decoded = await decodeBytes(list, layout);
    expect(decoded.error).toBeNull();
    expect(decoded.issues).toEqual([]);
    expect(decoded.records).toEqual([
      {
        kind: "record",
        locator: "item 1",
        values: {
          id: "aide-12",
          titre: "Économies d’eau dans l'industrie",
          lien: "../aides/12",
          theme: "eau",
          fin: "2025-12-31",
          publics: ["Communes", "EPCI"],
          texte: "Études & travaux. Taux : 50 %",
          balisage: "<p>Études &amp; <b>travaux</b>.</p><script>x()</script><p>Taux&nbsp;: 50&nbsp;%</p>",
          contact: "Accueil 01 99 00 11 22",
          montant: "jusqu’à 10 000 €",
          tout: ["Jusqu'au 31 décembre 2025", "Communes EPCI"],
        },
      },
      {
        kind: "record",
        locator: "item 2",
        values: {
          id: "aide-13",
          titre: "Zones humides",
          lien: "https://www.example.org/aides/13?a=1&b=2",
          theme: null,
          fin: null,
          publics: "Associations",
          texte: "",
          balisage: "",
          contact: null,
          montant: null,
          tout: "Associations",
        },
      },
    ]);
  });

  it("yields the same for any split into chunks, compressed or not", async () => {
    const whole = valuesOf(await decodeBytes(list, layout));
    for (const chunk of [1, 3, 1_000_000]) expect(valuesOf(await decodeBytes(list, layout, { chunk }))).toEqual(whole);
    expect(valuesOf(await decodeBytes(gzipSync(list), layout))).toEqual(whole);
  });

  it("values of the record element: its text, its markup, an attribute", async () => {
    const values = { texte: "", balisage: "html()", id: "@id", enfant: ":scope > b" };
    const page = '<p id="a">Prime <i>verte</i></p><p id="b">Prêt <b>vert</b><i><b>non</b></i></p>';
    expect(valuesOf(await decodeBytes(page, { format: "html", records: "p", values }))).toEqual([
      { texte: "Prime verte", balisage: "Prime <i>verte</i>", id: "a", enfant: null },
      { texte: "Prêt vertnon", balisage: "Prêt <b>vert</b><i><b>non</b></i>", id: "b", enfant: "vert" },
    ]);
  });

  it("an @ within a selector is not an attribute", async () => {
    const values = { lien: 'a[href*="@"]', adresse: 'a[href*="@"]@href' };
    const page = '<li><a href="/x">x</a><a href="mailto:aides@example.org">écrire</a>';
    expect(valuesOf(await decodeBytes(page, { format: "html", records: "li", values }))).toEqual([
      { lien: "écrire", adresse: "mailto:aides@example.org" },
    ]);
  });

  it("the fields are announced before the records", async () => {
    const names = await fieldsOf(list);
    expect(names).toEqual(Object.keys(layout.values));
  });
});

describe("irregular markup", () => {
  const titles = { format: "html", records: ".carte", values: { titre: "h3", public: "li" } } as const;

  it.each([
    ["elements that are not closed", "<div class=carte><h3>Un</h3><ul><li>a<li>b</ul></div><div class=carte><h3>Deux</div>"],
    ["unquoted attributes, capitals", "<DIV CLASS=carte><H3>Un</H3><UL><LI>a<LI>b</UL></DIV><DIV CLASS='x carte'><H3>Deux</H3></DIV>"],
    ["closed once too often", "</p></div><div class=carte><h3>Un</h3></b><li>a</li><li>b</li></div></div><div class=carte><h3>Deux</h3>"],
    ["cut off", "<div class=carte><h3>Un</h3><li>a</li><li>b</li></div><div class=carte><h3>Deux"],
    [
      "XHTML",
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><div class="carte"><h3>Un</h3><li>a</li><li>b</li></div><div class="carte"><h3>Deux</h3></div></html>',
    ],
    ["a piece of a page", "<div class=carte><h3>Un</h3><li>a</li><li>b</li></div>\n<div class=carte><h3>Deux</h3></div>"],
  ])("%s", async (_, page) => {
    expect(valuesOf(await decodeBytes(page, titles))).toEqual([
      { titre: "Un", public: ["a", "b"] },
      { titre: "Deux", public: null },
    ]);
  });

  it("entities are decoded once, also without semicolon", async () => {
    const page = "<div class=carte><h3>R&ampD &lt;b&gt; &amp;eacute; &#x20AC; &eacute</h3></div>";
    expect(valuesOf(await decodeBytes(page, titles)).at(-1)).toEqual({ titre: "R&D <b> &eacute; € é", public: null });
  });
});

describe("the encoding of a page", () => {
  const titles = { format: "html", records: "h3", values: { titre: "" } } as const;
  const latin = (text: string) => Buffer.from(text.replaceAll("’", "\u0092").replaceAll("€", "\u0080"), "latin1");
  const declaration = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">';
  const title = "Prêt « vélo » : 50 €, l’été";

  it.each([
    ["windows-1252, as it says", latin(`<html><head>${declaration}</head><h3>${title}</h3>`), null],
    ["windows-1252 under the name of ISO-8859-1", latin(`<meta charset=iso-8859-1><h3>${title}</h3>`), null],
    ["windows-1252, as the server says", latin(`<h3>${title}</h3>`), "text/html; charset=windows-1252"],
    ["windows-1252, as nobody says", latin(`<h3>${title}</h3>`), null],
    [
      "windows-1252, declared by the server but not by the page",
      latin(`<meta charset="utf-8"><h3>${title}</h3>`),
      'text/html;charset="cp1252"',
    ],
    ["UTF-8 that says something else", Buffer.from(`${declaration}<h3>${title}</h3>`), "text/html; charset=iso-8859-1"],
    ["UTF-8 that says something unknown", Buffer.from(`<meta charset="utf8mb4"><h3>${title}</h3>`), "text/html; charset=none"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff<h3>${title}</h3>`), null],
    ["UTF-16 with a mark", Buffer.from(`\ufeff<h3>${title}</h3>`, "utf16le"), null],
    ["UTF-16 without a mark", Buffer.from(`<h3>${title}</h3>`, "utf16le"), null],
    ["UTF-8 that says UTF-16", Buffer.from(`<meta charset="utf-16"><h3>${title}</h3>`), null],
  ])("%s", async (_, bytes, contentType) => {
    for (const chunk of [1, 65_536]) {
      const decoded = await decodeParts([partOf(bytes, { chunk, contentType })], titles);
      expect(valuesOf(decoded)).toEqual([{ titre: title }]);
      expect(decoded.issues).toEqual([]);
    }
  });

  it("a few windows-1252 bytes among UTF-8 are repaired, with an issue per record", async () => {
    const bytes = Buffer.concat([Buffer.from("<h3>Été</h3><h3>Pr"), Buffer.from([0xea]), Buffer.from("t à l’été</h3><h3>Hé</h3>")]);
    const decoded = await decodeBytes(bytes, titles);
    expect(valuesOf(decoded)).toEqual([{ titre: "Été" }, { titre: "Prêt à l’été" }, { titre: "Hé" }]);
    expect(issuesOf(decoded)).toEqual(["wrong-encoding item 2"]);
  });
});

describe("several pages", () => {
  const titles = { format: "html", records: "h3", values: { titre: "" } } as const;

  it("a locator contains the page number; an empty page among others is ignored", async () => {
    const decoded = await decodeParts([partOf("<h3>Un</h3><h3>Deux</h3>"), partOf("<p>Aucune aide"), partOf("<h3>Trois")], titles);
    expect(decoded.error).toBeNull();
    expect(decoded.records.map(({ locator, values }) => [locator, values.titre])).toEqual([
      ["page 1, item 1", "Un"],
      ["page 1, item 2", "Deux"],
      ["page 3, item 1", "Trois"],
    ]);
  });

  it("pages are unreadable if none has a record, and so is a single page", async () => {
    for (const count of [1, 3]) {
      const { error } = await decodeParts(Array(count).fill(partOf("<title>Maintenance</title><h2>Bientôt")), titles);
      expect([error?.code, error?.params]).toEqual(["no-such-path", { path: "h3" }]);
    }
  });
});

describe("something other than a page", () => {
  it("is refused with its type, or has no record", async () => {
    for (const [bytes, found] of [
      [Buffer.from("%PDF-1.7\n"), "pdf"],
      [Buffer.from("d0cf11e0a1b11ae10000", "hex"), "xls"],
    ] as const) {
      expect((await decodeBytes(bytes, layout)).error?.params.found).toBe(found);
    }
    for (const feed of ["", "id;nom\n1;x\n", '{"results": []}']) expect((await decodeBytes(feed, layout)).error?.code).toBe("no-such-path");
  });

  it("a page instead of a table or JSON is refused", async () => {
    expect((await decodeBytes(list, { format: "csv" })).error?.code).toBe("html-page");
    expect((await decodeBytes(list, { format: "json" })).error?.code).toBe("html-page");
    expect((await decodeBytes("<ul><li>x</ul>", { format: "json" })).error?.params.found).toBe("markup");
  });
});

/** Returns the fields that the decoder announces before the records. */
async function fieldsOf(page: string): Promise<readonly string[]> {
  const { decodeFeed } = await import("../../../../src/ingest/decode/decode-feed.ts");
  const { defaultDecodeLimits } = await import("../../../../src/ingest/decode/decoded.ts");
  for await (const [first] of decodeFeed([partOf(page)], layout, defaultDecodeLimits)) if (first?.kind === "fields") return first.names;
  return [];
}
