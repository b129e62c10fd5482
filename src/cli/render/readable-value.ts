import { readableText } from "../../kit/values/html/readable-text.ts";
import { type AidField, isEmptyValue, type Organisation } from "../../model/aid/aid.ts";
import { holdsHtml, kindOf } from "../../model/aid/field-table.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";

/** Formats a field's value for people: `(empty)`, yes or no, amounts with their unit, lists with commas, HTML as plain text. */
export function readableValue(field: AidField, value: unknown): string {
  if (isEmptyValue(value)) return "(empty)";
  if (Array.isArray(value)) return value.map((member) => readableMember(member)).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return `${value.toLocaleString("fr-FR").replace(/\s/g, " ")} ${kindOf(field) === "euros" ? "€" : "%"}`;
  if (typeof value !== "string") return JSON.stringify(value);
  return holdsHtml(field) ? readableText(value) : value.replace(/\s+/g, " ").trim();
}

/** Formats a member of a list: a term, `Département de la Drôme (222600017)`, `Bretagne (region 53)`. */
export function readableMember(member: unknown): string {
  if (typeof member !== "object" || member === null) return String(member);
  if ("scale" in member) {
    const { name, scale, code } = member as Perimeter;
    return `${name} (${scale} ${code})`;
  }
  const { name, siren } = member as Organisation;
  return siren ? `${name} (${siren})` : name;
}
