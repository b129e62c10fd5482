import { type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/financer/pret-croissance-tpe",
    title: "Prêt Croissance TPE",
    purpose:
      "Un prêt sans garantie pour financer les investissements immatériels et le besoin en fonds de roulement des petites entreprises.",
    beneficiaries: "TPE et PME de 3 à 50 salariés, créées depuis plus de trois ans",
    conditions: "Être financièrement saine et associer un prêt bancaire de même montant",
    amount: "De 10 000 € à 50 000 €, sur cinq ans",
    contact: "Camille Ferrandi",
    email: "c.ferrandi@cci-littoral.example",
    phone: "04 95 10 20 31",
  },
  {
    path: "/financer/diagnostic-transition-ecologique",
    title: "Diagnostic transition écologique",
    purpose: "Un conseiller analyse vos consommations d'eau, d'énergie et de matières et vous propose un plan d'action chiffré.",
    beneficiaries: "Commerces, hôtels, restaurants et entreprises de services",
    conditions: "Être établie dans le ressort de la chambre",
    amount: "Prise en charge à 100 %, soit une valeur de 1 200 €",
    contact: "Julien Mattei",
    email: "j.mattei@cci-littoral.example",
    phone: "04 95 10 20 35",
  },
  {
    path: "/financer/aide-a-l-embauche-d-un-apprenti",
    title: "Aide à l'embauche d'un apprenti",
    purpose: "Compenser une partie du salaire de l'apprenti pendant la première année de son contrat.",
    beneficiaries: "Entreprises de moins de 250 salariés",
    conditions: "Contrat signé pour un diplôme de niveau bac + 5 au plus",
    amount: "5 000 € la première année",
    deadline: ["31 décembre 2026", "2026-12-31"],
    contact: "Camille Ferrandi",
    email: "c.ferrandi@cci-littoral.example",
    phone: "04 95 10 20 31",
  },
  {
    path: "/financer/bourse-a-l-export",
    title: "Bourse à l'export",
    purpose: "Participer à un premier salon professionnel à l'étranger avec l'appui d'un conseiller international.",
    beneficiaries: "PME réalisant moins de 10 % de leur chiffre d'affaires à l'export",
    conditions: "Présenter un plan de prospection sur douze mois",
    amount: "50 % des frais de participation, plafonnés à 4 000 €",
    deadline: ["12 février 2027", "2027-02-12"],
    contact: "Inès Colonna",
    email: "i.colonna@cci-littoral.example",
    phone: "04 95 10 20 44",
  },
  {
    path: "/financer/reprise-de-commerce",
    title: "Reprise de commerce en centre-ville",
    purpose: "Aider les repreneurs à rouvrir des locaux vacants du centre-ville, avec un accompagnement pendant deux ans.",
    beneficiaries: "Créateurs et repreneurs d'entreprises commerciales",
    conditions: "Local vacant depuis plus de six mois",
    amount: "Prêt d'honneur de 8 000 € à taux zéro",
    contact: "Julien Mattei",
    email: "j.mattei@cci-littoral.example",
    phone: "04 95 10 20 35",
  },
];

