import { z } from "zod";
import { confirmableBases } from "../../../model/aid/reuse-basis.ts";
import { slugsOf } from "../../../model/vocabularies.ts";

const text = z.string();
const html = text.nullable();
const line = text.nullable();
const texts = z.array(text);
const date = z.iso.date().nullable();
const yesNo = z.boolean().nullable();
const instant = z.iso.datetime();
const number = z.number().nullable();

const Organisation = z.object({
  id: number.describe("Numéro, pour backer_ids ; null pour une personne."),
  slug: text,
  name: text,
  logo: line.describe("Adresse d’une image, si le porteur en a une."),
  siren: text.nullable().describe("Neuf chiffres."),
});
const Territory = z.object({
  id: z.int().describe("Numéro, pour perimeter_id."),
  scale: text.describe("Échelle, en français."),
  code: text,
  ref: text.describe("Échelle et code, pour perimeter_codes : department:26, basin:05…"),
  name: text,
  insee_code: text.nullable().describe("DEP-26, REG-53, COM-26362, EPCI-200000172…"),
});
const Group = z.object({ id: z.int(), slug: text, name: text });
const AidType = z.object({ id: z.int(), slug: text, name: text, group: Group.nullable() });

/**
 * An aid as the API returns it: names of Aides-territoires' API, and ours (`openDataRecord`). Readers of the document see the descriptions.
 */
export const AidRecord = z.object({
  id: z.int().positive().describe("Numéro, donné une fois pour toutes."),
  aid_id: z.uuid().describe("Identifiant permanent (UUID)."),
  external_id: text.describe("Identifiant chez le producteur."),
  slug: text.describe("Nom dans les adresses ; il suit le titre, et les anciens mènent toujours à l’aide."),
  url: text,
  name: text,
  name_initial: line.describe("Titre du producteur, tel quel."),
  short_title: line.describe("Nom du programme ou de l’appel."),
  financers: texts,
  financers_full: z.array(Organisation),
  instructors: texts,
  instructors_full: z.array(Organisation),
  programs: texts,
  description: html.describe("HTML."),
  eligibility: html.describe("HTML."),
  perimeter: line.describe("Où l’aide vaut, en un nom."),
  perimeter_id: number.describe("Numéro du territoire ; null s’il y en a plusieurs."),
  perimeter_scale: line.describe("Échelle ; « Ad-hoc » pour plusieurs territoires."),
  perimeter_codes: texts.describe("Codes INSEE de là où l’aide vaut."),
  perimeters_full: z.array(Territory),
  perimeter_exclusion_codes: texts.describe("Codes INSEE de là où elle ne vaut pas."),
  perimeter_exclusions_full: z.array(Territory),
  mobilization_steps: texts.describe("Libellés de /api/aids/steps/."),
  origin_url: line.describe("Page de l’aide chez le producteur."),
  categories: texts.describe("Thème et thématique : « Eau et milieux aquatiques / Eau potable »."),
  categories_full: z.array(z.object({ id: z.int(), slug: text, name: text })),
  is_call_for_project: yesNo,
  in_france_relance: yesNo.describe("Aide du plan France Relance (2020-2022)."),
  application_url: line.describe("Page où déposer un dossier."),
  origin_url_text: line.describe("Texte du lien vers la page de l’aide."),
  application_url_text: line.describe("Texte du lien vers le dossier."),
  targeted_audiences: texts.describe("Libellés de /api/aids/audiences/."),
  aid_types: texts.describe("Libellés de /api/aids/types/."),
  aid_types_full: z.array(AidType),
  is_charged: yesNo.describe("Aide payante pour qui la reçoit ; null si le producteur ne le dit pas."),
  destinations: texts.describe("Libellés de /api/aids/destinations/."),
  start_date: date,
  predeposit_date: date,
  submission_deadline: date.describe("Dernier jour pour déposer un dossier."),
  submission_deadline_time: line.describe("Heure limite ce jour-là, HH:MM."),
  subvention_rate_lower_bound: number.describe("Pour cent."),
  subvention_rate_upper_bound: number.describe("Pour cent."),
  subvention_comment: line,
  loan_amount: number.describe("Euros."),
  recoverable_advance_amount: number.describe("Euros."),
  other_financial_aid_comment: line.describe("Autre aide financière, en texte libre."),
  contact: html.describe("HTML ; adresses et numéros de services, jamais de personnes."),
  contact_email: line.describe("Adresse d’un service, si le producteur la donne à part."),
  contact_phone: line.describe("Numéro d’un service, si le producteur le donne à part."),
  contact_detail: line.describe("Autres coordonnées d’un service."),
  recurrence: line.describe("Libellé de /api/aids/recurrences/."),
  project_examples: html.describe("HTML."),
  project_references: texts.describe("Projets référents."),
  keywords: texts.describe("Mots-clés du producteur."),
  financer_suggestion: line.describe("Porteurs en texte libre, si aucun organisme n’est reconnu."),
  instructor_suggestion: line.describe("Instructeurs en texte libre, si aucun organisme n’est reconnu."),
  perimeter_suggestion: line.describe("Territoires en texte libre, si aucun n’est reconnu."),
  out_of_scope: line.describe("Pourquoi l’aide ne concerne pas nos publics ; null en général."),
  european_aid: line.describe("Aide européenne : sectorial, organizational."),
  import_uniqueid: text,
  import_data_source: text.describe("Producteur de la donnée, à nommer."),
  import_data_url: line,
  import_data_mention: line.describe("Phrase d’attribution que le producteur demande."),
  import_share_licence: z
    .enum(slugsOf("importShareLicence"))
    .describe("Licence de réutilisation de la donnée, son code : openlicence20 est la Licence ouverte 2.0."),
  reuse_basis: z
    .object({ basis: z.enum(["licence", ...confirmableBases]), page: line, confirmed: date })
    .nullable()
    .describe(
      "Base de réutilisation, qui n’est pas une licence sauf `licence` : crpa (information publique d’une administration, articles L321-1 et L322-1 du CRPA), ec-reuse (documents de la Commission européenne), agreement (accord du producteur). `confirmed` : jour où une personne l’a confirmée.",
    ),
  reuse_mention: text.describe("Phrase à montrer avec l’aide : source, dernière mise à jour, et ce que nous avons modifié."),
  fields_of_ours: texts.describe("Champs dont la valeur vient de nous, et non du producteur."),
  language: line.describe("Langue des textes (ISO 639-1)."),
  is_live: z.boolean().describe("Sa date limite, si elle en a une, n’est pas passée."),
  date_created: instant.describe("Entrée au catalogue."),
  date_updated: instant.describe("Dernière modification dans le catalogue, par son producteur ou par la rédaction."),
  source_updated_date: date.describe("Dernière mise à jour par le producteur, s’il la dit."),
  publisher: z
    .object({ connector: text, name: line, siren: text.nullable() })
    .describe("Producteur de la donnée : identifiant du connecteur, nom, SIREN."),
  filled_by_moisson: z
    .array(
      z.object({
        field: text.describe("Nom du champ dans cette fiche."),
        rule: text.describe("Règle qui a proposé la valeur."),
        confirmed: z.boolean().describe("Une personne l’a vérifiée sur cette aide."),
      }),
    )
    .describe("Champs que le producteur n’a pas remplis, et dont nous avons proposé la valeur."),
});
