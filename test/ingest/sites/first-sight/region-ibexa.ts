import { block, type FirstSightSite, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/nos-aides/industrie-decarbonee",
    title: "Industrie décarbonée",
    purpose: "La Région accompagne les industriels qui réduisent leurs émissions de gaz à effet de serre et leur consommation d'énergie.",
    beneficiaries: "PME et ETI du secteur industriel implantées dans la région.",
    expenses: ["Remplacement des chaudières fossiles", "Récupération de chaleur fatale", "Études préalables"],
    amount: "Subvention de 35 % des dépenses éligibles, entre 20 000 € et 500 000 €.",
    deadline: ["15 janvier 2027 à 17 h", "2027-01-15"],
    contact: "Direction de l'économie de demain",
    email: "industrie@grand-plateau.example",
    apply: "Déposez votre dossier sur le portail des aides avant le début des travaux.",
  },
  {
    path: "/nos-aides/premier-festival",
    title: "Premier festival",
    purpose: "Faire émerger de nouveaux rendez-vous culturels dans les territoires éloignés des grandes scènes.",
    beneficiaries: "Associations, collectivités et coopératives organisatrices d'un festival de moins de trois éditions.",
    expenses: ["Cachets artistiques", "Location de scènes et de matériel"],
    amount: "Aide forfaitaire de 5 000 € à 15 000 €.",
    deadline: ["26 février 2027 à 12 h", "2027-02-26"],
    contact: "Direction de la culture",
    email: "festivals@grand-plateau.example",
    apply: "Remplissez le formulaire en ligne et joignez le budget prévisionnel.",
  },
  {
    path: "/nos-aides/internats-du-xxie-siecle",
    title: "Internats du XXIe siècle",
    purpose: "Rénover les internats des lycées et proposer un cadre de vie propice à la réussite des élèves.",
    beneficiaries: "Lycées publics et privés sous contrat.",
    expenses: ["Travaux de rénovation", "Mobilier"],
    amount: "Jusqu'à 50 % du coût de l'opération.",
    contact: "Direction des lycées",
    email: "lycees@grand-plateau.example",
    apply: "Adressez une lettre d'intention à la présidente de Région.",
  },
  {
    path: "/nos-aides/conversion-a-l-agriculture-biologique",
    title: "Conversion à l'agriculture biologique",
    purpose: "Aider les exploitations à convertir leurs surfaces et à trouver des débouchés locaux.",
    beneficiaries: "Agriculteurs à titre principal, Gaec et coopératives.",
    expenses: ["Matériel de désherbage mécanique", "Frais de certification"],
    amount: "Prime annuelle de 130 € par hectare pendant cinq ans.",
    deadline: ["30 avril 2027 à minuit", "2027-04-30"],
    contact: "Service agriculture durable",
    email: "bio@grand-plateau.example",
    apply: "Contactez le point accueil installation de votre département.",
  },
  {
    path: "/nos-aides/lignes-de-covoiturage",
    title: "Lignes de covoiturage",
    purpose: "Développer des lignes de covoiturage entre les gares et les zones d'emploi mal desservies.",
    beneficiaries: "Intercommunalités autorités organisatrices de la mobilité.",
    expenses: ["Aménagement d'arrêts", "Communication auprès des usagers"],
    amount: "60 % des dépenses, plafonnés à 80 000 € par ligne.",
    contact: "Direction des mobilités",
    email: "mobilites@grand-plateau.example",
    apply: "Un chargé de mission vous rappelle sous dix jours après votre demande.",
  },
  {
    path: "/nos-aides/cheque-numerique-des-artisans",
    title: "Chèque numérique des artisans",
    purpose: "Donner aux artisans les moyens de vendre en ligne et de gérer leur activité avec des outils numériques.",
    beneficiaries: "Entreprises artisanales de moins de dix salariés.",
    expenses: ["Création d'un site marchand", "Formation du dirigeant"],
    amount: "50 % de la dépense hors taxes, plafonnés à 1 500 €.",
    contact: "Direction de l'économie de demain",
    email: "numerique@grand-plateau.example",
    apply: "Faites votre demande en ligne avant de signer le devis.",
  },
];

