import { type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/index.php/aides/41-cheque-association",
    title: "Chèque association",
    purpose: "L'agglomération encourage les associations à mutualiser leurs achats et leurs emplois.",
    beneficiaries: "associations sportives, culturelles et sociales de l'agglomération",
    conditions: "avoir au moins deux ans d'existence et tenir une comptabilité",
    amount: "1 000 € par association, 1 500 € en cas d'achat groupé",
    deadline: ["28/02/2027", "2027-02-28"],
    email: "associations@agglo-deux-rives.example",
    phone: "05 53 30 40 51",
    apply: "retirer le dossier à l'accueil ou le télécharger, puis le déposer complet à la maison des associations",
  },
  {
    path: "/index.php/aides/42-aide-aux-jeunes-agriculteurs",
    title: "Aide aux jeunes agriculteurs",
    purpose: "Accompagner l'installation des jeunes agriculteurs pour maintenir des exploitations à taille humaine.",
    beneficiaries: "agriculteurs de moins de 40 ans installés depuis moins d'un an",
    conditions: "avoir bénéficié de la dotation jeune agriculteur",
    amount: "3 000 € versés en une fois",
    email: "agriculture@agglo-deux-rives.example",
    phone: "05 53 30 40 55",
    apply: "adresser une lettre au président avec l'attestation de la chambre d'agriculture",
  },
  {
    path: "/index.php/aides/47-permis-de-conduire-citoyen",
    title: "Permis de conduire citoyen",
    purpose: "Financer une partie du permis en échange d'heures d'engagement dans une association.",
    beneficiaries: "jeunes de 17 à 25 ans domiciliés dans l'agglomération",
    conditions: "effectuer 50 heures d'engagement citoyen",
    amount: "500 € versés à l'auto-école",
    deadline: ["31/05/2027", "2027-05-31"],
    email: "jeunesse@agglo-deux-rives.example",
    phone: "05 53 30 40 58",
    apply: "prendre rendez-vous au point information jeunesse",
  },
  {
    path: "/index.php/aides/52-opah-renovation-urbaine",
    title: "Opah : rénover son logement",
    purpose: "L'opération programmée aide les propriétaires à rénover les logements anciens du cœur de ville.",
    beneficiaries: "propriétaires occupants et propriétaires bailleurs",
    conditions: "logement de plus de quinze ans situé dans le périmètre",
    amount: "de 20 à 50 % des travaux selon les ressources",
    email: "opah@agglo-deux-rives.example",
    phone: "05 53 30 40 62",
    apply: "contacter l'animateur de l'opération, qui visite le logement",
  },
  {
    path: "/index.php/aides/53-recuperateur-d-eau",
    title: "Récupérateur d'eau de pluie",
    purpose: "Économiser l'eau potable en arrosant les jardins avec l'eau de pluie.",
    beneficiaries: "particuliers et copropriétés",
    conditions: "un récupérateur d'au moins 300 litres, acheté dans un commerce du territoire",
    amount: "50 % du prix d'achat, plafonnés à 80 €",
    deadline: ["30/09/2027", "2027-09-30"],
    email: "eau@agglo-deux-rives.example",
    phone: "05 53 30 40 69",
    apply: "envoyer la facture et un justificatif de domicile",
  },
];

function page(title: string, main: string): string {
  return `<!DOCTYPE html><html lang="fr-fr" dir="ltr"><head><meta charset="utf-8"><meta name="generator" content="Joomla! - Open Source Content Management"><title>${title} - Agglomération des Deux Rives</title></head>
<body class="site com_content wrapper-static view-article no-layout itemid-118"><header class="header container-header full-width"><div class="grid-child"><div class="navbar-brand"><a class="brand-logo" href="/">Agglomération des Deux Rives</a></div></div>
<div class="grid-child container-nav"><ul class="mod-menu mod-menu_dropdown-metismenu metismenu mod-list"><li class="metismenu-item item-101 level-1"><a href="/index.php">Accueil</a></li><li class="metismenu-item item-112 level-1"><a href="/index.php/agglo">L'agglo</a></li><li class="metismenu-item item-118 level-1 active"><a href="/index.php/aides">Aides</a></li><li class="metismenu-item item-120 level-1"><a href="/index.php/sortir">Sortir</a></li></ul></div></header>
<div class="site-grid"><div class="grid-child container-component"><nav class="mod-breadcrumbs__wrapper" aria-label="Breadcrumbs"><ol class="mod-breadcrumbs breadcrumb px-3 py-2"><li class="mod-breadcrumbs__here float-start">Vous êtes ici : </li><li class="mod-breadcrumbs__item breadcrumb-item"><a href="/index.php" class="pathway"><span>Accueil</span></a></li><li class="mod-breadcrumbs__item breadcrumb-item active"><span>${title}</span></li></ol></nav><div id="system-message-container" aria-live="polite"></div><main>${main}</main></div>
<div class="grid-child container-sidebar-right"><div class="sidebar-right card"><h3 class="card-header">Derniers articles</h3><div class="card-body"><ul class="mod-articleslatest latestnews mod-list"><li itemscope itemtype="https://schema.org/Article"><a href="/index.php/sortir/88-marche-de-noel" itemprop="url"><span itemprop="name">Marché de Noël</span></a></li><li itemscope itemtype="https://schema.org/Article"><a href="/index.php/sortir/87-trail" itemprop="url"><span itemprop="name">Le trail des deux rives</span></a></li></ul></div></div></div></div>
<footer class="container-footer footer full-width"><div class="grid-child"><div class="mod-custom custom"><p>Agglomération des Deux Rives – 3 quai du Port – 05 53 30 00 00</p></div><ul class="mod-menu mod-list nav"><li class="nav-item"><a href="/index.php/mentions-legales">Mentions légales</a></li></ul></div></footer></body></html>`;
}

