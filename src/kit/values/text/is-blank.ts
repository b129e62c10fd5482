import { cleanLine, foldTerm } from "./clean-text.ts";

/** A longer text is neither placeholder nor empty markup. */
const maxBlankLength = 300;
const none: ReadonlySet<string> = new Set();

/**
 * Returns true for an empty value: null, blanks, empty markup (`<p>&nbsp;</p>`), a placeholder of this publisher (folded), a list of such
 * values, an object without keys.
 */
export function isBlank(value: unknown, placeholders: ReadonlySet<string> = none): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return isBlankText(value, placeholders);
  if (typeof value === "number") return Number.isNaN(value);
  if (Array.isArray(value)) return value.every((member) => isBlank(member, placeholders));
  return typeof value === "object" && !(value instanceof Date) && Object.keys(value).length === 0;
}

function isBlankText(text: string, placeholders: ReadonlySet<string>): boolean {
  if (text === "") return true;
  if (text.length > maxBlankLength) return /^\s*$/.test(text);
  const line = /[<&]|[^\x20-\x7e\xa1-\xac\xae-\xff]/.test(text) ? cleanLine(text) : text.trim();
  return line === "" || (placeholders.size > 0 && placeholders.has(foldTerm(line)));
}
