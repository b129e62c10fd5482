import { french } from "../../../../french/typography.ts";
import type { GuidePage } from "../guide-page.ts";

/** How to write dates. */
export const datesPage: GuidePage = {
  path: "dates",
  title: "Des dates qui se lisent",
  shortTitle: "Les dates",
  lead: french`Une date mal lue fait disparaître une aide encore ouverte, ou en montre une qui est close. C'est ce qui casse le plus souvent.`,
  sections: [
    {
      title: french`Une seule écriture, partout`,
      says: [french`Année, mois, jour : 2027-03-31. Ou jour, mois, année : 31/03/2027. Choisissez, et ne changez plus.`],
      examples: [
        { good: "2027-03-31", bad: "31/02/2027", why: french`Ce jour n'existe pas : la date est laissée vide.` },
        { good: "2027-03-05", bad: "5/3/27", why: french`5 mars, ou 3 mai ? 1927, ou 2027 ?` },
        {
          good: "2027-03-31",
          bad: french`fin mars 2027, bientôt, toute l'année`,
          why: french`Du texte n'est pas une date. Dites-le dans la description.`,
        },
        { good: "2027-03-31", bad: "2027-03- 31", why: french`Un espace de trop, et le tableur n'y voit plus une date.` },
        {
          good: french`31/03/2027 dans toute la colonne`,
          bad: french`31/03/2027 ici, 03-31-2027 plus bas`,
          why: french`On ne sait plus lequel est le jour.`,
        },
        {
          good: french`(case vide)`,
          bad: french`00/00/0000 ou 31/12/9999`,
          why: french`Une aide sans date limite a une case vide, et se dit permanente.`,
        },
      ],
    },
    {
      title: french`La bonne date au bon endroit`,
      says: [
        french`La date d'ouverture est le premier jour pour candidater, la date de clôture le dernier. La date de publication de la page n'est ni l'une ni l'autre.`,
      ],
      examples: [
        {
          good: french`Ouverture 2027-01-15, clôture 2027-06-30`,
          bad: french`Ouverture 2027-01-15, clôture 2026-06-30`,
          why: french`L'aide se termine avant d'avoir commencé : l'année n'a pas été mise à jour.`,
        },
        {
          good: french`Récurrence : « Récurrente », clôture 2027-06-30`,
          bad: french`Récurrence : « Permanente », clôture 2027-06-30`,
          why: french`Permanente, ou close en juin ? Une aide qui revient chaque année est récurrente.`,
        },
      ],
    },
  ],
};