const label = (text: string) => `<span style="text-decoration: underline;"><strong>${text} :</strong></span>`;

const row = ({ path, title }: ToldAid, at: number) =>
  `<tr class="cat-list-row${at % 2}"><th class="list-title" scope="row"><a href="${path}">${title}</a></th><td class="list-date small">${10 + at} octobre 2026</td><td class="list-hits"><span class="badge bg-info">Clics : ${300 + 7 * at}</span></td></tr>`;

function aidPage(
  { title, purpose, beneficiaries = "", conditions = "", amount = "", deadline, email, phone, apply }: ToldAid,
  at: number,
): string {
  return page(
    title,
    `<div class="com-content-article item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="fr-FR"><div class="page-header"><h1 itemprop="headline">${title}</h1></div>
<dl class="article-info text-muted"><dt class="article-info-term">Détails</dt><dd class="category-name"><span class="icon-folder-open icon-fw" aria-hidden="true"></span> Catégorie : <a href="/index.php/aides" itemprop="genre">Aides</a></dd><dd class="published"><span class="icon-calendar icon-fw" aria-hidden="true"></span><time datetime="2026-10-${10 + at}T08:00:00+00:00" itemprop="datePublished">Publication : ${10 + at} octobre 2026</time></dd><dd class="hits"><span class="icon-eye icon-fw" aria-hidden="true"></span> Clics : ${300 + 7 * at}</dd></dl>
<div itemprop="articleBody" class="com-content-article__body"><p style="text-align: justify;">${purpose}</p>
<p style="text-align: justify;">${label("Bénéficiaires")} ${inline(beneficiaries)}</p>
<p style="text-align: justify;">${label("Conditions")} ${inline(conditions)}</p>
<p style="text-align: justify;">${label("Montant de l'aide")} ${inline(amount)}</p>
<p style="text-align: justify;">${label("Démarche")} ${apply}</p>
${deadline === undefined ? "" : `<p style="text-align: justify;">${label("Date limite")} ${deadline[0]}</p>`}
<p style="text-align: justify;">${label("Renseignements")} <a href="mailto:${email}">${email}</a> – ${phone}</p></div>
<nav class="pagenavigation" aria-label="Navigation de page"><span class="pagination ms-0"><a class="btn btn-sm btn-secondary next" href="/index.php/aides/99" rel="next"><span aria-hidden="true">Suivant</span></a></span></nav></div>`,
  );
}

/** An agglomeration on Joomla: a category as a table, and articles whose lines start with an underlined label. */
export const townJoomla: FirstSightSite = {
  id: "town-joomla",
  list: "/index.php/aides",
  aids: aids.map((aid, at) => ({ ...aid, updated: `2026-10-${10 + at}` })),
  listed: 5,
  noise: ["Marché de Noël", "Clics :", "05 53 30 00 00", "Mentions légales", "Catégorie :", "Suivant"],
  files: {
    "/index.php/aides": page(
      "Aides",
      `<div class="com-content-category category-list"><div class="page-header"><h1>Aides</h1></div><div class="content-category"><table class="com-content-category__table category table table-striped table-bordered table-hover"><caption class="visually-hidden">Liste d'articles dans la catégorie Aides</caption><thead><tr><th scope="col" id="categorylist_header_title"><a href="#" title="Titre">Titre</a></th><th scope="col"><a href="#">Date de publication</a></th><th scope="col"><a href="#">Clics</a></th></tr></thead><tbody>${aids.map(row).join("\n")}</tbody></table></div></div>`,
    ),
    ...Object.fromEntries(aids.map((aid, at) => [aid.path, aidPage(aid, at)])),
  },
};
