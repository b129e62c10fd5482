import type { SiteFile } from "../../support/site-server.ts";
import { inPages, type MadeAid, madeAids, wholePage } from "./made-pages.ts";

type Files = Readonly<Record<string, SiteFile>>;

const count = 40;
const perPage = 20;
const aids = madeAids(count);

/** How a software writes its list and its pages. */
interface Theme {
  readonly head: string;
  readonly listPath: (page: number) => string;
  readonly list: (items: readonly MadeAid[], next: string | null) => string;
  readonly path: (aid: MadeAid) => string;
  readonly page: (aid: MadeAid) => string;
}

function filesOf({ head, listPath, list, path, page }: Theme): Files {
  const pages = inPages(aids, perPage);
  const lists = pages.map((items, index) => {
    const next = index + 1 < pages.length ? listPath(index + 1) : null;
    return [listPath(index), wholePage("Nos aides", `<main id="main">${list(items, next)}</main>`, head)];
  });
  const details = aids.map((aid) => [path(aid), wholePage(aid.title, `<main id="main">${page(aid)}</main>`, head)]);
  return Object.fromEntries([...lists, ...details]);
}

/** SPIP: `spip.php?article12`, intertitles of class `spip`, pagination in a list. */
export const spip = filesOf({
  head: '<meta name="generator" content="SPIP 4.3.2"><link rel="stylesheet" href="local/cache-css/spip.css">',
  listPath: (page) => (page === 0 ? "/spip.php?rubrique3" : `/spip.php?rubrique3&debut_articles=${page * perPage}`),
  list: (items, next) => `<div class="liste-articles"><ul class="liste-items">${items
    .map(
      (aid) =>
        `<li class="item hentry"><h3 class="h2 entry-title"><a href="spip.php?article${aid.number}" rel="bookmark">${aid.title}</a></h3></li>`,
    )
    .join("")}</ul>
    <nav class="pagination"><ul class="pagination-items">${next === null ? "" : `<li class="pagination-item next"><a href="${next}" class="pagination-item-label">suivant</a></li>`}</ul></nav></div>`,
  path: (aid) => `/spip.php?article${aid.number}`,
  page: (aid) => `<article class="hentry"><div class="cartouche"><h1 class="crayon entry-title">${aid.title}</h1></div>
    <div class="chapo"><p>${aid.purpose}</p></div>
    <div class="texte entry-content"><h3 class="spip">Bénéficiaires</h3><ul class="spip"><li>${aid.audience}</li></ul>
    <h3 class="spip">Montant de l’aide</h3><p>${aid.amount}</p><h3 class="spip">Contact</h3><p>${aid.contact}</p></div></article>`,
});

/** Drupal: a view with rows, fields with labels, a pager. */
export const drupal = filesOf({
  head: '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)"><link rel="stylesheet" href="/sites/default/files/css/css_1.css">',
  listPath: (page) => (page === 0 ? "/aides" : `/aides?page=${page}`),
  list: (items, next) =>
    `<div class="view"><div class="view-content">${items
      .map(
        (aid) =>
          `<div class="views-row"><article class="node node--type-aide"><h2><a href="/aide/${aid.number}" rel="bookmark"><span>${aid.title}</span></a></h2></article></div>`,
      )
      .join(
        "",
      )}</div><nav class="pager"><ul class="pager__items">${next === null ? "" : `<li class="pager__item pager__item--next"><a href="${next.slice(6)}" rel="next">›</a></li>`}</ul></nav></div>`,
  path: (aid) => `/aide/${aid.number}`,
  page: (aid) => `<article class="node node--type-aide node--view-mode-full"><h1><span>${aid.title}</span></h1><div class="node__content">
    <div class="field field--name-body"><p>${aid.purpose}</p></div>
    <div class="field field--name-field-public field--label-above"><div class="field__label">Bénéficiaires</div><div class="field__items"><div class="field__item">${aid.audience}</div></div></div>
    <div class="field field--label-inline"><div class="field__label">Date limite</div><div class="field__item"><time datetime="${aid.deadlineIso}T12:00:00Z">${aid.deadline}</time></div></div></div></article>`,
});

/** WordPress: an archive of articles, headings in the content, a document. */
export const wordpress = filesOf({
  head: '<meta name="generator" content="WordPress 6.6"><link rel="https://api.w.org/" href="/wp-json/">',
  listPath: (page) => (page === 0 ? "/aides/" : `/aides/page/${page + 1}/`),
  list: (items, next) =>
    `${items
      .map(
        (aid) =>
          `<article id="post-${aid.number}" class="post type-aide"><h2 class="entry-title"><a href="/aides/dispositif-${aid.number}/">${aid.title}</a></h2><div class="entry-summary"><p>${aid.purpose}</p></div></article>`,
      )
      .join("")}<div class="nav-links">${next === null ? "" : `<a class="next page-numbers" href="${next}">Suivant</a>`}</div>`,
  path: (aid) => `/aides/dispositif-${aid.number}/`,
  page: (aid) => `<article class="post type-aide"><h1 class="entry-title">${aid.title}</h1><div class="entry-content"><p>${aid.purpose}</p>
    <h2 class="wp-block-heading">Pour qui ?</h2><ul><li>${aid.audience}</li></ul><h2>Montant</h2><p>${aid.amount}</p>
    <div class="wp-block-file"><a href="/wp-content/uploads/2026/reglement-${aid.number}.pdf">Règlement</a> (PDF, 1,2 Mo, 03/02/2026)</div></div></article>`,
});

