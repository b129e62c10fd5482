import { z } from "zod";
import { openUntilKinds } from "../../model/aid/open-until.ts";
import { confirmableBases } from "../../model/aid/reuse-basis.ts";
import { slugsOf } from "../../model/vocabularies.ts";

/** A key of the record: its schema with its meaning, and its value in the example. */
interface RecordKey {
  readonly schema: z.ZodType;
  readonly example: unknown;
}

function key<Schema extends z.ZodType>(schema: Schema, example: z.input<Schema>, meaning?: string): RecordKey {
  return { schema: meaning === undefined ? schema : schema.describe(meaning), example };
}

function keyOf<Schema extends z.ZodType>(schema: Schema) {
  return (example: z.input<Schema>, meaning?: string) => key(schema, example, meaning);
}

const string = z.string();
const nullable = string.nullable();
const day = z.iso.date().nullable();
const numeric = z.number().nullable();
const text = keyOf(string);
const line = keyOf(nullable);
const texts = keyOf(z.array(string));
const date = keyOf(day);
const yesNo = keyOf(z.boolean().nullable());
const instant = keyOf(z.iso.datetime());
const number = keyOf(numeric);

const Organisation = z.object({
  id: numeric.describe("Numéro, pour backer_ids ; null pour une personne."),
  slug: string,
  name: string,
  logo: nullable.describe("Adresse d’une image, si le porteur en a une."),
  siren: nullable.describe("Neuf chiffres."),
});
const Territory = z.object({
  id: z.int().describe("Numéro, pour perimeter_id."),
  scale: string.describe("Échelle, en français."),
  code: string,
  ref: string.describe("Échelle et code, pour perimeter_codes : department:26, basin:05…"),
  name: string,
  insee_code: nullable.describe("DEP-26, REG-53, COM-26362, EPCI-200000172…"),
});
const Numbered = z.object({ id: z.int(), slug: string, name: string });
const AidType = z.object({ ...Numbered.shape, group: Numbered.nullable() });

/**
 * The keys of an aid as the API returns it, in the order of the document: names of Aides-territoires' API, and ours (`openDataRecord`).
 * Readers of the document see the meanings, and the invented aid of the examples.
 */
