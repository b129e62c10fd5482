import { french } from "../../../../french/typography.ts";
import type { GuidePage } from "../guide-page.ts";

/** The template, and the layout of a file. */
export const templatePage: GuidePage = {
  path: "modele",
  title: "Le modèle à remplir",
  shortTitle: "Le modèle à remplir",
  lead: french`Une ligne par aide, une information par colonne. Les mots des listes sont reconnus sans qu'il y ait rien à traduire.`,
  sections: [
    {
      title: french`Télécharger le modèle`,
      says: [
        french`Le classeur Excel propose les mots dans des listes déroulantes ; le CSV a les mêmes colonnes, pour qui exporte d'un logiciel. La ligne d'exemple, sous les titres, n'est pas lue.`,
      ],
      links: [
        { label: french`Modèle pour Excel et LibreOffice (.xlsx)`, href: "/modeles/aides.xlsx", isFile: true },
        { label: french`Modèle en CSV`, href: "/modeles/aides.csv", isFile: true },
      ],
    },
    {
      title: french`Un tableau, rien qu'un tableau`,
      says: [french`Ce qui se lit bien à l'œil n'est pas toujours ce qu'une machine sait lire.`],
      examples: [
        {
          good: french`Les titres des colonnes, une fois, en tête.`,
          bad: french`Un logo, un titre de page, puis les titres des colonnes répétés à chaque rubrique.`,
          why: french`Les lignes répétées passent pour des aides sans identifiant.`,
        },
        {
          good: french`Une case par information, même vide.`,
          bad: french`Des cases fusionnées pour les aides d'un même service.`,
          why: french`Seule la première aide garde l'information.`,
        },
        {
          good: french`"Études ; travaux" : le texte est entre guillemets droits.`,
          bad: french`Études ; travaux`,
          why: french`En CSV, le point-virgule coupe le texte en deux : toute la ligne est décalée, et perdue.`,
        },
        {
          good: french`Une case vide quand il n'y a rien à dire.`,
          bad: french`« à définir », « xxx », « néant », « - »`,
          why: french`Ces mots sont montrés tels quels aux collectivités.`,
        },
        {
          good: french`La valeur : 50000`,
          bad: french`Une formule qui donne #REF! ou #N/A`,
          why: french`L'erreur est tout ce qui reste de l'information.`,
        },
      ],
    },
    {
      title: french`Les accents`,
      says: [french`Enregistrez le fichier en UTF-8 : dans Excel, « Enregistrer sous », puis « CSV UTF-8 (délimité par des virgules) ».`],
      examples: [
        {
          good: french`Rénovation énergétique`,
          bad: french`RÃ©novation Ã©nergÃ©tique`,
          why: french`Le fichier a été enregistré dans un codage, et rouvert dans un autre.`,
        },
      ],
    },
  ],
};
