import { isEmptyValue, type Organisation } from "../model/aid/aid.ts";
import { type AidField, kindOf } from "../model/aid/field-table.ts";
import type { Perimeter, PerimeterScale } from "../model/territories/perimeter.ts";
import { labelOf, type VocabularyName, vocabularyNames } from "../model/vocabularies.ts";
import { frenchDay } from "./dates.ts";
import { french } from "./typography.ts";

const languages = new Intl.DisplayNames("fr", { type: "language", fallback: "code" });
/** Scales whose names need no further precision. */
const nameSaysAll: ReadonlySet<string> = new Set(["mainland", "overseas", "country", "continent"]);

/**
 * Returns the value of a field in French, as plain text: labels of terms, days in words, amounts with their unit. HTML is unchanged; an
 * empty value is "".
 */
export function frenchValue(field: AidField, value: unknown): string {
  if (isEmptyValue(value)) return "";
  if (Array.isArray(value)) return value.map((member) => frenchMember(field, member)).join(french` ; `);
  if (typeof value === "boolean") return value ? "oui" : "non";
  if (typeof value === "number") return french`${value} ${kindOf(field) === "euros" ? "€" : "%"}`.replace(/ (?=[€%]$)/, "\u202f");
  return typeof value === "string" ? frenchText(field, value) : JSON.stringify(value);
}

/** Returns a member of a list in French: the label of a term, `Région Bretagne (SIREN 233500016)`, `Bretagne (région, 53)`. */
export function frenchMember(field: AidField, member: unknown): string {
  if (typeof member === "string") return isVocabulary(field) ? labelOf(field, member) : member;
  if (typeof member !== "object" || member === null) return String(member);
  if ("scale" in member) {
    const { name, scale, code } = member as Perimeter;
    return nameSaysAll.has(scale) ? name : `${name} (${scaleNames[scale]}, ${code})`;
  }
  const { name, siren } = member as Organisation;
  return siren ? french`${name} (SIREN ${siren})` : name;
}

function frenchText(field: AidField, value: string): string {
  if (isVocabulary(field)) return labelOf(field, value);
  if (field === "language") return /^[a-z]{2}$/.test(value) ? (languages.of(value) ?? value) : value;
  if (field === "submissionDeadlineTime") return value.replace(":", "\u00a0h\u00a0").replace(/\u00a000$/, "");
  return frenchDay(value);
}

function isVocabulary(field: AidField): field is AidField & VocabularyName {
  return vocabularyNames.some((name) => name === field);
}

/** The French name of a scale of territories, without article or capital. */
export const scaleNames: Readonly<Record<PerimeterScale, string>> = {
  commune: "commune",
  epci: "intercommunalité",
  basin: "bassin hydrographique",
  department: "département",
  region: "région",
  collectivity: "collectivité",
  mainland: "métropole",
  overseas: "outre-mer",
  country: "pays",
  continent: "continent",
};
