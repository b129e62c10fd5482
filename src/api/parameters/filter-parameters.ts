import { backerSlug } from "../../aid/backer-slug.ts";
import { type Slug, slugsOf, type VocabularyName } from "../../aid/vocabularies.ts";
import { list, single, WrongValue } from "./parameter.ts";
import { calendarDate, instant, oneOf, slugOf, territory, textUpTo, yesOrNo } from "./read-values.ts";

const text = { type: "string" } as const;
const date = { type: "string", format: "date" } as const;
const yesNo = { type: "boolean" } as const;
const dateOrInstant = { anyOf: [date, { type: "string", format: "date-time" }] } as const;

const slugs = <Name extends VocabularyName>(name: string, vocabulary: Name, example: string, meaning: string) =>
  list({ name, meaning, schema: { type: "string", enum: slugsOf(vocabulary) }, example }, slugOf(vocabulary));
const territories = (name: string, example: string, meaning: string) => list({ name, meaning, schema: text, example }, territory);

/** What a list of aids may be narrowed by. */
export const filterParameters = {
  keyword: single(
    {
      name: "keyword",
      meaning: "Mots cherchés : chacun commence un mot du titre, d’un porteur ou du début de la description.",
      schema: { ...text, maxLength: 300 },
      example: "vélo",
    },
    textUpTo(300),
  ),
  audiences: slugs("organization_type_slugs", "targetedAudiences", "commune", "Bénéficiaires (voir /api/aids/audiences/)."),
  categories: slugs("category_slugs", "categories", "eau-potable", "Thématiques (voir /api/aids/categories/)."),
  types: slugs("aid_type_slugs", "aidTypes", "grant", "Types d’aide (voir /api/aids/types/)."),
  typeGroups: list(
    {
      name: "aid_type_group_slug",
      meaning: "Familles de types d’aide : financières ou en ingénierie.",
      schema: { ...text, enum: ["financial", "engineering", "financial-group", "technical-group"] },
      example: "financial",
    },
    oneOf(["financial", "engineering"], {
      "financial-group": "financial",
      "technical-group": "engineering",
      "engineering-group": "engineering",
      technical: "engineering",
    }),
  ),
  steps: slugs("aid_step_slugs", "mobilizationSteps", "preop", "Avancement du projet (voir /api/aids/steps/)."),
  destinations: slugs("aid_destination_slugs", "destinations", "investment", "Nature des dépenses (voir /api/aids/destinations/)."),
  recurrences: slugs("aid_recurrence_slug", "recurrence", "ongoing", "Récurrence (voir /api/aids/recurrences/)."),
  europeanAids: list(
    {
      name: "european_aid_slug",
      meaning: "Aides européennes : toutes (european), sectorielles ou structurelles.",
      schema: { ...text, enum: ["european", ...slugsOf("europeanAid")] },
      example: "european",
    },
    oneOf<"european" | Slug<"europeanAid">>(["european", ...slugsOf("europeanAid")]),
  ),
  backers: list(
    {
      name: "backer_ids",
      meaning: "Porteurs : SIREN, ou identifiant donné par /api/backers/?q=.",
      schema: { ...text, maxLength: 300 },
      example: "200053767",
    },
    backer,
  ),
  perimeterId: territories(
    "perimeter_id",
    "department:26",
    "Territoire où l’aide vaut : là, ou dans un territoire qui l’entoure (voir /api/perimeters/?q=).",
  ),
  perimeterCodes: territories("perimeter_codes", "DEP-26", "Le même, par code INSEE : REG-11, DEP-26, COM-26362, EPCI-200000172."),
  publisher: list(
    {
      name: "publisher",
      meaning: "Producteurs de la donnée : identifiant du connecteur, SIREN ou nom réduit.",
      schema: { ...text, maxLength: 200 },
      example: "ademe",
    },
    textUpTo(200),
  ),
  applyBefore: single(
    {
      name: "apply_before",
      meaning: "Date limite de dépôt ce jour-là ou avant ; les aides sans date limite n’y sont pas.",
      schema: date,
      example: "2026-12-31",
    },
    calendarDate,
  ),
  publishedAfter: single(
    { name: "published_after", meaning: "Publiées pour la première fois depuis cette date.", schema: dateOrInstant, example: "2026-01-01" },
    instant,
  ),
  callsOnly: single(
    {
      name: "call_for_projects_only",
      meaning: "Seulement les appels à projets et à manifestation d’intérêt.",
      schema: yesNo,
      example: "true",
    },
    yesOrNo,
  ),
  isCharged: single({ name: "is_charged", meaning: "Aides payantes (true), ou non (false).", schema: yesNo, example: "false" }, yesOrNo),
  includeExpired: single(
    { name: "include_expired", meaning: "Aussi les aides dont la date limite est passée.", schema: yesNo, example: "true" },
    yesOrNo,
  ),
} as const;

function backer(asked: string): string {
  const slug = backerSlug(asked.slice(0, 300));
  if (slug === "") throw new WrongValue("des SIREN, ou des identifiants donnés par /api/backers/?q=");
  return /^\d{3} ?\d{3} ?\d{3}$/.test(asked) ? asked.replaceAll(" ", "") : slug;
}
