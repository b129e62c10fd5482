import { block, type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly (ToldAid & { readonly theme: string })[] = [
  {
    theme: "Eau potable",
    path: "/aides/eau-potable/protection-des-captages.html",
    title: "Protection des captages",
    purpose:
      "L'agence de l'eau finance les études et les travaux qui protègent durablement les captages d'eau potable contre les pollutions diffuses.",
    beneficiaries: "Collectivités et syndicats compétents en eau potable.",
    conditions: ["Le captage figure dans la liste des captages prioritaires", "Une étude préalable a été validée par l'agence"],
    amount: "Subvention : 70 % du montant éligible",
    contact: "Service eau potable de la délégation Amont",
    phone: "03 80 22 33 41",
    apply: "Déposez votre demande en ligne avant tout engagement juridique.",
  },
  {
    theme: "Eau potable",
    path: "/aides/eau-potable/reduction-des-fuites.html",
    title: "Réduction des fuites dans les réseaux",
    purpose: "Les réseaux d'eau potable perdent encore un litre sur cinq : l'agence aide à les connaître et à les renouveler.",
    beneficiaries: "Communes, intercommunalités et syndicats mixtes.",
    conditions: ["Le prix de l'eau est d'au moins 1,50 € par mètre cube", "Un descriptif détaillé du réseau existe"],
    amount: "Subvention : 40 % et avance remboursable : 20 %",
    contact: "Service eau potable de la délégation Aval",
    phone: "03 80 22 33 42",
    apply: "Créez votre demande sur le téléservice de l'agence.",
  },
  {
    theme: "Assainissement",
    path: "/aides/assainissement/stations-d-epuration.html",
    title: "Modernisation des stations d'épuration",
    purpose: "Améliorer le traitement des eaux usées dans les communes dont les rejets dégradent la qualité des rivières.",
    beneficiaries: "Maîtres d'ouvrage publics de l'assainissement collectif.",
    conditions: ["La station est classée prioritaire", "Les boues sont valorisées"],
    amount: "Subvention : 50 %, portée à 60 % en zone de revitalisation rurale",
    deadline: ["30 septembre 2027", "2027-09-30"],
    contact: "Service assainissement",
    phone: "03 80 22 33 50",
    apply: "Transmettez le dossier complet à votre délégation territoriale.",
  },
  {
    theme: "Assainissement",
    path: "/aides/assainissement/eaux-pluviales.html",
    title: "Gestion des eaux pluviales à la source",
    purpose: "Désimperméabiliser les cours d'école, les parkings et les places pour que la pluie rejoigne le sol.",
    beneficiaries: "Collectivités, bailleurs sociaux, entreprises et associations.",
    conditions: ["Le projet infiltre les pluies courantes", "La surface traitée dépasse 200 m²"],
    amount: "Subvention : 50 % dans la limite de 40 € par m²",
    deadline: ["31 mai 2027", "2027-05-31"],
    contact: "Mission eau et nature en ville",
    phone: "03 80 22 33 58",
    apply: "Prenez contact avec la mission avant de déposer votre demande.",
  },
  {
    theme: "Milieux aquatiques",
    path: "/aides/milieux/restauration-des-zones-humides.html",
    title: "Restauration des zones humides",
    purpose: "Préserver les zones humides, qui épurent l'eau, stockent le carbone et limitent les crues.",
    beneficiaries: "Collectivités, conservatoires, fédérations de pêche et propriétaires privés.",
    conditions: ["La zone est inventoriée", "Un plan de gestion de cinq ans est joint"],
    amount: "Subvention : 80 % du montant éligible",
    contact: "Service milieux et biodiversité",
    phone: "03 80 22 33 63",
    apply: "Déposez votre demande en ligne, au moins trois mois avant les travaux.",
  },
];

function page(title: string, main: string): string {
  return `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><!-- This website is powered by TYPO3 - inspiring people to share! --><meta name="generator" content="TYPO3 CMS"><title>${title} | Agence de l'eau Saône et Marne</title></head>
<body id="p214" class="page-214 pagelevel-3"><a class="visually-hidden-focusable" href="#page-content"><span>Aller au contenu</span></a>
<header id="page-header" class="bp-page-header navbar navbar-mainnavigation"><div class="container"><a class="navbar-brand" href="/">Agence de l'eau</a><nav aria-label="Main navigation" id="mainnavigation"><ul class="navbar-nav"><li class="nav-item"><a class="nav-link" href="/agence.html"><span class="nav-link-text">L'agence</span></a></li><li class="nav-item active"><a class="nav-link" href="/aides.html"><span class="nav-link-text">Les aides</span></a></li><li class="nav-item"><a class="nav-link" href="/redevances.html"><span class="nav-link-text">Les redevances</span></a></li><li class="nav-item"><a class="nav-link" href="/donnees.html"><span class="nav-link-text">Les données</span></a></li></ul></nav></div></header>
<nav class="breadcrumb-section" aria-label="Breadcrumb"><div class="container"><p class="visually-hidden">Vous êtes ici :</p><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">Accueil</a></li><li class="breadcrumb-item"><a href="/aides.html">Les aides</a></li><li class="breadcrumb-item active">${title}</li></ol></div></nav>
<div id="page-content" class="bp-page-content main-section"><!--TYPO3SEARCH_begin--><div class="section section-default"><div class="container"><div class="section-row"><main class="section-column maincontent-wrap" role="main">${main}</main>
<div class="section-column subnav-wrap"><nav class="frame-type-menu"><ul class="subnav-nav"><li class="subnav-item"><a class="subnav-link" href="/aides/regles-generales.html">Règles générales</a></li><li class="subnav-item"><a class="subnav-link" href="/aides/calendrier.html">Calendrier des commissions</a></li><li class="subnav-item"><a class="subnav-link" href="/aides/programme.html">Le 12e programme</a></li></ul></nav></div></div></div></div><!--TYPO3SEARCH_end--></div>
<footer id="page-footer" class="bp-page-footer"><section class="section footer-section-content"><div class="container"><div id="c33" class="frame frame-default frame-type-text"><h4 class="element-header"><span>Siège de l'agence</span></h4><p>2 quai des Mariniers – Tél. 03 80 22 00 00</p></div><div class="frame frame-type-menu_pages"><ul><li><a href="/mentions-legales.html">Mentions légales</a></li><li><a href="/donnees-personnelles.html">Données personnelles</a></li></ul></div></div></section></footer>
<div id="cookieconsent"><p>Nous utilisons des cookies de mesure d'audience.</p><button class="cc-btn">J'ai compris</button></div></body></html>`;
}

const frame = (at: number, type: string, content: string) =>
  `<div id="c${at}" class="frame frame-size-default frame-default frame-type-${type} frame-layout-default frame-background-none"><div class="frame-group-container"><div class="frame-group-inner"><div class="frame-container"><div class="frame-inner">${content}</div></div></div></div></div>`;

const header = (text: string) => `<div class="frame-header"><h2 class="element-header"><span>${text}</span></h2></div>`;

const lists = [...new Set(aids.map(({ theme }) => theme))].map((theme, at) =>
  frame(
    310 + at,
    "text",
    `${header(theme)}<div class="rte"><p>Nos aides pour ${theme.toLowerCase()} :</p><ul>${aids
      .filter((aid) => aid.theme === theme)
      .map(({ path, title }) => `<li><a href="${path}" title="Ouvre la fiche">${title}</a></li>`)
      .join("")}</ul></div>`,
  ),
);

const accordion = (id: number, at: number, title: string, content: string) =>
  `<div class="accordion-item"><h3 class="accordion-header" id="accordion-heading-${id}-${at}"><button class="accordion-button${at === 0 ? "" : " collapsed"}" type="button" data-bs-toggle="collapse" data-bs-target="#accordion-${id}-${at}" aria-expanded="${at === 0}" aria-controls="accordion-${id}-${at}"><span class="accordion-title-link-text">${title}</span><span class="accordion-title-link-state"></span></button></h3>
<div id="accordion-${id}-${at}" class="accordion-collapse collapse${at === 0 ? " show" : ""}" aria-labelledby="accordion-heading-${id}-${at}" data-bs-parent="#accordion-${id}"><div class="accordion-body"><div class="accordion-content"><div class="accordion-content-text">${content}</div></div></div></div></div>`;

function aidPage(aid: ToldAid, id: number): string {
  const parts: readonly (readonly [string, string])[] = [
    ["Qui peut bénéficier de cette aide ?", block(aid.beneficiaries ?? "")],
    ["Taux d'aide", block(aid.amount ?? "")],
    ["Conditions d'éligibilité", block(aid.conditions ?? "")],
    ...(aid.deadline === undefined
      ? []
      : [["Date limite de dépôt", `<p>Les dossiers sont reçus jusqu'au ${aid.deadline[0]}.</p>`] as const]),
    ["La démarche à suivre", block(aid.apply ?? "")],
    ["Votre contact", `<p>${inline(aid.contact ?? "")}<br>Téléphone : ${aid.phone}</p>`],
  ];
  return page(
    aid.title,
    `${frame(id * 10, "header", `<div class="frame-header"><h1 class="element-header"><span>${aid.title}</span></h1></div>`)}
${frame(id * 10 + 1, "text", `<div class="rte"><p class="lead">${aid.purpose}</p></div>`)}
${frame(id * 10 + 2, "accordion", `<div class="accordion" id="accordion-${id}">${parts.map(([title, content], at) => accordion(id, at, title, content)).join("\n")}</div>`)}
${frame(id * 10 + 3, "uploads", `${header("Documents à télécharger")}<ul class="media-list"><li><a href="/fileadmin/fiche-${id}.pdf">Fiche action (PDF, 240 Ko)</a></li></ul>`)}`,
  );
}

/** A water agency on TYPO3: plain lists of links under headings by theme, and pages whose sections are Bootstrap accordions. */
export const waterAgencyTypo3: FirstSightSite = {
  id: "water-agency-typo3",
  list: "/aides.html",
  aids,
  listed: 5,
  noise: ["Nous utilisons des cookies", "Calendrier des commissions", "03 80 22 00 00", "Mentions légales"],
  files: {
    "/aides.html": page(
      "Les aides",
      `${frame(300, "header", `<div class="frame-header"><h1 class="element-header"><span>Les aides de l'agence</span></h1></div>`)}${lists.join("\n")}`,
    ),
    ...Object.fromEntries(aids.map((aid, at) => [aid.path, aidPage(aid, 41 + at)])),
  },
};
