import { block, type FirstSightSite, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/aides/restauration-du-petit-patrimoine-rural",
    title: "Restauration du petit patrimoine rural",
    purpose: "Le Département accompagne la sauvegarde des lavoirs, fours à pain, calvaires et fontaines qui font l'identité des villages.",
    beneficiaries: ["Communes de moins de 3 500 habitants", "Associations de sauvegarde du patrimoine"],
    expenses: "Travaux de maçonnerie, de couverture et de charpente ; honoraires de maîtrise d'œuvre.",
    amount: "30 % du montant hors taxes des travaux, dans la limite de 15 000 € par opération.",
    deadline: ["31 mars 2027", "2027-03-31"],
    contact: "Direction de la culture et du patrimoine",
    email: "patrimoine@haut-vallon.example",
    phone: "04 71 00 12 30",
  },
  {
    path: "/aides/fonds-de-soutien-aux-communes-rurales",
    title: "Fonds de soutien aux communes rurales",
    purpose: "Ce fonds aide les communes à financer leurs équipements de proximité et l'entretien de leurs bâtiments.",
    beneficiaries: ["Communes de moins de 2 000 habitants", "Syndicats intercommunaux"],
    conditions: "Un seul dossier par commune et par an. Les travaux ne doivent pas avoir commencé avant l'accusé de réception.",
    expenses: "Travaux de mise aux normes, rénovation énergétique, voirie communale.",
    amount: "Subvention de 20 à 50 % selon le potentiel financier de la commune, plafonnée à 60 000 €.",
    contact: "Service d'appui aux collectivités",
    email: "collectivites@haut-vallon.example",
    phone: "04 71 00 12 44",
  },
  {
    path: "/aides/sport-pour-tous",
    title: "Sport pour tous",
    purpose: "Encourager la pratique sportive des jeunes et des personnes en situation de handicap dans les clubs du territoire.",
    beneficiaries: ["Clubs sportifs affiliés à une fédération", "Comités départementaux"],
    expenses: "Achat de matériel sportif adapté, formation des éducateurs.",
    amount: "Forfait de 500 € à 3 000 € par club.",
    deadline: ["15 janvier 2027", "2027-01-15"],
    contact: "Mission sport et jeunesse",
    email: "sport@haut-vallon.example",
    phone: "04 71 00 12 51",
  },
  {
    path: "/aides/plantation-de-haies",
    title: "Plantation de haies bocagères",
    purpose: "Reconstituer les continuités écologiques et protéger les sols de l'érosion par la plantation d'essences locales.",
    beneficiaries: ["Exploitants agricoles", "Communes et leurs groupements"],
    conditions: "Planter au moins 200 mètres de haie et s'engager à l'entretenir pendant dix ans.",
    expenses: "Fourniture des plants, paillage biodégradable, protections contre le gibier.",
    amount: "80 % des dépenses éligibles, jusqu'à 6 € par mètre.",
    contact: "Service environnement et paysages",
    email: "haies@haut-vallon.example",
    phone: "04 71 00 12 67",
  },
  {
    path: "/aides/adaptation-du-logement",
    title: "Adaptation du logement au vieillissement",
    purpose: "Permettre aux personnes âgées de rester chez elles en adaptant leur salle de bains, leurs accès ou leur chauffage.",
    beneficiaries: ["Propriétaires occupants de plus de 65 ans", "Locataires du parc privé"],
    conditions: "Le logement doit avoir plus de quinze ans et être la résidence principale du demandeur.",
    amount: "Aide de 1 500 € au maximum, en complément de l'Anah.",
    deadline: ["30 juin 2027", "2027-06-30"],
    contact: "Maison départementale de l'autonomie",
    email: "autonomie@haut-vallon.example",
    phone: "04 71 00 12 80",
  },
  {
    path: "/aides/bibliotheques-de-demain",
    title: "Bibliothèques de demain",
    purpose: "Moderniser le réseau de lecture publique : mobilier, informatisation et élargissement des horaires d'ouverture.",
    beneficiaries: ["Communes", "Communautés de communes"],
    expenses: "Mobilier, matériel informatique, logiciels de gestion.",
    amount: "40 % de la dépense, plafonnés à 25 000 €.",
    contact: "Médiathèque départementale",
    email: "lecture@haut-vallon.example",
    phone: "04 71 00 12 95",
  },
];

const field = (name: string, type: string, label: string, items: readonly string[]) =>
  `<div class="field field--name-field-${name} field--type-${type} field--label-above">
    <div class="field__label">${label}</div>
    ${items.length > 1 ? `<div class="field__items">${items.map((item) => `<div class="field__item">${item}</div>`).join("")}</div>` : `<div class="field__item">${items[0]}</div>`}
  </div>`;

