import { canonicalJson, compareCodePoints } from "../text/canonical.ts";
import type { AidField } from "./aid.ts";
import { canonicalValue } from "./canonical-value.ts";

/** Returns true for values that are equal, or differ only in spelling (`<br />`, blanks, order of a list), which is no change. */
export function sameValue(field: AidField, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "string" && typeof b === "string") return a.length > 0 && b.length > 0 && spelledAlike(a) === spelledAlike(b);
  if (Array.isArray(a) && Array.isArray(b)) return asSet(field, a) === asSet(field, b);
  return typeof a === "object" && typeof b === "object" && canonicalJson(a) === canonicalJson(b);
}

/** Normalises line breaks and blanks of a text. Removes blanks next to block tags. */
function spelledAlike(text: string): string {
  return text
    .normalize("NFC")
    .replace(/<br\s*\/?>/gi, "<br>")
    .replace(/[\s\u00a0\u202f]+/g, " ")
    .replace(/ ?(<\/?(?:p|div|ul|ol|li|h[1-6]|br|table|thead|tbody|tr|td|th|blockquote)>) ?/gi, "$1")
    .trim();
}

function asSet(field: AidField, list: readonly unknown[]): string {
  const members = (canonicalValue(field, list) as unknown[]).map((member) => canonicalJson(member));
  return [...new Set(members)].sort(compareCodePoints).join("\n");
}
