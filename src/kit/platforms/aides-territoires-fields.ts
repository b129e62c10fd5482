import { type AidField, factsOf, fieldsWhere, keyInApi } from "../../model/aid/field-table.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";
import type { FieldRules, Rule } from "../field-rules.ts";
import { date, time } from "../rules/date.ts";
import { html } from "../rules/html.ts";
import { list } from "../rules/list.ts";
import { money } from "../rules/money.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { highestRate, lowestRate } from "./bare-rates.ts";

/**
 * Returns the rule for the key of a field in the API of Aides-territoires and in ours. Organisations and territories are those of our API,
 * with identifiers. `days`: formats of its dates.
 */
export function ruleOfKey(field: AidField, days: string[]): Rule {
  const key = keyInApi(field);
  const facts = factsOf(field);
  switch (facts.kind) {
    case "html":
      return html(key);
    case "link":
      return url(key);
    case "date":
      return date(key, days);
    case "time":
      return time(key, ["HH:mm"]);
    case "flag":
      return yesNo(key);
    case "list":
      return list(key);
    case "organisations":
      return organisations(`${key}_full`, { name: "name", siren: "siren" });
    case "places":
      return perimeters(`${key}_full[].ref`, { written: "ref" });
    case "percent":
      return facts.bound === "lower" ? lowestRate(key) : highestRate(key);
    case "euros":
      return money(key);
    case "term":
    case "licence":
    case "terms":
      return terms(key, field as VocabularyName);
    default:
      return text(key);
  }
}

/** Fields whose key in the API of the site contains something else, or that it lacks. */
const otherwise: ReadonlySet<AidField> = new Set<AidField>([
  ...(["nameInitial", "categories", "importDataUrl", "importShareLicence", "language"] as const),
  ...fieldsWhere(({ isOurs, kind }) => isOurs === true || ["organisations", "places", "percent"].includes(kind)),
]);
/** Fields that versions 1.2 to 1.6 lack. */
const since2023: ReadonlySet<AidField> = new Set<AidField>([
  ...(["isCharged", "europeanAid", "projectReferences", "loanAmount", "recoverableAdvanceAmount", "importDataMention"] as const),
]);

/** Returns the rules for the keys that every version of the API of Aides-territoires has. `days`: formats of its dates. */
export function fieldsOfEveryVersion(days: string[]): Pick<FieldRules, "name"> & Partial<FieldRules> {
  return rulesOf((field) => !otherwise.has(field) && !since2023.has(field), days);
}

/** Returns the rules for the keys that the API of the site itself, its exports and ours have. */
export function fieldsOfSite(days: string[]): Pick<FieldRules, "name"> & Partial<FieldRules> {
  return rulesOf((field) => !otherwise.has(field), days);
}

function rulesOf(isRead: (field: AidField) => boolean, days: string[]): Pick<FieldRules, "name"> & Partial<FieldRules> {
  const fields = fieldsWhere(() => true).filter(isRead);
  return Object.fromEntries(fields.map((field) => [field, ruleOfKey(field, days)])) as unknown as Pick<FieldRules, "name">;
}
