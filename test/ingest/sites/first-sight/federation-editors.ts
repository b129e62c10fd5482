import { block, type FirstSightSite, type ToldAid } from "./told-aid.ts";

interface EditedAid extends ToldAid {
  /** Headings of this page: each editor writes others. */
  readonly headings: { readonly who: string; readonly what: string; readonly much: string; readonly how: string };
}

const aids: readonly EditedAid[] = [
  {
    path: "/nos-soutiens/creation-en-milieu-rural",
    title: "Création en milieu rural",
    purpose: "La fédération soutient les compagnies qui créent un spectacle avec les habitants d'un village.",
    beneficiaries: "Compagnies professionnelles et associations culturelles",
    expenses: "Les résidences d'au moins dix jours, les ateliers et les représentations.",
    amount: "De 2 000 à 6 000 € par création",
    apply: "Envoyez une note d'intention et un budget.",
    email: "creation@federation-scenes.example",
    headings: { who: "Bénéficiaires", what: "Projets éligibles", much: "Montant de l'aide", how: "Comment candidater ?" },
  },
  {
    path: "/nos-soutiens/equiper-une-salle",
    title: "Équiper une salle",
    purpose: "Un parc de matériel et une aide à l'achat pour les salles des fêtes qui accueillent des spectacles.",
    beneficiaries: "Communes de moins de 5 000 habitants, associations gestionnaires de salles",
    expenses: "L'achat de projecteurs, de rideaux et de gradins.",
    amount: "50 % de la facture, plafonnés à 8 000 €",
    apply: "Remplissez le formulaire en ligne avec deux devis.",
    email: "salles@federation-scenes.example",
    headings: { who: "Pour qui ?", what: "Dépenses éligibles", much: "Montant de l'aide", how: "Démarche" },
  },
  {
    path: "/nos-soutiens/tournee-des-ecoles",
    title: "Tournée des écoles",
    purpose: "Faire tourner des spectacles courts dans les classes, suivis d'un échange avec les élèves.",
    beneficiaries: "Écoles primaires et collèges",
    expenses: "Le prix de cession des spectacles et le transport des artistes.",
    amount: "80 % du prix de cession",
    apply: "Inscrivez la classe avant les vacances de la Toussaint.",
    email: "ecoles@federation-scenes.example",
    headings: { who: "Qui peut en bénéficier ?", what: "Projets éligibles", much: "Montant", how: "Comment candidater ?" },
  },
  {
    path: "/nos-soutiens/former-les-benevoles",
    title: "Former les bénévoles",
    purpose: "Des formations gratuites à la technique, à la sécurité et à l'accueil du public.",
    beneficiaries: "Bénévoles des associations adhérentes",
    expenses: "Les frais de formation, de repas et d'hébergement.",
    amount: "Prise en charge complète, dans la limite de 600 € par personne",
    apply: "Écrivez à la chargée de formation.",
    email: "formation@federation-scenes.example",
    headings: { who: "Bénéficiaires", what: "Dépenses éligibles", much: "Montant de l'aide", how: "Démarche" },
  },
  {
    path: "/nos-soutiens/prix-du-premier-texte",
    title: "Prix du premier texte",
    purpose: "Faire connaître les auteurs dont aucune pièce n'a encore été jouée.",
    beneficiaries: "Auteurs francophones de plus de dix-huit ans",
    expenses: "La publication du texte et une lecture publique.",
    amount: "Un prix de 3 000 €",
    apply: "Déposez votre manuscrit sans nom d'auteur.",
    email: "prix@federation-scenes.example",
    headings: { who: "Qui peut candidater ?", what: "Projets éligibles", much: "Dotation", how: "Modalités de dépôt" },
  },
];

function page(title: string, main: string): string {
  return `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>${title} | Fédération des scènes</title></head><body>
<header class="top"><a href="/">Fédération des scènes</a><nav><ul><li><a href="/la-federation">La fédération</a></li><li><a href="/nos-soutiens">Nos soutiens</a></li><li><a href="/les-adherents">Les adhérents</a></li><li><a href="/agenda">Agenda</a></li></ul></nav></header>
<main>${main}<section class="news"><h2>Dernières nouvelles</h2><ul><li><a href="/actualites/assemblee">L'assemblée générale</a></li><li><a href="/actualites/rapport">Le rapport d'activité</a></li></ul></section></main>
<footer><p>Fédération des scènes – 05 61 00 00 00</p><a href="/mentions-legales">Mentions légales</a></footer></body></html>`;
}

function aidPage({ title, purpose, beneficiaries = "", expenses = "", amount = "", apply = "", email, headings }: EditedAid): string {
  return page(
    title,
    `<article class="soutien"><h1>${title}</h1><p class="intro">${purpose}</p><h2>${headings.who}</h2>${block(beneficiaries)}<h2>${headings.what}</h2>${block(expenses)}<h2>${headings.much}</h2>${block(amount)}<h2>${headings.how}</h2>${block(apply)}<h2>Contact</h2><p><a href="mailto:${email}">${email}</a></p></article>`,
  );
}

/** A federation whose editors write other headings on each page. */
export const federationEditors: FirstSightSite = {
  id: "federation-editors",
  list: "/nos-soutiens",
  aids,
  listed: 5,
  noise: ["Dernières nouvelles", "rapport d'activité", "05 61 00 00 00", "Mentions légales"],
  files: {
    "/nos-soutiens": page(
      "Nos soutiens",
      `<h1>Nos soutiens</h1><ul class="soutiens">${aids.map(({ path, title }) => `<li><a href="${path}"><strong>${title}</strong></a></li>`).join("")}</ul>`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
