import { confirmableBases, type ReuseBasisName } from "../../../model/aid/reuse-basis.ts";
import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import { type Slug, slugsOf, type VocabularyName, vocabularies } from "../../../model/vocabularies.ts";
import { list, single, WrongValue } from "./parameter.ts";
import { calendarDate, instant, oneOf, slugOf, territories, territory, textUpTo, yesOrNo } from "./read-values.ts";

const text = { type: "string" } as const;
const date = { type: "string", format: "date" } as const;
const yesNo = { type: "boolean" } as const;
const dateOrInstant = { anyOf: [date, { type: "string", format: "date-time" }] } as const;

const slugs = <Name extends VocabularyName>(
  [name, ...otherNames]: readonly [string, ...string[]],
  vocabulary: Name,
  example: string,
  meaning: string,
) => list({ name, otherNames, meaning, schema: { type: "string", enum: slugsOf(vocabulary) }, example }, slugOf(vocabulary));
/** Groups of aid types, here and on Aides-territoires. */
const groupOf = oneOf(["financial", "engineering"], {
  "financial-group": "financial",
  "technical-group": "engineering",
  "engineering-group": "engineering",
  technical: "engineering",
});

/** Filters of a list of aids. */
export const filterParameters = {
  keyword: single(
    {
      name: "keyword",
      otherNames: ["text"],
      meaning: "Mots cherchés : chacun commence un mot du titre, d’un porteur ou du début de la description.",
      schema: { ...text, maxLength: 300 },
      example: "vélo",
    },
    textUpTo(300),
  ),
  audiences: slugs(
    ["organization_type_slugs", "organization_type_slug", "organization_type_ids", "organizationType", "targeted_audiences"],
    "targetedAudiences",
    "commune",
    "Bénéficiaires (voir /api/aids/audiences/).",
  ),
  categories: slugs(
    ["category_slugs", "category_ids", "categories", "themes", "categorysearch", "categorySearch"],
    "categories",
    "eau-potable",
    "Thématiques (voir /api/aids/categories/).",
  ),
  types: list(
    {
      name: "aid_type_slugs",
      otherNames: ["aid_type_ids", "aid_type", "aidType", "aidTypes", "aidtypes", "financial_aids", "technical_aids"],
      meaning: "Types d’aide (voir /api/aids/types/), ou toute une famille : financial-group, technical-group.",
      schema: { ...text, enum: [...slugsOf("aidTypes"), "financial-group", "technical-group"] },
      example: "grant",
    },
    (asked) => (/[-_]group$/i.test(asked) ? typesOfGroup(groupOf(asked)) : slugOf("aidTypes")(asked)),
  ),
  typeGroups: list(
    {
      name: "aid_type_group_slug",
      otherNames: ["aid_type_group_id", "aidTypeGroup"],
      meaning: "Familles de types d’aide : financières ou en ingénierie.",
      schema: { ...text, enum: ["financial", "engineering", "financial-group", "technical-group"] },
      example: "financial",
    },
    groupOf,
  ),
  steps: slugs(
    ["aid_step_slugs", "aid_step_ids", "mobilization_step", "aidSteps"],
    "mobilizationSteps",
    "preop",
    "Avancement du projet (voir /api/aids/steps/).",
  ),
  destinations: slugs(
    ["aid_destination_slugs", "aid_destination_ids", "destinations", "aidDestinations"],
    "destinations",
    "investment",
    "Nature des dépenses (voir /api/aids/destinations/).",
  ),
  recurrences: slugs(
    ["aid_recurrence_slug", "aid_recurrence_id", "recurrence"],
    "recurrence",
    "ongoing",
    "Récurrence (voir /api/aids/recurrences/).",
  ),
  europeanAids: list(
    {
      name: "european_aid_slug",
      otherNames: ["european_aid", "europeanAid"],
      meaning: "Aides européennes : toutes (european), sectorielles ou structurelles.",
      schema: { ...text, enum: ["european", ...slugsOf("europeanAid")] },
      example: "european",
    },
    oneOf<"european" | Slug<"europeanAid">>(["european", ...slugsOf("europeanAid")]),
  ),
  backers: list(
    {
      name: "backer_ids",
      otherNames: ["backers", "backerschoice"],
      meaning: "Porteurs : SIREN, ou identifiant donné par /api/backers/?q=.",
      schema: { ...text, maxLength: 300 },
      example: "200053767",
    },
    backer,
  ),
  perimeterId: list(
    {
      name: "perimeter_id",
      otherNames: ["perimeter", "searchPerimeter"],
      meaning: "Territoire où l’aide vaut : là, ou dans un territoire qui l’entoure (voir /api/perimeters/?q=).",
      schema: text,
      example: "department:26",
    },
    territory,
  ),
  perimeterCodes: list(
    {
      name: "perimeter_codes",
      meaning:
        "Le même, par code INSEE ou SIREN : REG-11, DEP-26, COM-26362, EPCI-200000172. Sans ce qui est devant le tiret, tout ce qui a ce code : 26362, 26 ; 84 est un département et une région.",
      schema: text,
      example: "DEP-26",
    },
    territories,
  ),
  publisher: list(
    {
      name: "publisher",
      meaning: "Producteurs de la donnée : identifiant du connecteur, SIREN ou nom réduit.",
      schema: { ...text, maxLength: 200 },
      example: "ademe",
    },
    textUpTo(200),
  ),
  reuseBases: list(
    {
      name: "reuse_basis",
      meaning: "Base de réutilisation : licence ouverte de la fiche, ou base légale confirmée (crpa, ec-reuse, agreement).",
      schema: { ...text, enum: ["licence", ...confirmableBases] },
      example: "licence",
    },
    oneOf<ReuseBasisName>(["licence", ...confirmableBases]),
  ),
  applyBefore: single(
    {
      name: "apply_before",
      otherNames: ["applyBefore"],
      meaning: "Date limite de dépôt ce jour-là ou avant ; les aides sans date limite n’y sont pas.",
      schema: date,
      example: "2026-12-31",
    },
    calendarDate,
  ),
  publishedAfter: single(
    {
      name: "published_after",
      otherNames: ["publishedAfter"],
      meaning: "Publiées pour la première fois depuis cette date.",
      schema: dateOrInstant,
      example: "2026-01-01",
    },
    instant,
  ),
  callsOnly: single(
    {
      name: "call_for_projects_only",
      otherNames: ["isCallForProject"],
      meaning: "Seulement les appels à projets et à manifestation d’intérêt.",
      schema: yesNo,
      example: "true",
    },
    yesOrNo,
  ),
  isCharged: single(
    { name: "is_charged", otherNames: ["isCharged"], meaning: "Aides payantes (true), ou non (false).", schema: yesNo, example: "false" },
    yesOrNo,
  ),
  includeExpired: single(
    { name: "include_expired", meaning: "Aussi les aides dont la date limite est passée.", schema: yesNo, example: "true" },
    yesOrNo,
  ),
} as const;

function typesOfGroup(asked: "financial" | "engineering"): readonly Slug<"aidTypes">[] {
  return vocabularies.aidTypes.filter(({ group }) => group === asked).map(({ slug }) => slug);
}

/** A number other than a SIREN is an identifier of Aides-territoires. */
function backer(asked: string): string {
  if (/^\d{3} ?\d{3} ?\d{3}$/.test(asked)) return asked.replaceAll(" ", "");
  const slug = backerSlug(asked.slice(0, 300));
  if (slug === "" || /^\d+$/.test(slug)) throw new WrongValue("des SIREN, ou des identifiants donnés par /api/backers/?q=");
  return slug;
}