const portal = "https://portail-aides.grand-plateau.example/connexion";

function page(title: string, main: string): string {
  return `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="generator" content="eZ Platform powered by Ibexa"><title>${title} - Région Grand Plateau</title></head>
<body><div class="skip-links"><a href="#contenu">Contenu</a><a href="#menu">Menu</a></div>
<div id="tarteaucitronRoot"><div id="tarteaucitronAlertBig"><span>Ce site utilise des cookies et vous donne le contrôle</span><button>Tout accepter</button></div></div>
<header class="header"><div class="container"><a class="header__logo" href="/">Région Grand Plateau</a>
<nav class="main-nav" id="menu"><ul class="main-nav__list"><li class="main-nav__item"><a href="/la-region">La Région</a></li><li class="main-nav__item"><a href="/nos-aides">Les aides</a></li><li class="main-nav__item"><a href="/transports">Transports</a></li><li class="main-nav__item"><a href="/lycees">Lycées</a></li><li class="main-nav__item"><a href="/actualites">Actualités</a></li></ul></nav></div></header>
<div class="breadcrumb-wrapper"><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/">Accueil</a></li><li class="breadcrumb-item"><a href="/nos-aides">Les aides</a></li><li class="breadcrumb-item active" aria-current="page">${title}</li></ol></div>
<main id="contenu">${main}</main>
<footer class="footer"><div class="container"><div class="row"><div class="col-md-4"><p class="footer__title">Région Grand Plateau</p><p>Siège : 5 esplanade de l'Europe<br>Standard : 03 81 00 00 00</p></div><div class="col-md-4"><p class="footer__title">Restez informés</p><form action="/newsletter"><input type="email" name="mail" placeholder="Votre courriel"><button>S'inscrire à la lettre</button></form></div></div><ul class="footer__links"><li><a href="/mentions-legales">Mentions légales</a></li><li><a href="/marches-publics">Marchés publics</a></li><li><a href="/recrutement">Recrutement</a></li></ul></div></footer></body></html>`;
}

const facets = ["Agriculture", "Culture", "Économie", "Jeunesse", "Mobilités", "Environnement", "Europe", "Santé"]
  .map(
    (name, at) =>
      `<li class="facet__item"><a class="facet__link" href="/nos-aides?theme=${at}" rel="nofollow">${name} <span class="facet__count">(${at + 2})</span></a></li>`,
  )
  .join("");

const card = ({ path, title, purpose, deadline }: ToldAid) =>
  `<div class="col-12 col-md-6 col-lg-4"><article class="card card--aide"><a class="card__link" href="${path}"><div class="card__img"><img src="/var/site/storage/images/${title.length}.jpg" alt=""></div>
<div class="card__body"><span class="badge badge--${deadline === undefined ? "aide" : "aap"}">${deadline === undefined ? "Aide" : "Appel à projets"}</span><h2 class="card__title">${title}</h2><p class="card__text">${purpose.slice(0, 60)}…</p>
<p class="card__date">${deadline === undefined ? "Toute l'année" : `Jusqu'au ${deadline[0].split(" à ")[0]}`}</p></div></a></article></div>`;

const listPage = (shown: readonly ToldAid[], pages: string) =>
  page(
    "Les aides",
    `<div class="container"><h1>Les aides de la Région</h1><div class="row"><aside class="col-lg-3 facets"><h2>Affiner</h2><div class="facet"><h3 class="facet__title">Thème</h3><ul class="facet__list">${facets}</ul></div></aside>
<section class="col-lg-9"><p class="results-count">${aids.length} résultats</p><div class="row results">${shown.map(card).join("\n")}</div><nav aria-label="Pagination"><ul class="pagination">${pages}</ul></nav></section></div></div>`,
  );

