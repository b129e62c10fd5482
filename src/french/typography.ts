const numbers = new Intl.NumberFormat("fr-FR");
/** Before `:`, `»` and units, after `«` and `n°`. */
const space = "\u00a0";
/** Before `;`, `?`, `!` and `%`. */
const thinSpace = "\u202f";

/**
 * Template tag for French sentences: write plain spaces and apostrophes, the tag sets no-break spaces and ’. Formats numbers as in 12 345;
 * texts, which may be a publisher's, stay as they are. An undefined value becomes `?`.
 */
export function french(written: TemplateStringsArray, ...values: readonly (string | number | undefined)[]): string {
  return written.map((part, index) => `${typeset(part)}${index < values.length ? shown(values[index]) : ""}`).join("");
}

/**
 * Returns `0 aide`, `1 aide`, `2 aides`: the plural starts at 2. `many`: the plural, if it does not just add an s. If `count` is not a
 * number: `? aides`.
 */
export function counted(count: string | number | undefined, one: string, many = `${one}s`): string {
  const known = count === undefined || Number.isNaN(Number(count)) ? undefined : Number(count);
  return french`${known} ${known === undefined || isPlural(known) ? many : one}`;
}

/** Tells whether a count takes the plural. */
export function isPlural(count: number): boolean {
  return count >= 2;
}

/** Capitalises a label or a sentence. */
export function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase("fr") + text.slice(1);
}

/** Adds a capital and a full stop. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? capitalize(text) : `${capitalize(text)}.`;
}

/** Returns `a`, `a et b`, `a, b et c`. */
export function joinedWithAnd(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} et ${parts.at(-1)}`;
}

function typeset(text: string): string {
  return text
    .replaceAll("'", "’")
    .replace(/ (?=[:»]|Mo\b)/g, space)
    .replace(/(?<=«|n°) /g, space)
    .replace(/ (?=[;?!%])/g, thinSpace);
}

function shown(value: string | number | undefined): string {
  if (value === undefined) return "?";
  return typeof value === "number" ? numbers.format(value) : value;
}

/** Returns a publisher's text on one line. Longer texts are cut and end with an ellipsis. */
export function truncate(text: string, maxLength: number): string {
  const line = text
    .slice(0, maxLength * 4)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const letters = Array.from(line);
  return letters.length > maxLength ? `${letters.slice(0, maxLength).join("")}…` : line;
}

const maxSentenceLength = 600;

/** Removes line breaks and invisible characters, and limits the length. */
export function onOneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/\p{Cf}/gu, "");
  return line.length > maxSentenceLength ? `${line.slice(0, maxSentenceLength)}…` : line;
}
