import { block, type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/economie/aide-immobilier-entreprise/",
    title: "Aide à l'immobilier d'entreprise",
    purpose:
      "La Communauté de communes soutient les entreprises qui construisent, agrandissent ou rénovent leurs locaux sur le territoire.",
    beneficiaries: "TPE et PME industrielles, artisanales ou de services, inscrites au registre du commerce ou au répertoire des métiers.",
    conditions: [
      "être à jour de ses obligations fiscales et sociales",
      "maintenir l'activité pendant cinq ans",
      "ne pas avoir commencé les travaux",
    ],
    amount: "10 % de l'investissement hors taxes, plafonnés à 20 000 €",
    contact: "Service développement économique",
    email: "eco@val-de-brenne.example",
    phone: "02 48 11 22 31",
  },
  {
    path: "/economie/pass-commerce-artisanat/",
    title: "Pass commerce et artisanat",
    purpose: "Une aide pour moderniser les commerces de centre-bourg et faciliter la reprise des derniers commerces de village.",
    beneficiaries: "Commerçants et artisans dont la surface de vente est inférieure à 300 m².",
    conditions: ["réaliser au moins 6 000 € d'investissements", "ne pas avoir commencé les travaux"],
    amount: "30 % des dépenses, plafonnés à 7 500 €",
    contact: "Service développement économique",
    email: "eco@val-de-brenne.example",
    phone: "02 48 11 22 31",
  },
  {
    path: "/habitat/prime-ravalement-de-facade/",
    title: "Prime au ravalement de façade",
    purpose: "Embellir les centres anciens en aidant les propriétaires à refaire les façades visibles depuis l'espace public.",
    beneficiaries: "Propriétaires occupants ou bailleurs, copropriétés situées dans le périmètre du centre ancien.",
    amount: "25 % du coût des travaux, plafonnés à 3 000 € par façade",
    contact: "Maison de l'habitat",
    email: "habitat@val-de-brenne.example",
    phone: "02 48 11 22 40",
  },
  {
    path: "/vie-locale/subvention-aux-associations/",
    title: "Subvention aux associations",
    purpose: "Chaque année, la Communauté de communes aide les associations dont les projets rayonnent sur plusieurs communes.",
    beneficiaries: "Associations loi 1901 ayant leur siège sur le territoire depuis plus d'un an.",
    conditions: ["organiser une action ouverte à tous les habitants", "associer au moins deux communes"],
    amount: "De 300 € à 4 000 € par projet",
    deadline: ["29 janvier 2027", "2027-01-29"],
    contact: "Pôle vie locale",
    email: "asso@val-de-brenne.example",
    phone: "02 48 11 22 52",
  },
  {
    path: "/environnement/aide-achat-velo/",
    title: "Aide à l'achat d'un vélo électrique",
    purpose: "Pour laisser la voiture au garage, un coup de pouce à l'achat d'un vélo à assistance électrique neuf ou reconditionné.",
    beneficiaries: "Habitants majeurs du territoire, dans la limite d'une aide par foyer.",
    amount: "150 €, ou 300 € sous conditions de ressources",
    deadline: ["31 décembre 2026", "2026-12-31"],
    contact: "Service mobilités",
    email: "velo@val-de-brenne.example",
    phone: "02 48 11 22 63",
  },
];