function page(title: string, main: string, sidebar = ""): string {
  return `<!DOCTYPE html>
<html lang="fr" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 10 (https://www.drupal.org)">
<title>${title} | Département du Haut-Vallon</title></head>
<body class="path-node page-node-type-aide"><a href="#main-content" class="visually-hidden focusable skip-link">Aller au contenu principal</a>
<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><div class="layout-container">
<header role="banner"><div class="region region-header"><div class="block block-system block-system-branding-block"><a href="/" rel="home"><img src="/logo.svg" alt="Accueil"></a></div>
<nav role="navigation" class="block block-menu navigation menu--main"><h2 class="visually-hidden">Navigation principale</h2><ul class="menu menu--level-1">
<li class="menu-item menu-item--expanded"><a href="/le-departement">Le Département</a><ul class="menu"><li class="menu-item"><a href="/les-elus">Les élus</a></li><li class="menu-item"><a href="/le-budget">Le budget</a></li></ul></li>
<li class="menu-item"><a href="/solidarites">Solidarités</a></li><li class="menu-item"><a href="/colleges">Collèges</a></li><li class="menu-item"><a href="/routes">Routes</a></li><li class="menu-item menu-item--active-trail"><a href="/guide-des-aides">Guide des aides</a></li></ul></nav></div></header>
<div class="region region-breadcrumb"><nav class="breadcrumb" aria-labelledby="system-breadcrumb"><h2 id="system-breadcrumb" class="visually-hidden">Fil d'Ariane</h2><ol><li><a href="/">Accueil</a></li><li><a href="/guide-des-aides">Guide des aides</a></li><li>${title}</li></ol></nav></div>
<main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content"><div class="region region-content">
<div data-drupal-messages-fallback class="hidden"></div>
<div id="block-page-title" class="block block-core block-page-title-block"><h1 class="page-title"><span class="field field--name-title field--type-string field--label-hidden">${title}</span></h1></div>
${main}</div></div>
<aside class="layout-sidebar-second" role="complementary"><div class="region region-sidebar-second">${sidebar}
<div class="views-element-container block block-views block-views-blockactualites-block-1"><h2>Actualités</h2><div class="view view-actualites"><div class="view-content">
<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="/actualites/budget-2027">Le budget 2027 est voté</a></span></div></div>
<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="/actualites/fibre">La fibre arrive au col</a></span></div></div>
<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="/actualites/neige">Viabilité hivernale : nos équipes mobilisées</a></span></div></div>
</div></div></div></div></aside></main>
<footer role="contentinfo"><div class="region region-footer"><div class="block block-block-content"><h2>Nous contacter</h2><p>Hôtel du Département, 1 place de la Préfecture<br>Tél. 04 71 00 00 00<br><a href="mailto:contact@haut-vallon.example">contact@haut-vallon.example</a></p></div>
<nav class="menu--footer"><ul class="menu"><li class="menu-item"><a href="/mentions-legales">Mentions légales</a></li><li class="menu-item"><a href="/accessibilite">Accessibilité : partiellement conforme</a></li><li class="menu-item"><a href="/plan-du-site">Plan du site</a></li></ul></nav></div></footer></div></div>
<div id="sliding-popup"><div class="eu-cookie-compliance-banner" role="alertdialog"><h2>Nous respectons votre vie privée</h2><p>Ce site utilise des cookies pour mesurer son audience.</p><button>Accepter</button></div></div></body></html>`;
}

const teaser = ({ path, title, purpose }: ToldAid) =>
  `<div class="views-row"><article about="${path}" class="node node--type-aide node--view-mode-teaser"><div class="node__content">
<h3 class="node__title"><a href="${path}" rel="bookmark"><span class="field field--name-title field--type-string field--label-hidden">${title}</span></a></h3>
<div class="field field--name-field-chapo field--type-string-long field--label-hidden field__item">${purpose.slice(0, 70)}…</div>
<div class="node__links"><ul class="links inline"><li class="node-readmore"><a href="${path}" rel="tag" title="${title}" hreflang="fr">Lire la suite<span class="visually-hidden"> de ${title}</span></a></li></ul></div></div></article></div>`;

