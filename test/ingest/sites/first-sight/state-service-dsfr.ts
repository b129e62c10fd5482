import { block, type FirstSightSite, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/aides/fonds-d-innovation-territoriale/",
    title: "Fonds d'innovation territoriale",
    purpose: "L'État soutient les projets qui expérimentent de nouvelles façons de rendre le service public dans les territoires.",
    beneficiaries: ["collectivités territoriales et leurs groupements", "établissements publics", "associations d'intérêt général"],
    conditions: "Le projet doit être lancé dans les six mois et pouvoir être reproduit ailleurs.",
    amount: "La subvention couvre jusqu'à 80 % des dépenses, dans la limite de 100 000 €.",
    deadline: ["5 février 2027", "2027-02-05"],
    email: "innovation@service-etat.example",
    apply: "Les dossiers sont déposés sur la plateforme Démarches simplifiées.",
  },
  {
    path: "/aides/dotation-pour-les-lieux-de-lecture/",
    title: "Dotation pour les lieux de lecture",
    purpose: "Cette dotation finance la construction, la rénovation et l'équipement des bibliothèques municipales.",
    beneficiaries: ["communes", "intercommunalités"],
    conditions: "La bibliothèque est ouverte au moins douze heures par semaine.",
    amount: "Le taux d'intervention se situe entre 20 % et 40 % du coût hors taxes.",
    email: "lecture@service-etat.example",
    apply: "Prenez rendez-vous avec le conseiller pour le livre avant tout dépôt.",
  },
  {
    path: "/aides/bourse-de-recherche-archeologique/",
    title: "Bourse de recherche archéologique",
    purpose: "La bourse encourage les jeunes chercheurs à publier les résultats des fouilles menées dans la région.",
    beneficiaries: ["doctorants", "jeunes docteurs rattachés à un laboratoire"],
    conditions: "La thèse a été soutenue depuis moins de trois ans.",
    amount: "Chaque bourse est de 6 000 €.",
    deadline: ["19 mars 2027", "2027-03-19"],
    email: "archeologie@service-etat.example",
    apply: "Envoyez un dossier de dix pages par voie électronique.",
  },
  {
    path: "/aides/ete-culturel/",
    title: "Été culturel",
    purpose: "Des artistes vont à la rencontre des habitants qui ne partent pas en vacances, dans les quartiers et les villages.",
    beneficiaries: ["artistes et compagnies", "associations culturelles"],
    conditions: "Les actions sont gratuites et se déroulent entre le 1er juillet et le 31 août.",
    amount: "L'aide va de 1 500 € à 8 000 € par projet.",
    deadline: ["30 avril 2027", "2027-04-30"],
    email: "ete@service-etat.example",
    apply: "Les dossiers sont déposés sur la plateforme Démarches simplifiées.",
  },
  {
    path: "/aides/entretien-des-monuments-historiques/",
    title: "Entretien des monuments historiques",
    purpose: "L'État aide les propriétaires à entretenir les monuments classés pour éviter de lourdes restaurations.",
    beneficiaries: ["propriétaires publics et privés de monuments classés", "affectataires"],
    conditions: "Les travaux sont suivis par l'architecte des bâtiments de France.",
    amount: "Le taux maximal est de 50 % du devis retenu.",
    email: "monuments@service-etat.example",
    apply: "Adressez le devis et les photographies à la conservation régionale.",
  },
];

function page(title: string, main: string): string {
  return `<!doctype html><html lang="fr" data-fr-scheme="system"><head><meta charset="utf-8"><title>${title} — Direction régionale des territoires</title><link rel="stylesheet" href="/static/dsfr/dist/dsfr.min.css"></head>
<body><div class="fr-skiplinks"><nav class="fr-container" role="navigation" aria-label="Accès rapide"><ul class="fr-skiplinks__list"><li><a class="fr-link" href="#content">Contenu</a></li><li><a class="fr-link" href="#fr-navigation">Menu</a></li></ul></nav></div>
<div class="fr-consent-banner"><h2 class="fr-h6">À propos des cookies sur ce site</h2><div class="fr-consent-banner__content"><p class="fr-text--sm">Nous utilisons des cookies pour mesurer l'audience.</p></div><ul class="fr-consent-banner__buttons fr-btns-group"><li><button class="fr-btn">Tout accepter</button></li></ul></div>
<header role="banner" class="fr-header"><div class="fr-header__body"><div class="fr-container"><div class="fr-header__brand"><p class="fr-logo">République<br>Française</p><div class="fr-header__service"><a href="/" title="Accueil"><p class="fr-header__service-title">Direction régionale des territoires</p></a></div></div></div></div>
<div class="fr-header__menu fr-modal"><div class="fr-container"><nav class="fr-nav" id="fr-navigation" role="navigation"><ul class="fr-nav__list"><li class="fr-nav__item"><a class="fr-nav__link" href="/">Accueil</a></li><li class="fr-nav__item"><a class="fr-nav__link" href="/missions/">Nos missions</a></li><li class="fr-nav__item"><a class="fr-nav__link" href="/aides/" aria-current="page">Aides</a></li><li class="fr-nav__item"><a class="fr-nav__link" href="/contact/">Contact</a></li></ul></nav></div></div></header>
<main id="content" role="main"><div class="fr-container fr-pb-6w"><nav role="navigation" class="fr-breadcrumb" aria-label="vous êtes ici :"><button class="fr-breadcrumb__button" aria-expanded="false" aria-controls="breadcrumb-1">Voir le fil d'Ariane</button><div class="fr-collapse" id="breadcrumb-1"><ol class="fr-breadcrumb__list"><li><a class="fr-breadcrumb__link" href="/">Accueil</a></li><li><a class="fr-breadcrumb__link" href="/aides/">Aides</a></li><li><a class="fr-breadcrumb__link" aria-current="page">${title}</a></li></ol></div></nav>${main}</div></main>
<div class="fr-follow"><div class="fr-container"><h2 class="fr-h5">Abonnez-vous à notre lettre d'information</h2></div></div>
<footer class="fr-footer" role="contentinfo" id="footer"><div class="fr-container"><div class="fr-footer__body"><div class="fr-footer__content"><p class="fr-footer__content-desc">Direction régionale des territoires, 10 rue de la République – 02 38 00 00 00</p><ul class="fr-footer__content-list"><li class="fr-footer__content-item"><a class="fr-footer__content-link" href="https://legifrance.gouv.fr">legifrance.gouv.fr</a></li><li class="fr-footer__content-item"><a class="fr-footer__content-link" href="https://service-public.fr">service-public.fr</a></li></ul></div></div><div class="fr-footer__bottom"><ul class="fr-footer__bottom-list"><li class="fr-footer__bottom-item"><a class="fr-footer__bottom-link" href="/accessibilite/">Accessibilité : non conforme</a></li><li class="fr-footer__bottom-item"><a class="fr-footer__bottom-link" href="/mentions-legales/">Mentions légales</a></li></ul></div></div></footer></body></html>`;
}

