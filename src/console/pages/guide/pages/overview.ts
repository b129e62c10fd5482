import { french } from "../../../../french/typography.ts";
import type { GuidePage } from "../guide-page.ts";

/** Where to start. */
export const overview: GuidePage = {
  path: "",
  title: "Publier ses aides",
  shortTitle: "Par où commencer",
  lead: french`Vos aides existent ; encore faut-il que les collectivités les trouvent. Un fichier simple, bien tenu, suffit : pas besoin de logiciel, ni d'informaticien.`,
  sections: [
    {
      title: french`En cinq étapes`,
      says: [],
      list: [
        french`Remplissez le modèle, ou exportez ce que vous avez déjà : un tableau avec une ligne par aide.`,
        french`Donnez à chaque aide un identifiant qui ne change jamais.`,
        french`Écrivez les dates, les liens et les territoires d'une seule façon.`,
        french`Choisissez une licence, et dites qui peut répondre aux questions.`,
        french`Vérifiez le fichier, puis mettez-le à une adresse qui ne bouge pas.`,
      ],
      links: [
        { label: french`Prendre le modèle`, href: "/publier-ses-aides/modele" },
        { label: french`Vérifier mon fichier`, href: "/verifier" },
      ],
    },
    {
      title: french`Ce que chaque aide doit dire`,
      says: [french`Sans ces informations, une aide ne se trouve pas, ou ne sert à personne :`],
      list: [
        french`un titre court, qui commence par un verbe : « Rénover les écoles communales » ;`,
        french`une description : à quoi elle sert, ce qu'elle finance ;`,
        french`à qui elle s'adresse : communes, intercommunalités, associations, entreprises… ;`,
        french`ce qu'elle apporte : subvention, prêt, accompagnement… ;`,
        french`ses thématiques : eau, école, mobilité… ;`,
        french`le territoire où elle vaut ;`,
        french`la date limite pour candidater, si elle en a une ;`,
        french`le lien vers sa page sur votre site, et le service à qui s'adresser.`,
      ],
    },
    {
      title: french`Un fichier qui se met à jour tout seul`,
      says: [
        french`Nous relisons votre fichier régulièrement, à la même adresse. Ce que vous corrigez à la source est corrigé chez nous à la lecture suivante : rien d'autre n'est à faire.`,
      ],
      examples: [
        {
          good: french`Remplacer le fichier à la même adresse : https://www.departement.example/aides.csv`,
          bad: french`Publier chaque mois un fichier à une nouvelle adresse : …/aides-mars-v2.csv`,
          why: french`L'ancienne adresse ne répond plus, et vos aides vieillissent sans que personne le voie.`,
        },
        {
          good: french`Retirer du fichier une aide qui n'existe plus.`,
          bad: french`La laisser, avec « TERMINÉE » dans son titre.`,
          why: french`Elle reste proposée aux collectivités.`,
        },
        {
          good: french`Garder les mêmes titres de colonnes d'un mois à l'autre.`,
          bad: french`Renommer « date_fin » en « Date de clôture (nouveau) ».`,
          why: french`La colonne n'est plus reconnue : toutes les dates manquent d'un coup.`,
        },
      ],
    },
  ],
};
