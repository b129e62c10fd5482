import { describe, expect, it } from "vitest";
import { Details } from "../../../src/kit/detail-pages.ts";
import { readHtmlPage } from "../../../src/kit/html-page.ts";
import { readPage } from "../../../src/kit/pages/read-page.ts";
import { softwareOf } from "../../../src/kit/pages/site-software.ts";

const address = new URL("https://www.exemple.fr/aides/fiche-1");

/** Returns the values that are read from the body of a page. */
function valuesOf(body: string, read: Record<string, unknown>): unknown {
  const details = Details.parse({ url: "lien", read });
  const page = readPage({ text: `<html><body>${body}</body></html>`, url: address, from: address }, details);
  return "values" in page ? page.values : page;
}

describe("the text under a heading", () => {
  it.each([
    [
      "up to the next heading of its level",
      "<h2>Objectifs</h2><p>A</p><h3>Détail</h3><p>B</p><h2>Autre</h2><p>C</p>",
      "<p>A</p><h3>Détail</h3><p>B</p>",
    ],
    ["whatever numbering, case and punctuation", "<h3>2. OBJECTIFS :</h3><p>A</p>", "<p>A</p>"],
    ["in a wrapper of its own", "<div><header><h2>Objectifs</h2></header></div><div>A</div><h2>Autre</h2>", "<div>A</div>"],
    [
      "in an accordion",
      "<section><h3><button>Objectifs</button></h3><div>A</div></section><section><h3>Autre</h3><div>B</div></section>",
      "<div>A</div>",
    ],
    ["in a folded part", "<details><summary>Objectifs</summary><p>A</p></details><p>B</p>", "<p>A</p>"],
    ["that is a paragraph in bold", "<p><strong>Objectifs</strong></p><p>A</p><p><strong>Autre</strong></p><p>B</p>", "<p>A</p>"],
    [
      "in the panel of a tab",
      '<ul><li><a data-bs-toggle="tab" href="#t1">Objectifs</a></li><li><a data-bs-toggle="tab" href="#t2">Autre</a></li></ul><div id="t1"><p>A</p></div><div id="t2"><p>B</p></div>',
      "<p>A</p>",
    ],
    [
      "that is a paragraph with the class of headings",
      '<p class="t">Objectifs</p><p>A</p><ul><li>B</li></ul><p class="t">Autre</p><p>C</p>',
      "<p>A</p><ul><li>B</li></ul>",
    ],
    ["not if it is empty", "<h2>Objectifs</h2><h2>Autre</h2><p>B</p>", null],
  ])("%s", (_, body, expected) => {
    const read = { headings: { objectifs: "Objectifs" }, values: { tout: "html(body)" } };
    expect(valuesOf(body, read)).toMatchObject({ objectifs: expected });
  });

  it("does not contain the section of another field", () => {
    const body = "<h2>Objectifs</h2><p>A</p><div><h3>Date limite</h3><p>B</p></div><h2>Autre</h2><p>C</p>";
    const read = { headings: { objectifs: "Objectifs", cloture: "Date limite" } };
    expect(valuesOf(body, read)).toEqual({ objectifs: "<p>A</p>", cloture: "<p>B</p>" });
  });
});

it("ends a section at a paragraph that starts with a label of another field", () => {
  const body = "<h2>Objectifs</h2><p>A</p><p><strong>Montant :</strong> B</p><p>C</p>";
  const read = { headings: { objectifs: "Objectifs" }, labels: { montant: "Montant" } };
  expect(valuesOf(body, read)).toEqual({ objectifs: "<p>A</p>", montant: "B" });
});

