import { type FirstSightSite, inline, type ToldAid } from "./told-aid.ts";

const aids: readonly ToldAid[] = [
  {
    path: "/pages/aide-cantine.asp",
    title: "Aide à la cantine",
    purpose: "La ville prend en charge une partie du prix des repas des enfants scolarisés dans ses écoles.",
    beneficiaries: "Familles dont le quotient familial est inférieur à 900 €",
    conditions: "L'enfant est inscrit à la cantine au moins deux jours par semaine.",
    amount: "De 1 à 3 € par repas",
    contact: "Service scolaire, 2e étage de la mairie",
    phone: "01 39 20 30 41",
  },
  {
    path: "/pages/aide-bafa.asp",
    title: "Coup de pouce Bafa",
    purpose: "La ville finance la formation des jeunes qui encadrent ensuite les enfants dans ses centres de loisirs.",
    beneficiaries: "Jeunes de 16 à 25 ans habitant la ville depuis un an",
    conditions: "Travailler quatre semaines dans un centre de loisirs de la ville.",
    amount: "350 € versés à l'organisme de formation",
    deadline: ["30 avril 2027", "2027-04-30"],
    contact: "Point information jeunesse",
    phone: "01 39 20 30 47",
  },
  {
    path: "/pages/aide-boutiques.asp",
    title: "Rénovation des devantures",
    purpose: "La ville aide les commerçants à rénover les vitrines, les enseignes et les stores du centre.",
    beneficiaries: "Commerçants et artisans du centre-ville",
    conditions: "Les travaux respectent la charte des devantures.",
    amount: "40 % des travaux, plafonnés à 5 000 €",
    contact: "Manager de centre-ville",
    phone: "01 39 20 30 52",
  },
  {
    path: "/pages/aide-velos.asp",
    title: "Prime vélo cargo",
    purpose: "La ville encourage les familles et les livreurs à transporter enfants et marchandises à vélo.",
    beneficiaries: "Habitants et entreprises de la ville",
    conditions: "Le vélo est acheté chez un vélociste de l'agglomération.",
    amount: "400 € par vélo",
    deadline: ["31 décembre 2026", "2026-12-31"],
    contact: "Mission vélo",
    phone: "01 39 20 30 58",
  },
];

function page(title: string, content: string): string {
  return `<html><head><meta charset="utf-8"><title>Ville de Boisjoli - ${title}</title></head><body bgcolor="#ffffff">
<table width="960" align="center" cellpadding="0" cellspacing="0"><tr><td colspan="3"><img src="/images/bandeau.jpg" alt="Ville de Boisjoli"></td></tr>
<tr valign="top"><td width="180" class="menu"><a href="/pages/mairie.asp">La mairie</a><br><a href="/pages/ecoles.asp">Les écoles</a><br><a href="/pages/aides.asp">Les aides</a><br><a href="/pages/sorties.asp">Les sorties</a><br><a href="/pages/plan.asp">Plan de la ville</a></td>
<td width="600" class="texte"><span class="titre">${title}</span><br><br>${content}</td>
<td width="180" class="droite"><b>En ce moment</b><br><a href="/pages/voeux.asp">Les vœux du maire</a><br><a href="/pages/travaux.asp">Travaux rue Haute</a></td></tr>
<tr><td colspan="3" class="bas">Mairie de Boisjoli - Place du Marché - 01 39 20 00 00 - <a href="/pages/mentions.asp">Mentions légales</a></td></tr></table></body></html>`;
}

function aidPage({ title, purpose, beneficiaries = "", conditions = "", amount = "", deadline, contact, phone }: ToldAid): string {
  const parts: readonly (readonly [string, string])[] = [
    ["BÉNÉFICIAIRES", inline(beneficiaries)],
    ["CONDITIONS", inline(conditions)],
    ["MONTANT DE L'AIDE", inline(amount)],
    ...(deadline === undefined ? [] : [["DATE LIMITE", deadline[0]] as const]),
    ["CONTACT", `${contact}<br>${phone}`],
  ];
  return page(
    title,
    `${purpose}<br><br>${parts.map(([label, value]) => `<b>${label}</b><br>${value}<br><br>`).join("\n")}<a href="/pages/aides.asp">Retour à la liste des aides</a>`,
  );
}

/** An old site of a town: tables for the layout, titles that are no headings, and sections of bold words and line breaks. */
export const townLineBreaks: FirstSightSite = {
  id: "town-line-breaks",
  list: "/pages/aides.asp",
  aids,
  listed: 4,
  noise: ["En ce moment", "Travaux rue Haute", "01 39 20 00 00", "Mentions légales", "Retour à la liste"],
  files: {
    "/pages/aides.asp": page(
      "Les aides de la ville",
      `Voici les aides que la ville propose à ses habitants.<br><br>${aids.map(({ path, title, purpose }) => `<img src="/images/puce.gif" alt=""> <a href="${path}">${title}</a> : ${purpose.slice(0, 40)}...<br>`).join("\n")}`,
    ),
    ...Object.fromEntries(aids.map((aid) => [aid.path, aidPage(aid)])),
  },
};
