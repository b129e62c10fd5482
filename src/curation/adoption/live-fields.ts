import { choose, type Rule } from "../../kit/field-rules.ts";
import { fieldsOfSite } from "../../kit/platforms/aides-territoires-fields.ts";
import { money } from "../../kit/rules/amounts.ts";
import { date } from "../../kit/rules/date.ts";
import { organisations } from "../../kit/rules/organisations.ts";
import { readRule } from "../../kit/rules/read-rule.ts";
import type { RuleContext } from "../../kit/rules/rule-context.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import { readOneTerm, terms } from "../../kit/rules/terms.ts";
import { text } from "../../kit/rules/texts.ts";
import { url } from "../../kit/rules/url.ts";
import { siteNumberOf } from "../../model/aid/aid-slug.ts";
import { type AidField, type FieldKind, fieldsOfKind, keyInApi } from "../../model/aid/field-table.ts";
import { readFullTerritories, readNamedTerritory } from "./read-territories.ts";

/** Reads one field of an aid from an export. */
export interface LiveField {
  readonly field: AidField;
  /** Keys of the export. The field counts as exported if one of them is present. */
  readonly keys: readonly string[];
  readonly read: (context: RuleContext) => unknown;
  /** Returns false if the key has another meaning in this export. Default: true. */
  readonly isApplicable?: (values: RuleContext["values"]) => boolean;
}

/** The rules of connectors, so that live values are cleaned like the publisher's and can be compared with them. */
const rules: Partial<Record<AidField, Rule>> = {
  ...fieldsOfSite(["iso"]),
  nameInitial: text("name_initial"),
  categories: terms("categories", "categories"),
  ...rulesOfKind("organisations", organisationsUnder),
  // `money` also reads percentages here, because the rule `rate` would read 1 as 100 %.
  ...rulesOfKind("percent", money),
  importDataUrl: url("import_data_url"),
};

function rulesOfKind(kind: FieldKind, ruleOf: (key: string) => Rule): Partial<Record<AidField, Rule>> {
  return Object.fromEntries(fieldsOfKind(kind).map((field) => [field, ruleOf(keyInApi(field))]));
}

/** Returns false for a record of our own export whose aid has no number of the site. */
function isOfSite({ id }: RuleContext["values"]): boolean {
  return siteNumberOf({ siteNumber: String(id) }) !== null;
}

/** Fields that no connector rule can read from an export. */
const otherFields: readonly LiveField[] = [
  {
    field: "perimeters",
    keys: ["perimeters_full", "perimeter"],
    read: (context) => {
      const { perimeters_full: full, perimeter, perimeter_scale: scale } = context.values;
      return full === undefined ? readNamedTerritory(perimeter, scale, context) : readFullTerritories(full, context);
    },
  },
  {
    field: "perimeterExclusions",
    keys: ["perimeter_exclusions_full"],
    read: (context) => readFullTerritories(context.values.perimeter_exclusions_full, context),
  },
  {
    // A connector declares one licence for all its aids, so there is no rule for this field.
    field: "importShareLicence",
    keys: ["import_share_licence"],
    read: (context) => readOneTerm(terms("import_share_licence", "importShareLicence"), context),
  },
  {
    // Only our own export has this key.
    field: "language",
    keys: ["language"],
    read: ({ values: { language } }) => (typeof language === "string" && /^[a-z]{2}$/.test(language) ? language : null),
  },
  { field: "siteNumber", keys: ["id"], read: (context) => readRule(text("id"), context), isApplicable: isOfSite },
  { field: "siteSlug", keys: ["slug"], read: (context) => readRule(text("slug"), context), isApplicable: isOfSite },
  {
    field: "sourceCreatedDate",
    keys: ["date_created"],
    read: (context) => readRule(date("date_created", ["iso"]), context),
    isApplicable: isOfSite,
  },
  {
    field: "sourceUpdatedDate",
    keys: ["date_updated"],
    read: (context) => readRule(date("date_updated", ["yyyy-MM-dd"]), context),
    // Our export writes the publisher's day. The site writes the instant of its own last edit.
    isApplicable: ({ date_updated: written }) => typeof written === "string" && /^\d{4}-\d\d-\d\d$/.test(written),
  },
];

/** The fields of exports: of the public API from 2021 to 2025, and of our own. */
export const liveFields: readonly LiveField[] = [
  ...Object.entries(rules).map(
    ([field, rule]): LiveField => ({ field: field as AidField, keys: pathsOfRule(rule), read: (context) => readRule(rule, context) }),
  ),
  ...otherFields,
];

/** All known keys: keys of fields, and keys without a field of ours. */
export const knownKeys: ReadonlySet<string> = new Set([
  ...liveFields.flatMap(({ keys }) => keys),
  ...["url", "status", "import_uniqueid", "import_data_source", "is_live"],
  ...["perimeter_id", "perimeter_scale", "perimeter_codes", "perimeter_exclusion_codes", "aid_types_full"],
]);

/** Reads organisations with SIREN from our export (`…_full`), otherwise their names from the public API. */
function organisationsUnder(key: string): Rule {
  const full = `${key}_full`;
  return choose(
    [{ when: { field: full, isFilled: true }, use: organisations(full, { name: "name", siren: "siren" }) }],
    organisations(key),
  );
}