function aidPage({
  title,
  purpose,
  beneficiaries = "",
  expenses = [],
  amount = "",
  deadline,
  contact,
  email,
  apply = "",
}: ToldAid): string {
  return page(
    title,
    `<div class="hero"><div class="container"><span class="badge">${deadline === undefined ? "Aide" : "Appel à projets"}</span><h1 class="hero__title"><span class="ezstring-field">${title}</span></h1><div class="hero__intro"><div class="ezrichtext-field"><p>${purpose}</p></div></div></div></div>
<div class="container"><div class="row"><div class="col-lg-8 fiche">
<section class="fiche__bloc"><h2 class="fiche__titre">Pour qui ?</h2><div class="ezrichtext-field">${block(beneficiaries)}</div></section>
<section class="fiche__bloc"><h2 class="fiche__titre">Pour quoi ?</h2><div class="ezrichtext-field">${block(expenses)}</div></section>
<section class="fiche__bloc"><h2 class="fiche__titre">Combien ?</h2><div class="ezrichtext-field">${block(amount)}</div></section>
<section class="fiche__bloc"><h2 class="fiche__titre">Comment ?</h2><div class="ezrichtext-field">${block(apply)}</div><a class="btn btn-primary" href="${portal}" target="_blank">Faire une demande</a></section>
</div><aside class="col-lg-4 fiche__aside"><div class="encart"><p class="encart__titre">L'essentiel</p><ul class="encart__liste">${deadline === undefined ? `<li><span class="encart__label">Calendrier</span><span class="encart__valeur">Toute l'année</span></li>` : `<li><span class="encart__label">Date limite</span><span class="encart__valeur">${deadline[0]}</span></li>`}<li><span class="encart__label">Contact</span><span class="encart__valeur">${contact}<br><a href="mailto:${email}">${email}</a></span></li></ul></div>
<div class="partage"><p>Partager cette page</p><a href="https://www.facebook.com/sharer.php">Facebook</a><a href="https://x.com/intent/tweet">X</a></div></aside></div>
<section class="a-voir"><h2>À voir également</h2><div class="row"><div class="col-4"><a href="/actualites/plan-velo">Plan vélo : où en est-on ?</a></div><div class="col-4"><a href="/actualites/lyceens">Les lycéens à l'honneur</a></div><div class="col-4"><a href="/actualites/train">Un train de plus le soir</a></div></div></section></div>`,
  );
}

const first = `<li class="page-item active"><span class="page-link">1</span></li><li class="page-item"><a class="page-link" href="/nos-aides?page=2">2</a></li><li class="page-item"><a class="page-link" href="/nos-aides?page=2" rel="next">Page suivante</a></li>`;
const last = `<li class="page-item"><a class="page-link" href="/nos-aides?page=1" rel="prev">Page précédente</a></li><li class="page-item"><a class="page-link" href="/nos-aides?page=1">1</a></li><li class="page-item active"><span class="page-link">2</span></li>`;

/** A region on Ibexa: facets, cards that are links as a whole, headings that are questions, and an aside with the main facts. */
export const regionIbexa: FirstSightSite = {
  id: "region-ibexa",
  list: "/nos-aides",
  aids: aids.map((aid) => ({ ...aid, applicationUrl: portal, isCall: aid.deadline !== undefined })),
  listed: 4,
  noise: [
    "Ce site utilise des cookies",
    "Partager cette page",
    "Plan vélo",
    "03 81 00 00 00",
    "Mentions légales",
    "Affiner",
    "S'inscrire à la lettre",
  ],
  files: {
    "/nos-aides": listPage(aids.slice(0, 4), first),
    "/nos-aides?page=1": listPage(aids.slice(0, 4), first),
    "/nos-aides?page=2": listPage(aids.slice(4), last),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
