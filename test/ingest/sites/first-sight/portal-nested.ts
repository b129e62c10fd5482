import { block, type FirstSightSite, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/aides/8812-soutien-aux-scieries",
    title: "Soutien aux scieries",
    purpose: "Aider les scieries à moderniser leurs chaînes de sciage et à mieux valoriser le bois local.",
    beneficiaries: "Les scieries de moins de 250 salariés implantées dans le massif.",
    conditions: "L'entreprise est à jour de ses cotisations et n'est pas en procédure collective.",
    expenses: ["Lignes de sciage", "Séchoirs et équipements de rabotage"],
    amount: "L'aide est une subvention de 30 % au plus, dans la limite de 150 000 €.",
    apply: "Le dossier est déposé avant tout commencement des travaux.",
    contact: "Comité du bois",
    phone: "03 83 10 20 31",
  },
  {
    path: "/aides/8815-investissement-des-brasseries",
    title: "Investissement des brasseries",
    purpose: "Accompagner l'installation et l'agrandissement des brasseries qui achètent leur orge dans la région.",
    beneficiaries: "Les brasseries artisanales qui produisent moins de 10 000 hectolitres par an.",
    conditions: "La moitié de l'orge provient d'exploitations situées à moins de 150 kilomètres.",
    expenses: ["Cuves et salle de brassage", "Ligne d'embouteillage"],
    amount: "L'aide est un prêt à taux zéro de 20 000 à 80 000 €.",
    apply: "La demande se fait auprès de la plateforme d'initiative locale.",
    contact: "Réseau des artisans du goût",
    phone: "03 83 10 20 36",
  },
  {
    path: "/aides/8820-numerisation-des-archives",
    title: "Numérisation des archives d'entreprise",
    purpose: "Conserver et ouvrir au public la mémoire des mines, des filatures et des faïenceries.",
    beneficiaries: "Les entreprises et les associations qui détiennent des archives de plus de cinquante ans.",
    conditions: "Les documents numérisés sont mis en ligne gratuitement.",
    expenses: ["Numérisation par un prestataire", "Restauration des documents abîmés"],
    amount: "L'aide couvre 60 % des dépenses, jusqu'à 12 000 €.",
    apply: "Un rendez-vous avec l'archiviste précède le dépôt.",
    contact: "Mission mémoire industrielle",
    phone: "03 83 10 20 39",
  },
];

function page(title: string, main: string): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${title} – Le portail des aides</title></head><body>
<header><button class="burger" aria-controls="menu" aria-expanded="false">Menu</button><div id="menu"><a href="/">Accueil</a><a href="/aides">Toutes les aides</a><a href="/qui-sommes-nous">Qui sommes-nous ?</a></div></header>
<div role="main" class="contenu">${main}</div>
<div class="bandeau"><h2>Besoin d'aide ?</h2><p>Nos conseillers répondent au 03 83 00 00 00.</p></div>
<footer><a href="/cgu">Conditions d'utilisation</a><a href="/mentions-legales">Mentions légales</a></footer></body></html>`;
}

function aidPage({
  title,
  purpose,
  beneficiaries = "",
  conditions = "",
  expenses = "",
  amount = "",
  apply = "",
  contact,
  phone,
}: ToldAid): string {
  return page(
    title,
    `<div class="entete"><span class="financeur">Région des Trois Rivières</span><h1>${title}</h1><a class="favori" href="/compte/favoris">Ajouter aux favoris</a></div>
<div class="bloc"><h2>Présentation du dispositif</h2><p>${purpose}</p></div>
<div class="bloc"><h2>Conditions d'attribution</h2><h3>À qui s'adresse le dispositif ?</h3><h4>Entreprises éligibles</h4>${block(beneficiaries)}<h4>Critères d'éligibilité</h4>${block(conditions)}<h3>Pour quel projet ?</h3><h4>Dépenses concernées</h4>${block(expenses)}</div>
<div class="bloc"><h2>Montant de l'aide</h2><h3>De quel type d'aide s'agit-il ?</h3>${block(amount)}</div>
<div class="bloc"><h2>Informations pratiques</h2><h3>Quelle démarche suivre ?</h3><h4>Auprès de quel organisme</h4>${block(apply)}</div>
<div class="bloc"><h2>Organisme</h2><div class="vcard"><strong>${contact}</strong><br>Téléphone : ${phone}</div></div>
<div class="bloc"><h2>Aides similaires</h2><div class="carte"><a href="${aids[0]?.path}"><h3>${aids[0]?.title}</h3><p>Voir cette aide</p></a></div><div class="carte"><a href="${aids[1]?.path}"><h3>${aids[1]?.title}</h3><p>Voir cette aide</p></a></div></div>`,
  );
}

/** A portal with three levels of headings, some of them without text of their own, and similar aids below. */
export const portalNested: FirstSightSite = {
  id: "portal-nested",
  list: "/aides",
  aids,
  listed: 3,
  noise: ["Ajouter aux favoris", "Besoin d'aide", "03 83 00 00 00", "Voir cette aide", "Mentions légales"],
  files: {
    "/aides": page(
      "Toutes les aides",
      `<h1>Toutes les aides</h1><p>3 aides</p><div class="resultats">${aids.map(({ path, title, purpose }) => `<div class="resultat"><div class="resultat__tete"><span class="pastille">Région</span><a href="${path}">${title}</a></div><p>${purpose}</p><a class="plus" href="${path}">Voir l'aide</a></div>`).join("\n")}</div>`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
