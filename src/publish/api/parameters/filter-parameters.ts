import { confirmableBases, type ReuseBasisName } from "../../../model/aid/reuse-basis.ts";
import { type Slug, slugsOf, vocabularies } from "../../../model/vocabularies.ts";
import { type NumberedVocabulary, siteSlug } from "../../exports/numbers/term-numbers.ts";
import { list, single } from "./parameter.ts";
import {
  askedName,
  calendarDate,
  instant,
  keywordUpTo,
  oneOf,
  only,
  termOf,
  territories,
  territory,
  textUpTo,
  yesOrNo,
} from "./read-values.ts";

const text = { type: "string" } as const;
const date = { type: "string", format: "date" } as const;
const yesNo = { type: "boolean" } as const;
const dateOrInstant = { anyOf: [date, { type: "string", format: "date-time" }] } as const;

const terms = <Name extends NumberedVocabulary>(
  names: { readonly name: string; readonly otherNames: readonly string[]; readonly olderNames: readonly string[] },
  vocabulary: Name,
  example: string,
  meaning: string,
) => list({ ...names, meaning, schema: { type: "string", enum: slugsOf(vocabulary) }, example }, termOf(vocabulary));
const names = (described: { readonly name: string; readonly otherNames: readonly string[]; readonly olderNames: readonly string[] }) => ({
  ...described,
  schema: { ...text, maxLength: 300 },
});
/** Groups of aid types, here and on Aides-territoires. */
const groupOfSlug = oneOf(["financial", "engineering"], {
  "financial-group": "financial",
  "technical-group": "engineering",
  "engineering-group": "engineering",
  technical: "engineering",
});
const groupOf = (asked: string) => groupOfSlug(/^\d{1,9}$/.test(asked) ? (siteSlug("aidTypeGroups", Number(asked)) ?? asked) : asked);