/** TYPO3: the extension news, with its page browser. */
export const typo3 = filesOf({
  head: '<meta name="generator" content="TYPO3 CMS"><link rel="stylesheet" href="/typo3temp/assets/css/a.css">',
  listPath: (page) => (page === 0 ? "/aides" : `/aides/page-${page + 1}`),
  list: (items, next) =>
    `<div class="news"><div class="news-list-view">${items
      .map(
        (aid) =>
          `<div class="article articletype-0"><div class="header"><h3><a title="${aid.title}" href="/aides/detail/${aid.number}"><span itemprop="headline">${aid.title}</span></a></h3></div></div>`,
      )
      .join(
        "",
      )}<div class="page-navigation"><ul class="f3-widget-paginator">${next === null ? "" : `<li class="next"><a href="${next}">Suivante</a></li>`}</ul></div></div></div>`,
  path: (aid) => `/aides/detail/${aid.number}`,
  page: (aid) => `<div class="news news-single"><div class="article"><div class="header"><h1>${aid.title}</h1></div>
    <div class="news-text-wrap"><p>${aid.purpose}</p><h4>Bénéficiaires</h4><p>${aid.audience}</p><h4>Calendrier</h4><p>Dépôt jusqu’au ${aid.deadline}</p></div></div></div>`,
});

/** eZ Publish: children in lines, attributes of XML text. */
export const ez = filesOf({
  head: '<meta name="generator" content="eZ Publish"><link rel="stylesheet" href="/extension/site/design/standard/stylesheets/a.css">',
  listPath: (page) => (page === 0 ? "/Guide/Aides" : `/Guide/Aides/(offset)/${page * perPage}`),
  list: (items, next) =>
    `<div class="content-view-children">${items
      .map(
        (aid) =>
          `<div class="content-view-line"><div class="class-article"><div class="attribute-header"><h2><a href="/Guide/Aides/Aide-${aid.number}">${aid.title}</a></h2></div></div></div>`,
      )
      .join(
        "",
      )}<div class="pagenavigator"><p>${next === null ? "" : `<span class="next"><a href="${next}"><span class="text">Suivant »</span></a></span>`}</p></div></div>`,
  path: (aid) => `/Guide/Aides/Aide-${aid.number}`,
  page: (aid) => `<div class="content-view-full"><div class="class-article"><div class="attribute-header"><h1>${aid.title}</h1></div>
    <div class="attribute-long"><div class="ezxmltext-field"><p>${aid.purpose}</p><p><strong>Bénéficiaires :</strong> ${aid.audience}<br /><strong>Date limite :</strong> ${aid.deadline}</p></div></div></div></div>`,
});

/** Sites Faciles: cards and blocks of the design system of the State. */
export const sitesFaciles = filesOf({
  head: '<link rel="stylesheet" href="/static/dsfr/dist/dsfr.min.css"><link rel="stylesheet" href="/static/css/sites_faciles.css">',
  listPath: (page) => (page === 0 ? "/aides/" : `/aides/?page=${page + 1}`),
  list: (items, next) =>
    `<div class="fr-container"><div class="fr-grid-row">${items
      .map(
        (aid) =>
          `<div class="fr-col-12"><div class="fr-card fr-enlarge-link"><div class="fr-card__body"><div class="fr-card__content"><h2 class="fr-card__title"><a href="/aides/aide-${aid.number}/">${aid.title}</a></h2><p class="fr-card__desc">${aid.purpose}</p></div></div></div></div>`,
      )
      .join(
        "",
      )}</div><nav class="fr-pagination"><ul class="fr-pagination__list"><li>${next === null ? '<a class="fr-pagination__link fr-pagination__link--next" aria-disabled="true">Page suivante</a>' : `<a class="fr-pagination__link fr-pagination__link--next" href="${next.slice(7)}">Page suivante</a>`}</li></ul></nav></div>`,
  path: (aid) => `/aides/aide-${aid.number}/`,
  page: (aid) => `<div class="fr-container"><h1>${aid.title}</h1><div class="cmsfr-block-paragraph"><p>${aid.purpose}</p></div>
    <div class="cmsfr-block-accordions"><section class="fr-accordion"><h3 class="fr-accordion__title"><button class="fr-accordion__btn" aria-controls="a-1">Bénéficiaires</button></h3><div class="fr-collapse" id="a-1"><p>${aid.audience}</p></div></section>
    <section class="fr-accordion"><h3 class="fr-accordion__title"><button class="fr-accordion__btn">Montant</button></h3><div class="fr-collapse"><p>${aid.amount}</p></div></section></div></div>`,
});

/** Number of aids of each of these sites. */
export const platformAids = count;
