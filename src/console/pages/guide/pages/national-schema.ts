import { french } from "../../../../french/typography.ts";
import type { DispositifAideRow } from "../../../../publish/exports/dispositif-aide-schema.ts";
import type { GuidePage } from "../guide-page.ts";

/** An aid in the national schema; a test validates it. */
export const exampleRow: DispositifAideRow = {
  id: "3f2b9c1e-5d0a-4c7e-9a61-2f8d7b640c15",
  titre: "Rénover les écoles communales",
  promesse: "Jusqu’à 40 % des travaux de rénovation énergétique",
  description: "Le département aide les communes à rénover leurs écoles.",
  eligibilite: "Communes de moins de 3 500 habitants.",
  types_aides: "financement",
  porteurs: '[{"nom":"Département d’Exemple","siren":null,"roles":["financeur","instructeur"]}]',
  programmes_parents: "",
  url_source: "https://departement.example/aides/ecoles",
  cibles: "secteur public",
  eligibilite_geographique: "DEP-26",
  eligibilite_geographique_exclusions: "",
  date_ouverture: "2027-01-14T23:00:00Z",
  date_cloture: "2027-06-29T22:00:00Z",
  date_mise_a_jour: "2026-11-01T23:00:00Z",
};

const says: Readonly<Record<keyof DispositifAideRow, string>> = {
  id: french`Un UUID, qui ne change jamais.`,
  titre: french`Obligatoire.`,
  promesse: french`L'aide en une phrase, 180 caractères au plus.`,
  description: french`Obligatoire. En Markdown, ${5000} caractères au plus.`,
  eligibilite: french`Obligatoire. Qui et quoi peut être aidé.`,
  types_aides: french`Obligatoire. Plusieurs se séparent par une barre droite : financement|prêt.`,
  porteurs: french`Obligatoire. Qui finance et qui instruit, en JSON.`,
  programmes_parents: french`Les programmes dont elle fait partie.`,
  url_source: french`La page de l'aide ; commence par http.`,
  cibles: french`Obligatoire. Parmi : professionnels, particuliers, associations, secteur public.`,
  eligibilite_geographique: french`Obligatoire. Échelle et code de l'Insee : COM-26362, DEP-26, REG-84…`,
  eligibilite_geographique_exclusions: french`Où elle ne vaut pas, écrit de même.`,
  date_ouverture: french`Un instant : minuit à Paris, écrit en temps universel.`,
  date_cloture: french`De même.`,
  date_mise_a_jour: french`Obligatoire. Quand la fiche a été relue.`,
};

/** The national schema, by example. */
export const nationalSchemaPage: GuidePage = {
  path: "schema-national",
  title: "Le schéma national, par l’exemple",
  shortTitle: "Le schéma national",
  lead: french`Un même fichier pour tous ceux qui reprennent des aides : si vous partez de rien avec un informaticien, partez de là. Sinon, le modèle suffit.`,
  sections: [
    {
      title: french`Une aide, colonne par colonne`,
      says: [french`Le schéma « dispositif-aide », version 0.2.0, a quinze colonnes. Voici une aide qui y est conforme :`],
      table: {
        caption: french`Une aide au format du schéma national`,
        head: ["Colonne", "Exemple", "Ce qu’on y met"],
        rows: Object.entries(exampleRow).map(([column, value]) => [
          column,
          value === "" ? french`(case vide)` : value,
          says[column as keyof DispositifAideRow],
        ]),
      },
      links: [{ label: french`Le schéma et sa documentation`, href: "https://github.com/etalab/schema-dispositif-aide" }],
    },
    {
      title: french`Ce qui y trompe le plus`,
      says: [],
      examples: [
        {
          good: "2027-06-29T22:00:00Z",
          bad: "2027-06-30T00:00:00Z",
          why: french`En été, minuit à Paris est 22 heures la veille en temps universel : le second dit deux heures du matin.`,
        },
        {
          good: "DEP-26",
          bad: "26",
          why: french`Sans échelle, 26 ne dit pas si c'est un département.`,
        },
        {
          good: french`secteur public`,
          bad: french`communes`,
          why: french`Le schéma n'a que quatre sortes de publics ; dites le détail dans l'éligibilité.`,
        },
        {
          good: "financement|prêt",
          bad: french`financement, prêt`,
          why: french`Seule la barre droite sépare.`,
        },
      ],
    },
  ],
};
