import { type Aid, limits, type Organisation } from "../../model/aid/aid.ts";
import { aidSlug, siteNumberOf } from "../../model/aid/aid-slug.ts";
import { fieldsOfKind, fieldsWhere, keyInApi } from "../../model/aid/field-table.ts";
import { backerSlug } from "../../model/publisher/backer-slug.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { toInseeCode } from "../../model/territories/perimeters.ts";
import { labelOf, type Term, type VocabularyName, vocabularies } from "../../model/vocabularies.ts";
import { type AidSource, eachAid, isExported } from "./is-exported.ts";
import { siteNumber, termNumber } from "./numbers/term-numbers.ts";
import { territoryNumber } from "./numbers/territory-numbers.ts";
import { recordKeys } from "./record-schema.ts";
import { scaleInAid, scaleInList, scaleNames } from "./scale-names.ts";

const groupLabels: Readonly<Record<string, string>> = { financial: "Aide financière", engineering: "Aide en ingénierie" };

/** Source of an aid, by its connector. */
export interface ImportSource {
  /** Aides-territoires' prefix of the publisher's identifier, or `""`. */
  readonly importIdPrefix: string;
  /** Name of the publisher; null if the connector no longer exists. */
  readonly publisher: string | null;
}

/** Numbers of the API by `backerSlug` of a backer's name. Backers without a number have the id null. */
export type BackerNumbers = Readonly<Record<string, number>>;

/** Source of the record, and numbers of its backers. */
interface Given extends ImportSource {
  readonly backerNumbers: BackerNumbers;
}

/** Values of keys that are not simply those of a field. */
const values: Readonly<Record<string, (aid: Aid, given: Given) => unknown>> = {
  id: (aid) => siteNumberOf(aid) ?? aid.aidId,
  slug: aidSlug,
  url: (aid) => `/aides/${aidSlug(aid)}/`,
  ...Object.fromEntries(
    fieldsOfKind("organisations").flatMap((field) => [
      [keyInApi(field), (aid: Aid) => aid[field].map(({ name }) => name)],
      [`${keyInApi(field)}_full`, (aid: Aid, given: Given) => aid[field].map((one) => organisationOf(one, given.backerNumbers))],
    ]),
  ),
  perimeter: ({ perimeters, perimeterExclusions }) => (perimeters.length === 0 ? null : groupName(perimeters, perimeterExclusions)),
  perimeter_id: (aid) => {
    const [only] = aid.perimeters;
    return only === undefined || isGroup(aid) ? null : territoryNumber(only);
  },
  perimeter_scale: (aid) => {
    const [only] = aid.perimeters;
    return only === undefined ? null : isGroup(aid) ? scaleNames.adhoc : scaleInAid(only.scale);
  },
  perimeter_codes: ({ perimeters }) => inseeCodes(perimeters),
  perimeters_full: ({ perimeters }) => perimeters.map(fullPerimeter),
  perimeter_exclusion_codes: ({ perimeterExclusions }) => inseeCodes(perimeterExclusions),
  perimeter_exclusions_full: ({ perimeterExclusions }) => perimeterExclusions.map(fullPerimeter),
  ...Object.fromEntries(
    fieldsOfKind("terms").map((field) => [keyInApi(field), (aid: Aid) => aid[field].map((slug) => siteLabelOf(field, slug))]),
  ),
  categories: ({ categories }) => categories.map(categoryLabel),
  aid_types_full: ({ aidTypes }) => aidTypes.map(aidType),
  recurrence: ({ recurrence }) => recurrence && labelOf("recurrence", recurrence),
  import_uniqueid: ({ externalId }, { importIdPrefix }) => `${importIdPrefix}${externalId}`,
  import_data_source: ({ connector }, { publisher }) => publisher ?? connector,
  date_created: ({ sourceCreatedDate }) => sourceCreatedDate,
  date_updated: ({ sourceUpdatedDate }) => sourceUpdatedDate,
};

const sitesFields = new Map(fieldsWhere(({ isOurs }) => isOurs !== true).map((field) => [keyInApi(field), field]));

/** The keys of the site's API, each with its value. Keys that only our API has are left out. */
const sitesKeys = recordKeys.flatMap((key): (readonly [string, (aid: Aid, given: Given) => unknown])[] => {
  const field = sitesFields.get(key);
  const value = values[key] ?? (field && ((aid: Aid) => aid[field]));
  return value === undefined ? [] : [[key, value]];
});

/**
 * Returns an aid with the names of Aides-territoires' public API: French labels instead of slugs; one territory, or an ad-hoc group for
 * several; INSEE codes beside them. Ids of types, backers and territories are numbers (`numbers/`). `date_updated` is the day of the
 * publisher's last change, `date_created` of its first: no clock times. Source, licence and attribution are in `import_…`.
 */
