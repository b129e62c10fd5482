const numbers = new Intl.NumberFormat("fr-FR");
/** Before `:`, `»` and units, after `«` and `n°`. */
const space = "\u00a0";
/** Before `;`, `?`, `!` and `%`. */
const thinSpace = "\u202f";

/**
 * Template tag for French sentences, which are written with plain spaces and apostrophes: `french` sets those that do not break a line, and ’.
 * Numbers among the values are written as in 12 345; texts, which may be a publisher's, stay as they are. A value that is not known is `?`.
 */
export function french(written: TemplateStringsArray, ...values: readonly (string | number | undefined)[]): string {
  return written.map((part, index) => `${typeset(part)}${index < values.length ? shown(values[index]) : ""}`).join("");
}

/** `0 aide`, `1 aide`, `2 aides`: plural begins at 2. `many` where it is not made by an s. What is no number is said as not known: `? aides`. */
export function counted(count: string | number | undefined, one: string, many = `${one}s`): string {
  const known = count === undefined || Number.isNaN(Number(count)) ? undefined : Number(count);
  return french`${known} ${known === undefined || isPlural(known) ? many : one}`;
}

/** True where what is counted, and its verb, stand in the plural. */
export function isPlural(count: number): boolean {
  return count >= 2;
}

/** Begins a label, or a sentence, with a capital. */
export function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase("fr") + text.slice(1);
}

/** Capital and full stop. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? capitalize(text) : `${capitalize(text)}.`;
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