/** Filters of a list of aids. */
export const filterParameters = {
  keyword: single(
    {
      name: "keyword",
      olderNames: ["text"],
      meaning:
        "Mots cherchés dans le titre, les porteurs et le début de la description : chacun commence un mot. L’espace veut dire et, la virgule ou, les guillemets une expression exacte, le signe moins devant un mot l’exclut. Les synonymes (voir /api/synonymlists/) sont cherchés aussi. 60 mots au plus.",
      schema: { ...text, maxLength: 1000 },
      example: "vélo",
    },
    keywordUpTo(1000),
  ),
  audiences: terms(
    {
      name: "organization_type_slugs",
      otherNames: ["organization_type_slug", "organization_type_ids"],
      olderNames: ["organizationType", "targeted_audiences"],
    },
    "targetedAudiences",
    "commune",
    "Bénéficiaires (voir /api/aids/audiences/).",
  ),
  categories: terms(
    { name: "category_slugs", otherNames: ["category_ids"], olderNames: ["categories", "themes", "categorysearch", "categorySearch"] },
    "categories",
    "eau-potable",
    "Thématiques (voir /api/aids/categories/).",
  ),
  types: list(
    {
      name: "aid_type_slugs",
      otherNames: ["aid_type_ids"],
      olderNames: ["aid_type", "aidType", "aidTypes", "aidtypes", "financial_aids", "technical_aids"],
      meaning: "Types d’aide (voir /api/aids/types/), ou toute une famille : financial-group, technical-group.",
      schema: { ...text, enum: [...slugsOf("aidTypes"), "financial-group", "technical-group"] },
      example: "grant",
    },
    (asked) => (/[-_]group$/i.test(asked) ? typesOfGroup(groupOf(asked)) : termOf("aidTypes")(asked)),
  ),
  typeGroups: list(
    {
      name: "aid_type_group_slug",
      otherNames: ["aid_type_group_id"],
      olderNames: ["aidTypeGroup"],
      meaning: "Familles de types d’aide : financières ou en ingénierie.",
      schema: { ...text, enum: ["financial", "engineering", "financial-group", "technical-group"] },
      example: "financial",
    },
    groupOf,
  ),
  steps: terms(
    { name: "aid_step_slugs", otherNames: ["aid_step_ids"], olderNames: ["mobilization_step", "aidSteps"] },
    "mobilizationSteps",
    "preop",
    "Avancement du projet (voir /api/aids/steps/).",
  ),
  destinations: terms(
    { name: "aid_destination_slugs", otherNames: ["aid_destination_ids"], olderNames: ["destinations", "aidDestinations"] },
    "destinations",
    "investment",
    "Nature des dépenses (voir /api/aids/destinations/).",
  ),
  recurrences: terms(
    { name: "aid_recurrence_slug", otherNames: ["aid_recurrence_id"], olderNames: ["recurrence"] },
    "recurrence",
    "ongoing",
    "Récurrence (voir /api/aids/recurrences/).",
  ),
  europeanAids: list(
    {
      name: "european_aid_slug",
      olderNames: ["european_aid", "europeanAid"],
      meaning: "Aides européennes : toutes (european), sectorielles ou structurelles.",
      schema: { ...text, enum: ["european", ...slugsOf("europeanAid")] },
      example: "european",
    },
    oneOf<"european" | Slug<"europeanAid">>(["european", ...slugsOf("europeanAid")]),
  ),
  backers: list(
    {
      ...names({ name: "backer_ids", otherNames: [], olderNames: ["backers", "backerschoice"] }),
      meaning: "Porteurs : numéro ou identifiant donné par /api/backers/?q=, ou SIREN.",
      example: "200053767",
    },
    (asked) => askedName("/api/backers/?q=, ou des SIREN")(/^\d{3} \d{3} \d{3}$/.test(asked) ? asked.replaceAll(" ", "") : asked),
  ),
  programs: list(
    {
      ...names({ name: "programs", otherNames: ["program_ids", "program_slugs"], olderNames: ["programIds"] }),
      meaning: "Programmes : numéro ou nom réduit (voir /api/programs/).",
      example: "",
    },
    askedName("/api/programs/"),
  ),
  projectReferences: list(
    {
      ...names({ name: "project_reference_id", otherNames: ["project_reference_ids"], olderNames: ["projectReferenceId"] }),
      meaning: "Projets référents : numéro ou nom réduit (voir /api/project-references/).",
      example: "",
    },
    askedName("/api/project-references/"),
  ),
  perimeterId: list(
    {
      name: "perimeter_id",
      olderNames: ["perimeter", "searchPerimeter"],
      meaning:
        "Territoire où l’aide vaut : là, ou dans un territoire qui l’entoure. Identifiant de /api/perimeters/?search=, numéro, nom réduit s’il est unique, ou department:26.",
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
      olderNames: ["applyBefore"],
      meaning: "Date limite de dépôt ce jour-là ou avant ; les aides sans date limite n’y sont pas.",
      schema: date,
      example: "2026-12-31",
    },
    calendarDate,
  ),
  publishedAfter: single(
    {
      name: "published_after",
      olderNames: ["publishedAfter"],
      meaning: "Publiées pour la première fois depuis cette date.",
      schema: dateOrInstant,
      example: "2026-01-01",
    },
    instant,
  ),
  callsOnly: single(
    {
      name: "call_for_projects_only",
      olderNames: ["isCallForProject"],
      meaning: "Seulement les appels à projets et à manifestation d’intérêt.",
      schema: yesNo,
      example: "true",
    },
    yesOrNo,
  ),
  isCharged: single(
    {
      name: "is_charged",
      olderNames: ["isCharged"],
      meaning: "Aides payantes (true), ou non (false) ; false donne aussi les aides dont on ne sait rien (null).",
      schema: yesNo,
      example: "false",
    },
    yesOrNo,
  ),
  isLive: single(
    {
      name: "is_live",
      meaning: "true : seulement les aides ouvertes, comme toujours sans include_expired.",
      schema: yesNo,
      example: "true",
    },
    only(["true", "1"], "pour les aides closes aussi, include_expired=true"),
  ),
  status: single(
    { name: "status", meaning: "published ou open : les seules que l’API contient.", schema: text, example: "published" },
    only(["published", "open"], "l’API ne contient que des aides publiées"),
  ),
  format: single(
    { name: "format", meaning: "json, le seul format des listes.", schema: text, example: "json" },
    only(["json", "api"], "les autres formats sont dans /open-data/"),
  ),
  includeExpired: single(
    { name: "include_expired", meaning: "Aussi les aides dont la date limite est passée.", schema: yesNo, example: "true" },
    yesOrNo,
  ),
} as const;

function typesOfGroup(asked: "financial" | "engineering"): readonly Slug<"aidTypes">[] {
  return vocabularies.aidTypes.filter(({ group }) => group === asked).map(({ slug }) => slug);
}
