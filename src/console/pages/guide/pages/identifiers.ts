import { french } from "../../../../french/typography.ts";
import type { GuidePage } from "../guide-page.ts";

/** How aids are identified. */
export const identifiersPage: GuidePage = {
  path: "identifiant",
  title: "Un identifiant qui ne change jamais",
  shortTitle: "L’identifiant",
  lead: french`C'est à lui que l'on reconnaît une aide d'une lecture à l'autre. S'il change, la même aide apparaît deux fois, et les corrections faites sur la première sont perdues.`,
  sections: [
    {
      title: french`Comment le choisir`,
      says: [french`Un code court, propre à l'aide, qui ne dit rien de ce qui peut changer :`],
      list: [
        french`il ne sert qu'une fois : celui d'une aide supprimée n'est pas redonné ;`,
        french`il reste le même quand le titre, la date ou la page de l'aide changent ;`,
        french`il se garde quand vous changez de logiciel ou de site.`,
      ],
      examples: [
        {
          good: "AIDE-2027-014",
          bad: french`(case vide)`,
          why: french`Une aide sans identifiant ne peut pas être reprise.`,
        },
        {
          good: french`AIDE-2027-014 et AIDE-2027-015`,
          bad: french`AIDE-2027 pour deux aides`,
          why: french`Seule la première est reprise : la seconde passe pour sa copie.`,
        },
        {
          good: "D26-ECOLES",
          bad: french`1, 2, 3… le numéro de la ligne`,
          why: french`Une aide ajoutée au milieu change tous les numéros suivants.`,
        },
        {
          good: "D26-ECOLES",
          bad: french`« Rénover les écoles communales », le titre`,
          why: french`Un titre corrigé, et c'est une autre aide.`,
        },
        {
          good: "D26-ECOLES",
          bad: "https://www.departement.example/aides/2024/ecoles",
          why: french`Une page déplacée, et c'est une autre aide.`,
        },
        {
          good: french`00123, en texte`,
          bad: french`123, parce que le tableur a retiré les zéros`,
          why: french`00123 et 123 sont deux identifiants différents. Mettez la colonne au format « Texte ».`,
        },
      ],
    },
    {
      title: french`Vous n'avez pas d'identifiant ?`,
      says: [
        french`Ajoutez une colonne, numérotez une fois pour toutes, et gardez-la. Le modèle a cette colonne ; il suffit d'écrire un code par ligne et de ne plus y toucher.`,
      ],
      links: [{ label: french`Le modèle à remplir`, href: "/publier-ses-aides/modele" }],
    },
  ],
};
