import { confirmableBases, type ReuseBasisName } from "../../../model/aid/reuse-basis.ts";
import { type Slug, slugsOf, vocabularies } from "../../../model/vocabularies.ts";
import { siteSlug } from "../../exports/numbers/term-numbers.ts";
import { nameParameters } from "./known-names.ts";
import { listedVocabularies } from "./listed-vocabularies.ts";
import { list, single } from "./parameter.ts";
import {
  aidNumber,
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

/** Describes a filter by the terms of a list. */
const terms = <Path extends keyof typeof listedVocabularies>(
  path: Path,
  names: { readonly name: string; readonly otherNames: readonly string[]; readonly olderNames: readonly string[] },
  meaning: string,
  example: string,
) =>
  list(
    { ...names, meaning: `${meaning} (voir /api/aids/${path}/).`, example },
    termOf<(typeof listedVocabularies)[Path]["vocabulary"]>(listedVocabularies[path].vocabulary),
  );

/** Groups of aid types, here and on Aides-territoires. */
const groupOfSlug = oneOf(["financial", "engineering"], {
  "financial-group": "financial",
  "technical-group": "engineering",
  "engineering-group": "engineering",
  technical: "engineering",
});
const groupOf = (asked: string) => groupOfSlug.read(/^\d{1,9}$/.test(asked) ? (siteSlug("aidTypeGroups", Number(asked)) ?? asked) : asked);

/** Filters of a list of aids. */
export const filterParameters = {
  numbers: list(
    {
      name: "id",
      meaning: "Numéros d’aides, aussi ceux d’Aides-territoires et nos anciens numéros ; les aides closes y sont aussi.",
      example: "1000012",
    },
    aidNumber,
  ),
  keyword: single(
    {
      name: "keyword",
      olderNames: ["text"],
      meaning:
        "Mots cherchés dans le titre, les porteurs et le début de la description : chacun commence un mot. L’espace veut dire et, la virgule ou, les guillemets une expression exacte, le signe moins devant un mot l’exclut. Les synonymes (voir /api/synonymlists/) sont cherchés aussi. 60 mots au plus.",
      example: "vélo",
    },
    keywordUpTo(1000),
  ),
  audiences: terms(
    "audiences",
    {
      name: "organization_type_slugs",
      otherNames: ["organization_type_slug", "organization_type_ids"],
      olderNames: ["organizationType", "targeted_audiences"],
    },
    "Bénéficiaires",
    "commune",
  ),
  categories: terms(
    "categories",
    { name: "category_slugs", otherNames: ["category_ids"], olderNames: ["categories", "themes", "categorysearch", "categorySearch"] },
    "Thématiques",
    "eau-potable",
  ),
  types: list(
    {
      name: "aid_type_slugs",
      otherNames: ["aid_type_ids"],
      olderNames: ["aid_type", "aidType", "aidTypes", "aidtypes", "financial_aids", "technical_aids"],
      meaning: "Types d’aide (voir /api/aids/types/), ou toute une famille : financial-group, technical-group.",
      example: "grant",
    },
    {
      schema: { ...text, enum: [...slugsOf("aidTypes"), "financial-group", "technical-group"] },
      read: (asked) => (/[-_]group$/i.test(asked) ? typesOfGroups([groupOf(asked)]) : termOf("aidTypes").read(asked)),
    },
  ),
  typeGroups: list(
    {
      name: "aid_type_group_slug",
      otherNames: ["aid_type_group_id"],
      olderNames: ["aidTypeGroup"],
      meaning: "Familles de types d’aide : financières ou en ingénierie.",
      example: "financial",
    },
    { schema: { ...text, enum: ["financial", "engineering", "financial-group", "technical-group"] }, read: groupOf },
  ),
  steps: terms(
    "steps",
    { name: "aid_step_slugs", otherNames: ["aid_step_ids"], olderNames: ["mobilization_step", "aidSteps"] },
    "Avancement du projet",
    "preop",
  ),
  destinations: terms(
    "destinations",
    { name: "aid_destination_slugs", otherNames: ["aid_destination_ids"], olderNames: ["destinations", "aidDestinations"] },
    "Nature des dépenses",
    "investment",
  ),
  unclassified: single(
    {
      name: "unclassified",
      meaning:
        "Avec un filtre de thématique, d’avancement ou de nature des dépenses : aussi (true), ou seulement (only), les aides que nous n’avons pas encore classées et qui peuvent donc y répondre. Sans lui, la réponse donne leur nombre dans `unclassified_count`.",
      example: "only",
    },
    oneOf<"also" | "only">(["only"], { true: "also", also: "also", "1": "also" }, ["true", "only"]),
  ),
  recurrences: terms(
    "recurrences",
    { name: "aid_recurrence_slug", otherNames: ["aid_recurrence_id"], olderNames: ["recurrence"] },
    "Récurrence",
    "ongoing",
  ),
  europeanAids: list(
    {
      name: "european_aid_slug",
      olderNames: ["european_aid", "europeanAid"],
      meaning: "Aides européennes : toutes (european), sectorielles ou structurelles.",
      example: "european",
    },
    oneOf<"european" | Slug<"europeanAid">>(["european", ...slugsOf("europeanAid")]),
  ),
  ...nameParameters,
  perimeterId: list(
    {
      name: "perimeter_id",
      olderNames: ["perimeter", "searchPerimeter"],
      meaning:
        "Territoire où l’aide vaut : là, ou dans un territoire qui l’entoure. Identifiant de /api/perimeters/?search=, numéro, nom réduit s’il est unique, ou department:26.",
      example: "department:26",
    },
    { schema: text, read: territory },
  ),
  perimeterCodes: list(
    {
      name: "perimeter_codes",
      meaning:
        "Le même, par code INSEE ou SIREN : REG-11, DEP-26, COM-26362, EPCI-200000172. Sans ce qui est devant le tiret, tout ce qui a ce code : 26362, 26 ; 84 est un département et une région.",
      example: "DEP-26",
    },
    { schema: text, read: territories },
  ),
  publisher: list(
    {
      name: "publisher",
      meaning: "Producteurs de la donnée : identifiant du connecteur, SIREN ou nom réduit.",
      example: "ademe",
    },
    textUpTo(200),
  ),
  reuseBases: list(
    {
      name: "reuse_basis",
      meaning: "Base de réutilisation : licence ouverte de la fiche, ou base légale confirmée (crpa, ec-reuse, agreement).",
      example: "licence",
    },
    oneOf<ReuseBasisName>(["licence", ...confirmableBases]),
  ),
  applyBefore: single(
    {
      name: "apply_before",
      olderNames: ["applyBefore"],
      meaning: "Date limite de dépôt ce jour-là ou avant ; les aides sans date limite n’y sont pas.",
      example: "2026-12-31",
    },
    calendarDate,
  ),
  publishedAfter: single(
    {
      name: "published_after",
      olderNames: ["publishedAfter"],
      meaning: "Publiées pour la première fois depuis cette date.",
      example: "2026-01-01",
    },
    instant,
  ),
  callsOnly: single(
    {
      name: "call_for_projects_only",
      olderNames: ["isCallForProject"],
      meaning: "Seulement les appels à projets et à manifestation d’intérêt.",
      example: "true",
    },
    yesOrNo,
  ),
  isCharged: single(
    {
      name: "is_charged",
      olderNames: ["isCharged"],
      meaning: "Aides payantes (true), ou non (false) ; false donne aussi les aides dont on ne sait rien (null).",
      example: "false",
    },
    yesOrNo,
  ),
  isLive: single(
    {
      name: "is_live",
      meaning: "true : seulement les aides ouvertes, comme toujours sans include_expired.",
      example: "true",
    },
    only(["true", "1"], "pour les aides closes aussi, include_expired=true", yesOrNo.schema),
  ),
  status: single(
    { name: "status", meaning: "published ou open : les seules que l’API contient.", example: "published" },
    only(["published", "open"], "l’API ne contient que des aides publiées"),
  ),
  format: single(
    { name: "format", meaning: "json, le seul format des listes.", example: "json" },
    only(["json", "api"], "les autres formats sont dans /open-data/"),
  ),
  includeExpired: single({ name: "include_expired", meaning: "Aussi les aides dont la date limite est passée.", example: "true" }, yesOrNo),
} as const;

/** Returns the aid types of these groups. */
export function typesOfGroups(groups: readonly string[]): readonly Slug<"aidTypes">[] {
  return vocabularies.aidTypes.filter(({ group }) => groups.includes(group)).map(({ slug }) => slug);
}