const card = ({ path, title, purpose }: ToldAid) =>
  `<div class="fr-col-12 fr-col-md-4"><div class="fr-card fr-enlarge-link"><div class="fr-card__body"><div class="fr-card__content"><h3 class="fr-card__title"><a href="${path}">${title}</a></h3><p class="fr-card__desc">${purpose.slice(0, 58)}…</p><div class="fr-card__start"><ul class="fr-tags-group"><li><p class="fr-tag">Aide</p></li></ul></div></div></div><div class="fr-card__header"><div class="fr-card__img"><img class="fr-responsive-img" src="/medias/images/${title.length}.jpg" alt=""></div></div></div></div>`;

const accordion = (at: number, title: string, content: string) =>
  `<section class="fr-accordion"><h3 class="fr-accordion__title"><button type="button" class="fr-accordion__btn" aria-expanded="false" aria-controls="accordion-${at}">${title}</button></h3><div class="fr-collapse" id="accordion-${at}">${content}</div></section>`;

function aidPage({ title, purpose, beneficiaries = "", conditions = "", amount = "", deadline, email, apply = "" }: ToldAid): string {
  return page(
    title,
    `<div class="fr-grid-row fr-grid-row--gutters"><div class="fr-col-12 fr-col-md-8"><h1>${title}</h1>
<nav class="fr-summary" role="navigation" aria-labelledby="fr-summary-title"><h2 class="fr-summary__title" id="fr-summary-title">Sommaire</h2><ol><li><a class="fr-summary__link" href="#presentation">Présentation du dispositif</a></li><li><a class="fr-summary__link" href="#savoir">Tout savoir</a></li></ol></nav>
<h2 id="presentation">Présentation du dispositif</h2><div class="rich-text"><p data-block-key="a1">${purpose}</p></div>
${deadline === undefined ? "" : `<div class="fr-callout fr-icon-calendar-line"><h3 class="fr-callout__title">Date limite de dépôt des dossiers</h3><p class="fr-callout__text">${deadline[0]}</p></div>`}
<h2 id="savoir">Tout savoir</h2><div class="fr-accordions-group">${accordion(1, "À qui s'adresse ce dispositif ?", block(beneficiaries))}${accordion(2, "Critères d'éligibilité", block(conditions))}${accordion(3, "Modalités financières", block(amount))}${accordion(4, "Comment déposer un dossier ?", block(apply))}${accordion(5, "Nous contacter", `<p>Écrivez à <a href="mailto:${email}">${email}</a>.</p>`)}</div>
<div class="fr-share"><p class="fr-share__title">Partager la page</p><ul class="fr-btns-group"><li><a class="fr-btn--facebook fr-btn" href="https://www.facebook.com/sharer.php">Partager sur Facebook</a></li></ul></div></div>
<div class="fr-col-12 fr-col-md-4"><nav class="fr-sidemenu" aria-labelledby="fr-sidemenu-title"><div class="fr-sidemenu__inner"><div class="fr-collapse"><div class="fr-sidemenu__title" id="fr-sidemenu-title">Toutes nos aides</div><ul class="fr-sidemenu__list">${aids.map((other) => `<li class="fr-sidemenu__item"><a class="fr-sidemenu__link" href="${other.path}">${other.title}</a></li>`).join("")}</ul></div></div></nav></div></div>`,
  );
}

/** A service of the State with the State's design system: cards, a summary, a callout with the date, and accordions. */
export const stateServiceDsfr: FirstSightSite = {
  id: "state-service-dsfr",
  list: "/aides/",
  aids,
  listed: 5,
  noise: ["À propos des cookies", "Partager", "Toutes nos aides", "02 38 00 00 00", "Mentions légales", "Sommaire", "lettre d'information"],
  files: {
    "/aides/": page(
      "Aides",
      `<h1>Les aides de la direction</h1><div class="fr-grid-row fr-grid-row--gutters">${aids.map(card).join("\n")}</div>`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
