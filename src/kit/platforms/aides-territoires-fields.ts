import { type AidField, factsOf, fieldsWhere, keyInApi, kindOf } from "../../model/aid/field-table.ts";
import type { FieldRules, Rule } from "../field-rules.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { html } from "../rules/texts.ts";
import { usualRule } from "./usual-rule.ts";

/** Returns the rule for a field's key in the API of Aides-territoires and in ours, whose organisations and territories have identifiers. */
export function ruleOfKey(field: AidField, days: string[]): Rule {
  const key = keyInApi(field);
  const kind = kindOf(field);
  if (kind === "organisations") return organisations(`${key}_full`, { name: "name", siren: "siren" });
  return kind === "places" ? perimeters(`${key}_full[].ref`, { written: "ref" }) : usualRule(field, key, { days, prose: html });
}

/** Fields whose key in the API of the site contains something else, or that it lacks. */
const otherwise: ReadonlySet<AidField> = new Set<AidField>([
  ...(["nameInitial", "categories", "importDataUrl", "importShareLicence", "language"] as const),
  ...fieldsWhere(({ isOurs, kind }) => isOurs === true || ["organisations", "places", "percent"].includes(kind)),
]);
/** Returns the rules for the keys that every version of the API of Aides-territoires has. `days`: formats of its dates. */
export function fieldsOfEveryVersion(days: string[]): Pick<FieldRules, "name"> & Partial<FieldRules> {
  return rulesOf((field) => !otherwise.has(field) && factsOf(field).isNewInApi !== true, days);
}

/** Returns the rules for the keys that the API of the site itself, its exports and ours have. */
export function fieldsOfSite(days: string[]): Pick<FieldRules, "name"> & Partial<FieldRules> {
  return rulesOf((field) => !otherwise.has(field), days);
}

function rulesOf(isRead: (field: AidField) => boolean, days: string[]): Pick<FieldRules, "name"> & Partial<FieldRules> {
  const fields = fieldsWhere(() => true).filter(isRead);
  return Object.fromEntries(fields.map((field) => [field, ruleOfKey(field, days)])) as unknown as Pick<FieldRules, "name">;
}
