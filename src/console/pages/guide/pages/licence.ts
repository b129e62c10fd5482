import { french } from "../../../../french/typography.ts";
import type { GuidePage } from "../guide-page.ts";

/** How the data may be reused. */
export const licencePage: GuidePage = {
  path: "licence",
  title: "La licence",
  shortTitle: "La licence",
  lead: french`Elle dit à chacun ce qu'il peut faire de vos données. Sans elle, personne n'ose les reprendre, et nous ne pouvons pas les redonner.`,
  sections: [
    {
      title: french`Le plus simple : la Licence ouverte 2.0`,
      says: [
        french`Conçue par Etalab pour les administrations, elle permet à tous de réutiliser vos aides, à une condition : dire d'où elles viennent, et de quand elles datent.`,
      ],
      examples: [
        {
          good: french`« Licence ouverte 2.0 », sur la page où se trouve le fichier`,
          bad: french`« Tous droits réservés », repris du bas de page du site`,
          why: french`Cette mention vaut pour le site ; vos aides sont des informations publiques.`,
        },
        {
          good: french`Une licence qui a un nom : Licence ouverte 2.0, ODbL`,
          bad: french`« Données libres de droits, nous consulter »`,
          why: french`On ne sait ni ce qui est permis, ni pour combien de temps.`,
        },
      ],
      links: [{ label: french`Le texte de la Licence ouverte 2.0`, href: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/" }],
    },
    {
      title: french`D'autres licences`,
      says: [],
      table: {
        caption: french`Licences que nous savons reprendre`,
        head: ["Licence", "Ce qu’elle demande"],
        rows: [
          [french`Licence ouverte 2.0`, french`Citer la source et la date.`],
          [french`ODbL 1.0`, french`Citer la source, et garder la même licence pour une base qui en est tirée.`],
          [french`Creative Commons Attribution 4.0`, french`Citer l'auteur, et dire ce qui a été changé.`],
          [french`Accord particulier`, french`Écrivez-nous : nous gardons ce qui a été convenu, et avec qui.`],
        ],
      },
    },
  ],
};
