import { type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/programme.php?id=11",
    title: "Musique à l'hôpital",
    purpose: "Soutenir les musiciens qui interviennent auprès des patients, dans les services de soins et les maisons de retraite.",
    beneficiaries: "Associations loi 1901, hôpitaux publics",
    conditions: "Le projet dure au moins six mois et réunit un soignant et un artiste.",
    amount: "entre 3 000 et 10 000 € par projet",
    deadline: ["vendredi 29 janvier 2027", "2027-01-29"],
    contact: "Mme Odile Perrachon",
    email: "musique@fondation-tilleul.example",
    apply: "Le dossier est à télécharger puis à envoyer en un seul fichier PDF.",
  },
  {
    path: "/programme.php?id=12",
    title: "Jardins partagés",
    purpose: "Créer ou agrandir des jardins cultivés ensemble par les habitants d'un quartier, d'un foyer ou d'une école.",
    beneficiaries: "Associations, centres sociaux, écoles",
    conditions: "Le terrain est mis à disposition pour trois ans au moins.",
    amount: "jusqu'à 5 000 € pour l'équipement",
    deadline: ["lundi 1er mars 2027", "2027-03-01"],
    contact: "M. Basile Oudinot",
    email: "jardins@fondation-tilleul.example",
    apply: "Écrivez-nous une lettre de deux pages qui présente le projet et son budget.",
  },
  {
    path: "/programme.php?id=15",
    title: "Lire en prison",
    purpose: "Faire entrer les livres et les auteurs en détention, et former les personnes qui animent les bibliothèques.",
    beneficiaries: "Associations culturelles, bibliothèques",
    conditions: "L'accord de l'établissement pénitentiaire est joint au dossier.",
    amount: "8 000 € au plus",
    contact: "Mme Odile Perrachon",
    email: "lire@fondation-tilleul.example",
    apply: "Les demandes se font toute l'année, par courriel.",
  },
  {
    path: "/programme.php?id=18",
    title: "Répit des aidants",
    purpose: "Offrir du temps aux proches de personnes malades ou handicapées : séjours, relais à domicile, groupes de parole.",
    beneficiaries: "Associations et établissements médico-sociaux à but non lucratif",
    conditions: "Les familles participent à la construction du projet.",
    amount: "de 5 000 à 20 000 €, sur un ou deux ans",
    deadline: ["mercredi 14 avril 2027", "2027-04-14"],
    contact: "M. Basile Oudinot",
    email: "aidants@fondation-tilleul.example",
    apply: "Inscrivez-vous sur la plateforme de la fondation et remplissez le questionnaire.",
  },
  {
    path: "/programme.php?id=21",
    title: "Ateliers de réemploi",
    purpose: "Donner une seconde vie aux objets et un métier à ceux qui les réparent.",
    beneficiaries: "Structures d'insertion, ressourceries, associations",
    conditions: "La structure emploie au moins une personne en insertion.",
    amount: "jusqu'à 15 000 € d'investissement",
    deadline: ["vendredi 21 mai 2027", "2027-05-21"],
    contact: "Mme Odile Perrachon",
    email: "reemploi@fondation-tilleul.example",
    apply: "Le dossier est à télécharger puis à envoyer en un seul fichier PDF.",
  },
];

function page(title: string, main: string): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Fondation du Tilleul : ${title}</title><link rel="stylesheet" href="style.css"></head>
<body><div id="haut"><a href="index.php"><img src="images/logo.gif" alt="Fondation du Tilleul"></a>
<ul id="menu"><li><a href="index.php">La fondation</a></li><li><a href="programmes.php">Nos programmes</a></li><li><a href="laureats.php">Les lauréats</a></li><li><a href="don.php">Faire un don</a></li><li><a href="contact.php">Nous écrire</a></li></ul></div>
<div id="corps"><div id="gauche">${main}</div>
<div id="droite"><div class="boite"><h4>Ils nous soutiennent</h4><p>Banque des Deux Rives, Mutuelle de l'Orme</p></div><div class="boite"><h4>Lauréats 2025</h4><p><a href="laureat.php?id=3">La Fanfare du CHU</a></p><p><a href="laureat.php?id=4">Le Potager des Moulins</a></p><p><a href="laureat.php?id=5">Mots passants</a></p></div></div></div>
<div id="bas">Fondation du Tilleul, reconnue d'utilité publique – 8 allée des Tilleuls, 69000 Lyon – 04 78 00 00 00 – <a href="mentions.php">Mentions légales</a></div></body></html>`;
}

const entry = ({ path, title, purpose }: ToldAid) =>
  `<div class="programme"><img src="images/p${path.slice(-2)}.jpg" alt="" align="left"><h2>${title}</h2><p>${purpose.slice(0, 64)}… <a href="${path.slice(1)}">lire la suite</a></p></div>`;

function aidPage({ title, purpose, beneficiaries = "", conditions = "", amount, deadline, contact, email, apply }: ToldAid): string {
  return page(
    title,
    `<p class="chemin"><a href="index.php">Accueil</a> &gt; <a href="programmes.php">Nos programmes</a> &gt; ${title}</p><h1>${title}</h1>
<dl class="fiche"><dt>Objet du programme</dt><dd>${purpose}</dd><dt>Structures concernées</dt><dd>${inline(beneficiaries)}</dd><dt>Critères de sélection</dt><dd>${inline(conditions)}</dd><dt>Dotation</dt><dd>${amount}</dd>
${deadline === undefined ? "" : `<dt>Clôture des candidatures</dt><dd>${deadline[0]}</dd>`}
<dt>Comment candidater</dt><dd>${apply}</dd><dt>Renseignements</dt><dd>${contact}<br><a href="mailto:${email}">${email}</a></dd></dl>
<p class="outils"><a href="javascript:window.print()">Imprimer</a> | <a href="ami.php">Envoyer à un ami</a></p>`,
  );
}

/** A foundation made by hand: no headings but a list of definitions, relative addresses with an id, and titles outside of the links. */
export const foundationByHand: FirstSightSite = {
  id: "foundation-by-hand",
  list: "/programmes.php",
  aids,
  listed: 5,
  noise: ["Ils nous soutiennent", "Fanfare du CHU", "04 78 00 00 00", "Mentions légales", "Envoyer à un ami", "lire la suite"],
  files: {
    "/programmes.php": page(
      "nos programmes",
      `<h1>Nos programmes</h1><p>La fondation soutient des projets dans cinq domaines.</p>${aids.map(entry).join("\n")}`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