function page(title: string, content: string): string {
  return `<!DOCTYPE html>
<html lang="fr-FR"><head><meta charset="UTF-8"><meta name="generator" content="WordPress 6.6.1"><title>${title} - Communauté de communes du Val de Brenne</title>
<link rel="https://api.w.org/" href="/wp-json/"></head>
<body class="wp-singular page-template-default page wp-embed-responsive wp-theme-astra ast-desktop"><div class="hfeed site" id="page">
<header class="site-header" id="masthead"><div class="ast-builder-menu"><nav class="site-navigation" aria-label="Navigation du site"><ul id="ast-hf-menu-1" class="main-header-menu ast-menu-hover-style-">
<li class="menu-item menu-item-has-children"><a href="/la-communaute/" class="menu-link">La communauté</a><ul class="sub-menu"><li class="menu-item"><a href="/la-communaute/les-communes/" class="menu-link">Les communes</a></li><li class="menu-item"><a href="/la-communaute/les-services/" class="menu-link">Les services</a></li></ul></li>
<li class="menu-item"><a href="/dechets/" class="menu-link">Déchets</a></li><li class="menu-item"><a href="/petite-enfance/" class="menu-link">Petite enfance</a></li><li class="menu-item"><a href="/nos-aides/" class="menu-link">Nos aides</a></li><li class="menu-item"><a href="/contact/" class="menu-link">Contact</a></li></ul></nav></div></header>
<div id="content" class="site-content"><div class="ast-container"><div id="primary" class="content-area primary"><main id="main" class="site-main"><article class="post-412 page type-page status-publish ast-article-single" id="post-412">
<header class="entry-header"><div class="ast-breadcrumbs-wrapper"><span class="trail-begin"><a href="/">Accueil</a></span> » <span class="trail-end">${title}</span></div><h1 class="entry-title" itemprop="headline">${title}</h1></header>
<div class="entry-content clear" itemprop="text">
${content}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Partager :</h3><ul><li class="share-facebook"><a href="?share=facebook">Facebook</a></li><li class="share-x"><a href="?share=x">X</a></li></ul></div>
</div></article></main></div>
<div class="widget-area secondary" id="secondary"><aside id="block-7" class="widget widget_block"><h2 class="wp-block-heading">À lire aussi</h2><ul class="wp-block-latest-posts__list wp-block-latest-posts"><li><a class="wp-block-latest-posts__post-title" href="/2026/11/collecte-des-sapins/">Collecte des sapins</a></li><li><a class="wp-block-latest-posts__post-title" href="/2026/11/conseil-communautaire/">Conseil communautaire du 3 décembre</a></li><li><a class="wp-block-latest-posts__post-title" href="/2026/10/piscine/">La piscine rouvre ses portes</a></li></ul></aside></div></div></div>
<footer class="site-footer" id="colophon"><div class="site-primary-footer-wrap"><h2>Communauté de communes du Val de Brenne</h2><p>12 rue de la Gare – 02 48 11 22 00<br>Ouvert du lundi au vendredi</p><p><a href="/mentions-legales/">Mentions légales</a> | <a href="/politique-de-confidentialite/">Confidentialité</a></p></div></footer></div>
<div id="cmplz-cookiebanner-container"><div class="cmplz-cookiebanner"><div class="cmplz-title">Gérer le consentement</div><div class="cmplz-body"><p>Pour offrir les meilleures expériences, nous utilisons des cookies.</p></div><button class="cmplz-btn cmplz-accept">Accepter</button></div></div></body></html>`;
}

const card = ({ path, title, purpose }: ToldAid) =>
  `<div class="wp-block-column has-border-color is-layout-flow"><h3 class="wp-block-heading has-text-align-center">${title}</h3>
<p class="has-small-font-size">${purpose.slice(0, 60)}…</p>
<div class="wp-block-buttons is-content-justification-center is-layout-flex"><div class="wp-block-button"><a class="wp-block-button__link wp-element-button" href="${path}">Découvrir l'aide</a></div></div></div>`;

const rows = (items: readonly string[]) =>
  items
    .map((item, at) => (at % 2 === 0 ? `<div class="wp-block-columns is-layout-flex">${item}${items[at + 1] ?? ""}</div>` : ""))
    .join("\n");

function aidPage({ title, purpose, beneficiaries = "", conditions, amount, deadline, contact, email, phone }: ToldAid, at: number): string {
  const who = at % 2 === 0 ? "Pour qui ?" : "Qui peut en bénéficier ?";
  return page(
    title,
    `<figure class="wp-block-image size-large"><img src="/wp-content/uploads/2025/${at}.jpg" alt=""></figure>
<p>${purpose}</p>
<p><strong>${who}</strong></p>
<p>${inline(beneficiaries)}</p>
${conditions === undefined ? "" : `<p><strong>Les conditions à remplir</strong></p>${block(conditions, '<ul class="wp-block-list">')}`}
<p><strong>Montant de l'aide :</strong> ${amount}</p>
${deadline === undefined ? "" : `<p><strong>Date limite de dépôt :</strong> ${deadline[0]}</p>`}
<p><strong>Contact</strong><br>${contact}<br>Tél. : ${phone}<br><a href="mailto:${email}">${email}</a></p>
<div class="wp-block-file"><a href="/wp-content/uploads/2025/reglement-${at}.pdf">Règlement d'intervention</a><a href="/wp-content/uploads/2025/reglement-${at}.pdf" class="wp-block-file__button wp-element-button" download>Télécharger</a></div>`,
  );
}

/** A community of communes on WordPress: cards made by hand in columns, and bold paragraphs in place of headings. */
export const communityGutenberg: FirstSightSite = {
  id: "community-gutenberg",
  list: "/nos-aides/",
  aids,
  listed: 5,
  noise: ["Gérer le consentement", "Partager :", "La piscine rouvre", "02 48 11 22 00", "Mentions légales", "Découvrir l'aide"],
  files: {
    "/nos-aides/": page(
      "Nos aides",
      `<p>Particuliers, entreprises, associations : retrouvez ici toutes les aides de la Communauté de communes.</p>${rows(aids.map(card))}`,
    ),
    ...Object.fromEntries(aids.map((aid, at) => [aid.path, aidPage(aid, at)])),
  },
};
