import { describe, expect, it } from "vitest";
import { readHtmlPage } from "../../../src/kit/html-page.ts";
import { labelTitles } from "../../../src/kit/pages/label-titles.ts";
import { findFeeds } from "../../../src/survey/site/find-feeds.ts";
import { findLists } from "../../../src/survey/site/find-lists.ts";
import { findNextPage } from "../../../src/survey/site/find-next-page.ts";

const url = new URL("https://www.exemple.fr/aides?theme=1");
const pageOf = (markup: string) => readHtmlPage(`<!doctype html><body>${markup}</body>`, url.href);
const items = (count: number, item: (number: number) => string) => Array.from({ length: count }, (_, index) => item(index + 1)).join("");
const menu = `<div class="menu-principal"><ul>${items(30, (number) => `<li><a href="/rubrique/${number}">Rubrique numéro ${number} du département</a></li>`)}</ul></div>`;

function best(markup: string) {
  const [list] = findLists(pageOf(markup), url);
  return list === undefined ? null : { records: list.records, values: list.values, count: list.entries.length };
}

describe("the list of a web page", () => {
  it("is told from a longer menu, and its title is the heading if the link only says to read on", () => {
    const cards = items(
      4,
      (number) => `<div class="carte"><h3>Aide aux communes ${number}</h3><p>Texte.</p><a href="/aides/${number}">Lire la suite</a></div>`,
    );
    expect(best(`${menu}<div>${cards}</div>`)).toEqual({ records: ".carte", values: { titre: "h3", lien: "a@href" }, count: 4 });
  });

  it("may consist of cards that are links, and of several sections", () => {
    const section = (name: string, from: number) =>
      `<section><h2>${name}</h2><div class="grille">${items(3, (number) => `<a class="bloc" href="/aides/${from + number}"><h4>Soutien ${from + number}</h4><p>Texte</p></a>`)}</div></section>`;
    expect(best(menu + section("Sport", 0) + section("Culture", 10))).toEqual({
      records: ".bloc",
      values: { titre: "h4", lien: "@href" },
      count: 6,
    });
  });

  it("may be a table: rows without a link are left out, and a record with several links has one title", () => {
    const rows = items(
      5,
      (number) =>
        `<tr><td><a class="nom" href="/fiche?id=${number}">Subvention ${number}</a></td><td><a href="/theme/${number % 2}">Sport</a></td></tr>`,
    );
    expect(best(`${menu}<table id="liste"><tr><th>Aide</th><th>Thème</th></tr>${rows}</table>`)).toEqual({
      records: "#liste > tr:has(a)",
      values: { titre: ".nom", lien: ".nom@href" },
      count: 5,
    });
  });

  it("is not found in menus, on other sites, and among documents", () => {
    const files = items(5, (number) => `<li><a href="/docs/aide-${number}.pdf">Règlement de l’aide ${number}</a></li>`);
    const others = items(5, (number) => `<li><a href="https://autre.fr/${number}">Aide de l’État ${number}</a></li>`);
    expect(best(`<ul>${files}</ul><ul>${others}</ul>`)).toBeNull();
  });

  it("never uses positions, and generated names only if there is no other", () => {
    const list = items(3, (number) => `<div class="css-1x2y3z"><a href="/aides/${number}">Aide au sport numéro ${number}</a></div>`);
    expect(best(`<div class="resultats">${list}</div>`)?.records).toBe(".resultats > div");
    expect(best(`<div><div>${list}</div><div><div>Autre</div></div></div>`)?.records).toBe(".css-1x2y3z");
  });
});

describe("the next page of a list", () => {
  it.each([
    { link: '<a rel="next" href="?page=2">2</a>', path: "a[rel~=next]@href" },
    { link: '<a aria-label="Page suivante" href="?page=2">›</a>', path: 'a[aria-label="Page suivante"]@href' },
    { link: '<ul><li class="next"><a href="?page=2">Suivant</a></li></ul>', path: ".next > a@href" },
  ])("is a link: $path", ({ link, path }) => {
    expect(findNextPage(pageOf(`<nav>${link}</nav>`), url)).toEqual({ kind: "nextLink", path });
  });

  it("is a number in the address if no name means the next page", () => {
    const pager = '<p class="pager"><b>1</b> <a href="?theme=1&page=2">2</a> <a href="?theme=1&page=3">3</a></p>';
    expect(findNextPage(pageOf(pager), url)).toEqual({ kind: "page", pageParameter: "page", firstPage: 1 });
    expect(findNextPage(pageOf(menu), url)).toBeNull();
  });
});

describe("the labels of a page", () => {
  it("are told from values, links and sentences", () => {
    const page = pageOf(`<dl><dt>Objet</dt><dd>Rénover</dd></dl><table><tr><th>Contact</th><td>a@b.fr</td></tr></table>
      <p><b>Taux :</b> 20 %<br>Date limite : 12/03/2027</p><div><span>Durée</span><span>Deux ans</span></div>
      <p>Une phrase qui finit. Voir https://exemple.fr</p><ul><li><a href="/x">Accueil</a></li></ul>`);
    expect(labelTitles(page)).toEqual(["Objet", "Contact", "Taux", "Date limite", "Durée"]);
  });
});

describe("the feeds that a page names", () => {
  it("are found by their type, their portal or their extension, without those of comments", () => {
    const page =
      pageOf(`<link rel="alternate" type="application/rss+xml" href="/feed" title="Aides"><link rel="alternate" type="application/rss+xml" href="/comments/feed">
      <link rel="https://api.w.org/" href="/wp-json/"><a href="https://www.data.gouv.fr/fr/datasets/aides/">Open data</a>
      <a href="https://data.exemple.fr/explore/dataset/aides/table/">Jeu</a><a href="/aides.csv">CSV</a><a href="/reglement.pdf">PDF</a>`);
    expect(findFeeds(page, url).map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      "rss https://www.exemple.fr/feed",
      "wordpress https://www.exemple.fr/wp-json/wp/v2/posts?per_page=100",
      "dataGouv https://www.data.gouv.fr/fr/datasets/aides/",
      "openDataSoft https://data.exemple.fr/api/explore/v2.1/catalog/datasets/aides/exports/json",
      "file https://www.exemple.fr/aides.csv",
    ]);
  });
});