function page(title: string, main: string): string {
  return `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>${title} | CCI du Littoral</title></head>
<body class="html not-front"><div class="topbar"><div class="container"><a href="/espace-client">Espace client</a><a href="/agenda">Agenda</a><a href="tel:0495100000">04 95 10 00 00</a></div></div>
<header class="site-header"><nav class="navbar navbar-expand-lg"><a class="navbar-brand" href="/">CCI du Littoral</a><div class="collapse navbar-collapse"><ul class="navbar-nav"><li class="nav-item dropdown"><a class="nav-link dropdown-toggle" href="/creer" data-bs-toggle="dropdown">Créer</a><div class="dropdown-menu"><a class="dropdown-item" href="/creer/formalites">Formalités</a><a class="dropdown-item" href="/creer/stages">Stages</a></div></li><li class="nav-item"><a class="nav-link" href="/financer">Financer</a></li><li class="nav-item"><a class="nav-link" href="/former">Former</a></li><li class="nav-item"><a class="nav-link" href="/exporter">Exporter</a></li></ul></div></nav></header>
<nav class="container" aria-label="Fil d'Ariane"><a href="/">Accueil</a> / <a href="/financer">Financer</a> / <span>${title}</span></nav>
<main class="main-container container">${main}</main>
<section class="pre-footer"><div class="container"><h2>Une question ?</h2><p>Nos conseillers vous répondent du lundi au vendredi.</p><a class="btn btn-outline-light" href="/contact">Nous contacter</a></div></section>
<footer class="footer"><div class="container"><ul class="list-inline"><li class="list-inline-item"><a href="/mentions-legales">Mentions légales</a></li><li class="list-inline-item"><a href="/marches">Marchés publics</a></li></ul><p>© CCI du Littoral</p></div></footer>
<div class="modal" id="cookies"><div class="modal-dialog"><p class="modal-title">Votre choix en matière de cookies</p><button class="btn">Refuser</button></div></div></body></html>`;
}

const card = ({ path, title, purpose }: ToldAid) =>
  `<div class="col-md-6 col-xl-4 mb-4"><div class="card h-100 shadow-sm"><img class="card-img-top" src="/img/${path.length}.jpg" alt=""><div class="card-body"><h5 class="card-title">${title}</h5><p class="card-text">${purpose.slice(0, 55)}…</p></div><div class="card-footer"><a class="btn btn-primary" href="${path}" aria-label="En savoir plus : ${title}">En savoir plus</a></div></div></div>`;

const row = (label: string, value: string) => `<tr><td class="bg-light"><strong>${label}</strong></td><td>${value}</td></tr>`;

function aidPage({ title, purpose, beneficiaries = "", conditions = "", amount = "", deadline, contact, email, phone }: ToldAid): string {
  return page(
    title,
    `<div class="row"><div class="col-lg-8"><h1 class="h2">${title}</h1><p class="chapo">${purpose}</p>
<div class="table-responsive"><table class="table table-bordered"><tbody>${row("Entreprises éligibles", inline(beneficiaries))}${row("Conditions d'accès", inline(conditions))}${row("Montant", inline(amount))}${deadline === undefined ? "" : row("À demander avant le", deadline[0])}${row("Zone géographique", "Ressort de la CCI du Littoral")}</tbody></table></div>
<p class="small text-muted">Fiche mise à jour le 4 novembre 2026</p></div>
<div class="col-lg-4"><div class="card card-contact"><div class="card-body"><h3 class="h5">Votre conseiller</h3><p>${contact}</p><p><a href="tel:${phone?.replaceAll(" ", "")}">${phone}</a></p><p><a href="mailto:${email}">${email}</a></p></div></div>
<div class="card"><div class="card-body"><h3 class="h5">À lire aussi</h3><ul class="list-unstyled"><li><a href="/actualites/rencontres-financement">Les rencontres du financement</a></li><li><a href="/actualites/barometre">Le baromètre de conjoncture</a></li></ul></div></div></div></div>`,
  );
}

/** A chamber of commerce on Bootstrap: cards with a button, a table of facts, and the adviser in a side column. */
export const chamberTable: FirstSightSite = {
  id: "chamber-table",
  list: "/financer",
  aids: aids.map((aid) => ({ ...aid, updated: "2026-11-04" })),
  listed: 5,
  noise: ["Une question ?", "matière de cookies", "rencontres du financement", "04 95 10 00 00", "Mentions légales", "En savoir plus"],
  files: {
    "/financer": page(
      "Financer",
      `<h1>Financer son projet</h1><p class="lead">La chambre vous aide à trouver les bons financements.</p><div class="row">${aids.map(card).join("\n")}</div>`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