const keys: Readonly<Record<string, RecordKey>> = {
  id: key(
    z.int().positive(),
    1000012,
    "Numéro : celui d’Aides-territoires si l’aide y est connue, sinon le nôtre, à partir de 1 000 000. Nos anciens numéros mènent toujours à l’aide.",
  ),
  site_number: line(null, "Numéro de l’aide sur Aides-territoires, si elle en vient ou y est ; c’est alors aussi son `id`."),
  site_slug: line(null, "Nom de l’aide dans les adresses d’Aides-territoires ; c’est alors aussi son `slug`."),
  aid_id: key(z.uuid(), "2c1f5a1e-6f0b-5a77-9d1c-4f1a8a3f0b52", "Identifiant permanent (UUID)."),
  external_id: text("17", "Identifiant chez le producteur."),
  slug: text(
    "2c1f-renover-les-reseaux-d-eau-potable",
    "Nom dans les adresses ; il suit le titre, et les anciens mènent toujours à l’aide.",
  ),
  url: text("/aides/2c1f-renover-les-reseaux-d-eau-potable/"),
  name: text("Rénover les réseaux d’eau potable"),
  name_initial: line("Rénovation des réseaux AEP", "Titre du producteur, tel quel."),
  short_title: line(null, "Nom du programme ou de l’appel."),
  financers: texts(["Région Exemple"]),
  financers_full: key(z.array(Organisation), [
    { id: 1000000, slug: "region-exemple", name: "Région Exemple", logo: null, siren: "200053767" },
  ]),
  instructors: texts([]),
  instructors_full: key(z.array(Organisation), []),
  programs: texts([]),
  description: line("<p>Pour les communes qui remplacent des conduites.</p>", "HTML."),
  eligibility: line("<p>Communes de moins de 2 000 habitants.</p>", "HTML."),
  perimeter: line("Drôme", "Où l’aide vaut, en un nom."),
  perimeter_id: number(12000026, "Numéro du territoire ; null s’il y en a plusieurs."),
  perimeter_scale: line("Département", "Échelle ; « Ad-hoc » pour plusieurs territoires."),
  perimeter_codes: texts(["DEP-26"], "Codes INSEE de là où l’aide vaut."),
  perimeters_full: key(z.array(Territory), [
    { id: 12000026, scale: "Département", code: "26", ref: "department:26", name: "Drôme", insee_code: "DEP-26" },
  ]),
  perimeter_exclusion_codes: texts([], "Codes INSEE de là où elle ne vaut pas."),
  perimeter_exclusions_full: key(z.array(Territory), []),
  mobilization_steps: texts(["Réflexion / conception"], "Libellés de /api/aids/steps/."),
  origin_url: line("https://region.exemple.fr/eau-potable", "Page de l’aide chez le producteur."),
  categories: texts(["Eau et milieux aquatiques / Eau potable"], "Thème et thématique : « Eau et milieux aquatiques / Eau potable »."),
  categories_full: key(z.array(Numbered), [{ id: 1000030, slug: "eau-potable", name: "Eau potable" }]),
  is_call_for_project: yesNo(false),
  in_france_relance: yesNo(null, "Aide du plan France Relance (2020-2022)."),
  application_url: line(null, "Page où déposer un dossier."),
  origin_url_text: line(null, "Texte du lien vers la page de l’aide."),
  application_url_text: line(null, "Texte du lien vers le dossier."),
  targeted_audiences: texts(["Commune"], "Libellés de /api/aids/audiences/."),
  aid_types: texts(["Subvention"], "Libellés de /api/aids/types/."),
  aid_types_full: key(z.array(AidType), [
    { id: 1, slug: "grant", name: "Subvention", group: { id: 1, slug: "financial", name: "Aide financière" } },
  ]),
  is_charged: yesNo(false, "Aide payante pour qui la reçoit ; null si le producteur ne le dit pas."),
  destinations: texts(["Dépenses d’investissement"], "Libellés de /api/aids/destinations/."),
  start_date: date("2026-01-05"),
  predeposit_date: date(null),
  submission_deadline: date("2026-12-31", "Dernier jour pour déposer un dossier."),
  submission_deadline_time: line(null, "Heure limite ce jour-là, HH:MM."),
  subvention_rate_lower_bound: number(null, "Pour cent."),
  subvention_rate_upper_bound: number(40, "Pour cent."),
  subvention_comment: line(null),
  loan_amount: number(null, "Euros."),
  recoverable_advance_amount: number(null, "Euros."),
  other_financial_aid_comment: line(null, "Autre aide financière, en texte libre."),
  contact: line("<p>eau@region.exemple.fr</p>", "HTML ; adresses et numéros de services, jamais de personnes."),
  contact_email: line("eau@region.exemple.fr", "Adresse d’un service, si le producteur la donne à part."),
  contact_phone: line(null, "Numéro d’un service, si le producteur le donne à part."),
  contact_detail: line(null, "Autres coordonnées d’un service."),
  recurrence: line("Ponctuelle", "Libellé de /api/aids/recurrences/."),
  open_until: key(
    z.enum(openUntilKinds),
    "deadline",
    "Jusqu’à quand l’aide est ouverte, et qui le dit. deadline : jusqu’à submission_deadline. permanent : toute l’année, son producteur ou une personne de l’équipe le dit. unannounced : aucune date limite n’est annoncée ; recurrence « Permanente » n’est alors que notre hypothèse. to-check : appel, aide ponctuelle ou récurrente dont les dates manquent. unstated : ni dates, ni récurrence.",
  ),
  left_out: texts([], "Champs que le producteur remplit, et que nous ne diffusons pas parce qu’ils nomment des personnes."),
  project_examples: line(null, "HTML."),
  project_references: texts([], "Projets référents."),
  keywords: texts(["adduction"], "Mots-clés du producteur."),
  financer_suggestion: line(null, "Porteurs en texte libre, si aucun organisme n’est reconnu."),
  instructor_suggestion: line(null, "Instructeurs en texte libre, si aucun organisme n’est reconnu."),
  perimeter_suggestion: line(null, "Territoires en texte libre, si aucun n’est reconnu."),
  out_of_scope: line(null, "Pourquoi l’aide ne concerne pas nos publics ; null en général."),
  european_aid: line(null, "Aide européenne : sectorial, organizational."),
  import_uniqueid: text("EX_17"),
  import_data_source: text("Région Exemple", "Producteur de la donnée, à nommer."),
  import_data_url: line("https://data.region.exemple.fr/aides"),
  import_data_mention: line(null, "Phrase d’attribution que le producteur demande."),
  import_share_licence: key(
    z.enum(slugsOf("importShareLicence")),
    "openlicence20",
    "Licence de réutilisation de la donnée, son code : openlicence20 est la Licence ouverte 2.0.",
  ),
  reuse_basis: key(
    z.object({ basis: z.enum(["licence", ...confirmableBases]), page: nullable, confirmed: day }).nullable(),
    { basis: "licence", page: "https://www.etalab.gouv.fr/licence-ouverte-open-licence", confirmed: null },
    "Base de réutilisation, qui n’est pas une licence sauf `licence` : crpa (information publique d’une administration, articles L321-1 et L322-1 du CRPA), ec-reuse (documents de la Commission européenne), agreement (accord du producteur). `confirmed` : jour où une personne l’a confirmée.",
  ),
  reuse_mention: text(
    "Source : Région Exemple, mise à jour du 06/10/2026. Fiche mise en forme par nos soins ; `fields_of_ours` nomme les champs dont la valeur vient de nous.",
    "Phrase à montrer avec l’aide : source, dernière mise à jour, et ce que nous avons modifié.",
  ),
  fields_of_ours: texts(["mobilization_steps"], "Champs dont la valeur vient de nous, et non du producteur."),
  language: line("fr", "Langue des textes (ISO 639-1)."),
  is_live: key(z.boolean(), true, "Sa date limite, si elle en a une, n’est pas passée."),
  date_created: instant("2026-09-28T04:12:09.511Z", "Entrée au catalogue ; création sur Aides-territoires, si l’aide en vient."),
  date_updated: instant(
    "2026-10-07T03:58:41.020Z",
    "Dernière modification dans le catalogue, par son producteur ou par la rédaction ; sur Aides-territoires, si l’aide en vient et que nous n’y avons rien changé.",
  ),
  source_created_date: date(null, "Création de la fiche par le producteur, s’il la dit."),
  source_updated_date: date("2026-10-06", "Dernière mise à jour par le producteur, s’il la dit."),
  publisher: key(
    z.object({ connector: string, name: nullable, siren: nullable }),
    { connector: "region-exemple", name: "Région Exemple", siren: "200053767" },
    "Producteur de la donnée : identifiant du connecteur, nom, SIREN.",
  ),
  filled_by_moisson: key(
    z.array(
      z.object({
        field: string.describe("Nom du champ dans cette fiche."),
        rule: string.describe("Règle qui a proposé la valeur."),
        confirmed: z.boolean().describe("Une personne l’a vérifiée sur cette aide."),
      }),
    ),
    [],
    "Champs que le producteur n’a pas remplis, et dont nous avons proposé la valeur.",
  ),
};

/** The names of the keys, in the order of the document. */
export const recordKeys: readonly string[] = Object.keys(keys);

/** Schema of the record. */
export const AidRecord = z.object(mapKeys(({ schema }) => schema));

/** An invented aid for the document. */
export const aidExample = mapKeys(({ example }) => example);

function mapKeys<Value>(partOf: (key: RecordKey) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, partOf(key)]));
}
