import { cleanLine, foldTerm } from "./clean-text.ts";

/** Maximum length of placeholders and empty markup, in characters. */
const maxBlankLength = 300;
const none: ReadonlySet<string> = new Set();

/** Returns true for null, NaN, blanks, empty markup (`<p>&nbsp;</p>`), a folded placeholder, and lists and objects without a value. */
export function isBlank(value: unknown, placeholders: ReadonlySet<string> = none): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return isBlankText(value, placeholders);
  if (typeof value === "number") return Number.isNaN(value);
  if (Array.isArray(value)) return value.every((member) => isBlank(member, placeholders));
  return typeof value === "object" && !(value instanceof Date) && Object.keys(value).length === 0;
}

function isBlankText(text: string, placeholders: ReadonlySet<string>): boolean {
  if (text === "") return true;
  // The first character is enough for most values.
  if (placeholders.size === 0 && isLetterOrDigit(text.charCodeAt(0))) return false;
  if (text.length > maxBlankLength) return /^\s*$/.test(text);
  const line = /[<&]|[^\x20-\x7e\xa1-\xac\xae-\xff]/.test(text) ? cleanLine(text) : text.trim();
  return line === "" || (placeholders.size > 0 && placeholders.has(foldTerm(line)));
}

/** Returns true for digits and letters of Latin-1. */
function isLetterOrDigit(code: number): boolean {
  const lower = code | 0x20;
  return (
    (code >= 0x30 && code <= 0x39) || (lower >= 0x61 && lower <= 0x7a) || (code >= 0xc0 && code <= 0xff && code !== 0xd7 && code !== 0xf7)
  );
}