export function aidesTerritoiresRecord(aid: Aid, source: ImportSource, backerNumbers: BackerNumbers = {}): Record<string, unknown> {
  const given = { ...source, backerNumbers };
  return Object.fromEntries(sitesKeys.map(([key, value]) => [key, value(aid, given)]));
}

/** `logo`: null, because no feed contains a logo that may be shown again. */
function organisationOf({ name, siren }: Organisation, numbers: BackerNumbers): Record<string, unknown> {
  const slug = backerSlug(name);
  return { id: siteNumber("backers", slug) ?? numbers[slug] ?? null, slug, name, logo: null, siren };
}

function categoryLabel(slug: string): string {
  const category: Term | undefined = vocabularies.categories.find((term) => term.slug === slug);
  return category?.theme === undefined ? slug : `${labelOf("themes", category.theme)} / ${category.label}`;
}

function aidType(slug: string): Record<string, unknown> {
  const group = vocabularies.aidTypes.find((term) => term.slug === slug)?.group;
  return {
    id: termNumber("aidTypes", slug),
    slug,
    name: labelOf("aidTypes", slug),
    group: group ? { id: termNumber("aidTypeGroups", group), slug: group, name: groupLabels[group] } : null,
  };
}

function isGroup({ perimeters, perimeterExclusions }: Aid): boolean {
  return perimeters.length > 1 || perimeterExclusions.length > 0;
}

/** Returns the INSEE codes of territories that have one. */
function inseeCodes(perimeters: readonly Perimeter[]): string[] {
  return perimeters.flatMap((perimeter) => toInseeCode(perimeter) ?? []);
}

function fullPerimeter(perimeter: Perimeter): Record<string, unknown> {
  return {
    id: territoryNumber(perimeter),
    scale: scaleInList(perimeter.scale),
    code: perimeter.code,
    ref: `${perimeter.scale}:${perimeter.code}`,
    name: perimeter.name,
    insee_code: toInseeCode(perimeter),
  };
}

/**
 * Writes the aids as JSON of Aides-territoires' public API, in pieces: `{ previous, next, results, count }`, one aid per line, in the given
 * order. Includes every licence, because the export is for the site and not open data. `count` comes last, because aids are written while
 * they are read. `sourceOf` looks up connectors.
 */
export async function* exportAidesTerritoires(
  aids: AidSource,
  options: { readonly publishedOnly: boolean; readonly sourceOf: (connector: string) => ImportSource },
): AsyncGenerator<string> {
  let count = 0;
  yield '{"previous":null,"next":null,"results":[';
  for await (const aid of eachAid(aids)) {
    if (!isExported(aid, options.publishedOnly)) continue;
    const record = JSON.stringify(aidesTerritoiresRecord(aid, options.sourceOf(aid.connector)));
    yield `${count === 0 ? "\n" : ",\n"}${record}`;
    count++;
  }
  yield `${count === 0 ? "" : "\n"}],"count":${count}}\n`;
}

/** Labels that Aides-territoires' API has changed since 2023. */
const changedLabels: Partial<Record<VocabularyName, Readonly<Record<string, string>>>> = {
  targetedAudiences: {
    commune: "Commune",
    epci: "Intercommunalité / Pays",
    department: "Département",
    region: "Région",
    special: "Collectivité d’outre-mer à statut particulier",
    "public-org": "Etablissement public dont services de l'Etat",
    "public-cies": "Entreprise publique locale (Sem, Spl, SemOp)",
    association: "Association",
    "private-sector": "Entreprise privée",
    "private-person": "Particulier",
    farmer: "Agriculteur",
  },
  destinations: { investment: "Dépenses d’investissement" },
};

/** Returns a slug's label as Aides-territoires' API writes it today, because its clients compare labels. */
export function siteLabelOf(vocabulary: VocabularyName, slug: string): string {
  return changedLabels[vocabulary]?.[slug] ?? labelOf(vocabulary, slug);
}

/**
 * Returns one name for several territories: "Bretagne, Normandie", "France, sauf Corse". If they exceed the site's 255 characters, counts
 * the last ones: "Ambérieu-en-Bugey, Belley et 391 autres".
 */
export function groupName(perimeters: readonly Perimeter[], exclusions: readonly Perimeter[]): string {
  const names = perimeters.map(({ name }) => name);
  const excluded = exclusions.map(({ name }) => name);
  const whole = excluded.length === 0 ? names.join(", ") : `${names.join(", ")}, sauf ${excluded.join(", ")}`;
  if (whole.length <= limits.line) return whole;
  return excluded.length === 0 ? listed(names, limits.line) : `${listed(names, 120)}, sauf ${listed(excluded, 120)}`;
}

function listed(names: readonly string[], length: number): string {
  if (names.join(", ").length <= length) return names.join(", ");
  let shown = names.length - 1;
  while (shown > 1 && counted(names, shown).length > length) shown--;
  return counted(names, shown);
}

function counted(names: readonly string[], shown: number): string {
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(", ")} et ${rest} ${rest === 1 ? "autre" : "autres"}`;
}