const listPage = (shown: readonly ToldAid[], pager: string) =>
  page(
    "Guide des aides",
    `<div class="block block-system-main-block"><div class="views-element-container"><div class="view view-guide-des-aides view-id-guide_des_aides view-display-id-page_1 js-view-dom-id-3fe">
<div class="view-filters"><form class="views-exposed-form" action="/guide-des-aides" method="get"><label for="edit-theme">Thème</label><select id="edit-theme" name="theme"><option value="All">- Tout -</option><option value="12">Culture</option></select><input type="submit" value="Appliquer"></form></div>
<div class="view-content">${shown.map(teaser).join("")}</div>
<nav class="pager" role="navigation" aria-labelledby="pagination-heading"><h4 id="pagination-heading" class="visually-hidden">Pagination</h4><ul class="pager__items js-pager__items">${pager}</ul></nav></div></div></div>`,
  );

function aidPage(aid: ToldAid, related: readonly ToldAid[]): string {
  const { title, purpose, beneficiaries = [], conditions, expenses, amount = "", deadline, contact, email, phone } = aid;
  const main = `<div class="block block-system-main-block"><article about="${aid.path}" class="node node--type-aide node--view-mode-full"><div class="node__content">
<div class="field field--name-field-theme field--type-entity-reference field--label-hidden field__item"><a href="/taxonomy/term/12" hreflang="fr">Cadre de vie</a></div>
${field("objectifs", "text-long", "Objectifs", [`<p>${purpose}</p>`])}
${field("beneficiaires", "string", "Bénéficiaires", beneficiaries as readonly string[])}
${expenses === undefined ? "" : field("depenses", "text-long", "Dépenses éligibles", [block(expenses)])}
${conditions === undefined ? "" : field("conditions", "text-long", "Conditions d'attribution", [block(conditions)])}
${field("montant", "text-long", "Nature et montant de l'aide", [block(amount)])}
${deadline === undefined ? "" : `<div class="field field--name-field-date-limite field--type-datetime field--label-inline clearfix"><div class="field__label">Date limite de dépôt</div><div class="field__item"><time datetime="${deadline[1]}T12:00:00Z" class="datetime">${deadline[0]}</time></div></div>`}
<div class="field field--name-field-contact field--type-entity-reference-revisions field--label-above"><div class="field__label">Votre contact</div><div class="field__item"><div class="paragraph paragraph--type--contact paragraph--view-mode--default"><div class="field field--name-field-service field--type-string field--label-hidden field__item">${contact}</div><div class="field field--name-field-telephone field--type-telephone field--label-hidden field__item"><a href="tel:+33${phone?.slice(1).replaceAll(" ", "")}">${phone}</a></div><div class="field field--name-field-courriel field--type-email field--label-hidden field__item"><a href="mailto:${email}">${email}</a></div></div></div></div>
<ul class="social-sharing-buttons"><li><a href="https://www.facebook.com/sharer/sharer.php?u=x">Partager sur Facebook</a></li><li><a href="https://www.linkedin.com/shareArticle?url=x">Partager sur LinkedIn</a></li></ul></div></article></div>`;
  const sidebar = `<div class="views-element-container block block-views block-views-blockaides-liees-block-1"><h2>Ces aides peuvent aussi vous intéresser</h2><div class="view view-aides-liees"><div class="view-content">${related.map(({ path, title: other }) => `<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="${path}">${other}</a></span></div></div>`).join("")}</div></div></div>`;
  return page(title, main, sidebar);
}

const next = `<li class="pager__item is-active"><a href="?page=0" title="Page courante" aria-current="page"><span class="visually-hidden">Page courante</span>1</a></li><li class="pager__item"><a href="?page=1" title="Aller à la page 2">2</a></li><li class="pager__item pager__item--next"><a href="?page=1" title="Aller à la page suivante" rel="next"><span class="visually-hidden">Page suivante</span><span aria-hidden="true">››</span></a></li>`;
const previous = `<li class="pager__item pager__item--previous"><a href="?page=0" title="Aller à la page précédente" rel="prev"><span class="visually-hidden">Page précédente</span></a></li><li class="pager__item"><a href="?page=0">1</a></li><li class="pager__item is-active"><a href="?page=1" aria-current="page">2</a></li>`;

/** A department on Drupal: a view with teasers, and a node whose fields have labels above. */
export const departmentDrupal: FirstSightSite = {
  id: "department-drupal",
  list: "/guide-des-aides",
  aids,
  listed: 4,
  noise: ["vie privée", "Partager sur", "peuvent aussi vous intéresser", "04 71 00 00 00", "La fibre arrive", "Mentions légales"],
  files: {
    "/guide-des-aides": listPage(aids.slice(0, 4), next),
    "/guide-des-aides?page=1": listPage(aids.slice(4), previous),
    "/guide-des-aides?page=0": listPage(aids.slice(0, 4), next),
    ...Object.fromEntries(aids.map((aid, at) => [aid.path, aidPage(aid, [...aids, ...aids].slice(at + 1, at + 4))])),
  },
};
