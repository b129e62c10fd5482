import { type AidField, kindOf } from "./field-table.ts";

/** Returns true for fields whose values are HTML. */
export function holdsHtml(field: AidField): boolean {
  return kindOf(field) === "html";
}
