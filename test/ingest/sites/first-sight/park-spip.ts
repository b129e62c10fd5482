import { block, type FirstSightSite, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/spip.php?article112",
    title: "Planter un verger de variétés anciennes",
    purpose: "Le Parc offre des arbres fruitiers de variétés locales à celles et ceux qui créent un verger de haute tige.",
    beneficiaries: ["les habitants des communes du Parc", "les écoles et les associations"],
    conditions: "Disposer d'un terrain d'au moins 500 m² et suivre une demi-journée de formation à la taille.",
    amount: "Le Parc prend en charge 70 % du prix des plants, soit 20 arbres au maximum.",
    deadline: ["15 décembre 2026", "2026-12-15"],
    contact: "Lucile Vantard, chargée de mission agriculture",
    phone: "03 29 40 50 61",
  },
  {
    path: "/spip.php?article115",
    title: "Rénover une maison de pays",
    purpose: "L'architecte du Parc conseille les propriétaires et une prime encourage l'emploi de matériaux traditionnels.",
    beneficiaries: ["les propriétaires privés", "les communes"],
    conditions: "La maison date d'avant 1948 et se trouve dans une commune signataire de la charte.",
    amount: "Prime de 15 % du coût des matériaux, plafonnée à 4 000 €.",
    contact: "Bruno Delacôte, architecte",
    phone: "03 29 40 50 64",
  },
  {
    path: "/spip.php?article118",
    title: "Éteindre l'éclairage public",
    purpose: "Réduire la pollution lumineuse et la facture d'électricité en équipant les armoires de commande d'horloges astronomiques.",
    beneficiaries: ["les communes du Parc", "les syndicats d'énergie"],
    conditions: "La commune s'engage à éteindre au moins cinq heures par nuit.",
    amount: "Subvention de 50 % du matériel, dans la limite de 3 000 € par commune.",
    deadline: ["30 avril 2027", "2027-04-30"],
    contact: "Hugo Lemarié, conseiller en énergie partagé",
    phone: "03 29 40 50 67",
  },
  {
    path: "/spip.php?article121",
    title: "Accueillir un berger",
    purpose: "Remettre des troupeaux sur les chaumes et les coteaux pour entretenir les paysages ouverts.",
    beneficiaries: ["les éleveurs", "les communes propriétaires de pâturages"],
    conditions: "Signer une convention de pâturage de trois ans avec le Parc.",
    amount: "Aide de 2 500 € par an pour les clôtures et l'abreuvement.",
    contact: "Lucile Vantard, chargée de mission agriculture",
    phone: "03 29 40 50 61",
  },
];

function page(title: string, main: string): string {
  return `<!DOCTYPE html><html class="page_article ltr fr no-js" lang="fr" dir="ltr"><head><meta charset="utf-8"><title>${title} - Parc naturel régional des Hautes Chaumes</title><meta name="generator" content="SPIP 4.2.9"><link rel="alternate" type="application/rss+xml" title="Syndiquer tout le site" href="spip.php?page=backend"></head>
<body id="top" class="pas_surlignable page_article"><div class="page"><div class="header" role="banner"><div class="accueil"><a rel="start home" href="/" title="Accueil"><span id="nom_site_spip" class="site_nom">Parc naturel régional des Hautes Chaumes</span></a></div></div>
<div class="nav clearfix" id="nav" role="navigation"><ul><li class="nav-item"><a href="spip.php?rubrique1">Découvrir le Parc</a></li><li class="nav-item"><a href="spip.php?rubrique2">Vivre au Parc</a></li><li class="nav-item on"><a href="spip.php?rubrique7">Nos aides</a></li><li class="nav-item"><a href="spip.php?rubrique9">Venir au Parc</a></li></ul></div>
<div class="main" role="main"><div class="wrapper clearfix"><div class="content" id="content"><nav class="arbo"><a href="/">Accueil</a><span class="divider"> &gt; </span><a href="spip.php?rubrique2">Vivre au Parc</a><span class="divider"> &gt; </span><strong class="on">Nos aides</strong></nav>${main}</div>
<div class="aside secondary" role="complementary"><div class="menu-container"><div class="menu rubriques"><h2 class="h2">Dans la même rubrique</h2><ul class="menu-liste menu-items"><li class="menu-entree item"><a href="spip.php?rubrique21">Le conseil en énergie</a></li><li class="menu-entree item"><a href="spip.php?rubrique22">Les chantiers participatifs</a></li><li class="menu-entree item"><a href="spip.php?rubrique23">La marque Valeurs Parc</a></li></ul></div></div><div class="formulaire_spip formulaire_recherche"><form action="spip.php?page=recherche"><input name="recherche" type="search" placeholder="Rechercher"></form></div></div></div></div>
<div class="footer" role="contentinfo"><p class="colophon">Maison du Parc, 1 rue de l'Église – 03 29 40 00 00 – <a rel="contents" href="spip.php?page=plan">Plan du site</a> | <a rel="nofollow" href="spip.php?page=contact">Contact</a> | <a href="spip.php?article3">Mentions légales</a> | <a href="https://www.spip.net/">Site réalisé avec SPIP</a></p></div></div></body></html>`;
}