describe("the text beside a label", () => {
  it.each([
    ["dt and dd", "<dl><dt>Publics :</dt><dd>Communes</dd><dt>Autre</dt><dd>X</dd></dl>", "Communes"],
    ["several dd", "<dl><dt>Publics</dt><dd>Communes</dd><dd>Régions</dd><dt>Autre</dt><dd>X</dd></dl>", ["Communes", "Régions"]],
    ["items of a list", "<dl><dt>Publics</dt><dd><ul><li>Communes</li><li>Régions</li></ul></dd></dl>", ["Communes", "Régions"]],
    ["a row of a table", "<table><tr><th>Publics</th><td>Communes</td></tr><tr><th>Autre</th><td>X</td></tr></table>", "Communes"],
    ["a label in bold", "<p><b>Publics :</b> Communes <em>rurales</em><br><b>Autre :</b> X</p>", "Communes rurales"],
    ["labels in bold without line breaks", "<p><b>Publics :</b> Communes <b>Autre :</b> X</p>", "Communes"],
    ["lines below a label", "<div><b>Publics</b><br>Communes<br>rurales<br><br><b>Autre</b><br>X</div>", "Communes rurales"],
    [
      "lines below the last label",
      "<div><b>Autre</b><br>X<br><br><b>Publics</b><br>Communes<br><br><a href='/'>Retour</a></div>",
      "Communes",
    ],
    ["a line of text", "<ul><li>Publics : Communes</li><li>Autre : X</li></ul>", "Communes"],
    ["an element of its own", '<div><div class="label">Publics</div><div class="item">Communes</div></div>', "Communes"],
  ])("%s", (_, body, expected) => {
    expect(valuesOf(body, { labels: { publics: ["Bénéficiaires", "Publics"] } })).toEqual({ publics: expected });
  });
});

describe("the introduction", () => {
  it.each([
    ["of a page with headings", "<p>Accueil</p><h1>Titre</h1><p>A</p><nav>Menu</nav><h2>Publics</h2><p>B</p>", "<p>A</p>"],
    ["of a page with labels", "<div><h1>Titre</h1></div><div>A<br><b>Publics</b><br>B</div>", "<div>A<br></div>"],
    ["of a page without title", "<p>A</p><h2>Publics</h2><p>B</p>", "<p>A</p>"],
    ["of a page without sections", "<h1>Titre</h1><p>A</p><p>B</p>", "<p>A</p><p>B</p>"],
    ["not if there is no text", "<h1>Titre</h1><h2>Publics</h2><p>B</p>", null],
  ])("%s", (_, body, expected) => {
    const read = { headings: { publics: "Publics" }, labels: { publics: "Publics" }, values: { tout: "body" }, introduction: "texte" };
    expect(valuesOf(body, read)).toMatchObject({ texte: expected });
  });
});

it("lists the linked documents with title, size and date, each once", () => {
  const body = `<main><a href="reglement.pdf">Règlement (PDF - 1,2 Mo)</a><p><a href="/doc.docx">Dossier</a> publié le 03/02/2026</p>
    <a href="reglement.pdf#page=2">Règlement</a><a href="/page">Page</a></main><a href="/pied.pdf">Pied</a>`;
  expect(valuesOf(body, { values: { tout: "main" }, documents: "documents" })).toMatchObject({
    documents: [
      { title: "Règlement", url: "https://www.exemple.fr/aides/reglement.pdf", size: "1,2 Mo", date: null },
      { title: "Dossier", url: "https://www.exemple.fr/doc.docx", size: null, date: "03/02/2026" },
    ],
  });
});

it.each([
  ["spip", '<meta name="generator" content="SPIP 4.3">'],
  ["drupal", '<div data-drupal-selector="edit">'],
  ["wordpress", '<link rel="stylesheet" href="/wp-content/themes/a.css">'],
  ["typo3", '<meta name="generator" content="TYPO3 CMS">'],
  ["ez", '<div class="ezxmltext-field">'],
  ["sites-faciles", '<div class="fr-container cmsfr-block-paragraph">'],
  [null, "<h1>Un site</h1>"],
])("recognises %s by its marks", (software, markup) => {
  expect(softwareOf(readHtmlPage(`<html>${markup}</html>`, "the page"))).toBe(software);
});