const item = ({ path, title, purpose }: ToldAid) =>
  `<li class="item hentry"><article class="entry article"><h3 class="h3 entry-title"><a href="${path.slice(1)}" rel="bookmark">${title}</a></h3><p class="info-publi publication">Publié le <time pubdate="pubdate" datetime="2026-09-14T10:00:00Z">14 septembre 2026</time> par <span class="auteurs">Équipe du Parc</span></p><div class="introduction entry-content">${purpose.slice(0, 60)} (…)</div></article></li>`;

function aidPage(
  { path, title, purpose, beneficiaries = "", conditions = "", amount = "", deadline, contact, phone }: ToldAid,
  at: number,
): string {
  const id = path.replace(/\D+/, "");
  const heading = (text: string) => (at % 2 === 0 ? `<h2 class="spip">${text}</h2>` : `<h3 class="spip">${text}</h3>`);
  return page(
    title,
    `<article><header class="cartouche"><h1 class="crayon article-titre-${id} entry-title h1">${title}</h1><p class="info-publi">Publié le <time datetime="2026-09-14T10:00:00Z">14 septembre 2026</time><span class="sep">, </span><span class="auteurs">par <span class="vcard author"><a class="url fn spip_in" href="spip.php?auteur2">Équipe du Parc</a></span></span></p></header>
<div class="main"><div class="crayon article-chapo-${id} chapo surlignable"><p>${purpose}</p></div><div class="crayon article-texte-${id} texte surlignable">
${heading("Qui est concerné&nbsp;?")}${block(beneficiaries, '<ul class="spip" role="list">')}
${heading("À quelles conditions&nbsp;?")}${block(conditions)}
${heading("Quelle aide&nbsp;?")}${block(amount)}
${deadline === undefined ? "" : `${heading("Jusqu'à quand&nbsp;?")}<p>Les demandes sont reçues jusqu'au ${deadline[0]}.</p>`}
${heading("À qui s'adresser&nbsp;?")}<p>${contact}<br class="autobr">Tél.&nbsp;: ${phone}</p>
</div></div><aside><div class="liste documents"><h2 class="h2" id="documents_joints">Documents joints</h2><ul class="liste-items"><li class="item"><a href="IMG/pdf/fiche_${id}.pdf" type="application/pdf">Formulaire de demande</a> <small class="info_document">PDF - 120.4 kio</small></li></ul></div></aside></article>`,
  );
}

/** A regional nature park on SPIP: a rubrique with its articles, and questions as headings. */
export const parkSpip: FirstSightSite = {
  id: "park-spip",
  list: "/spip.php?rubrique7",
  aids: aids.map((aid) => ({ ...aid, updated: "2026-09-14" })),
  listed: 4,
  noise: ["chantiers participatifs", "Équipe du Parc", "03 29 40 00 00", "Mentions légales", "Plan du site", "120.4 kio"],
  files: {
    "/spip.php?rubrique7": page(
      "Nos aides",
      `<section><div class="cartouche"><h1 class="crayon rubrique-titre-7 h1">Nos aides</h1></div><div class="main"><div class="crayon rubrique-texte-7 texte surlignable"><p>Le Parc aide les habitants, les communes et les agriculteurs à agir pour le territoire.</p></div></div><div class="liste articles"><h2 class="h2">Articles</h2><ul class="liste-items">${aids.map(item).join("\n")}</ul></div></section>`,
    ),
    ...Object.fromEntries(aids.map((aid, at) => [aid.path, aidPage(aid, at)])),
  },
};
