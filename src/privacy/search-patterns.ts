import type { Person } from "./person.ts";

/** Letters that also occur with accents. */
const variants: Readonly<Record<string, string>> = {
  a: "àâäáãåæ",
  c: "ç",
  e: "éèêëæœ",
  i: "íìîï",
  n: "ñ",
  o: "óòôöõœø",
  u: "úùûü",
  y: "ýÿ",
};
/** Encodings of a letter in HTML, JSON and addresses. */
const encoded = "&#?[a-z0-9]{2,8};|\\\\+u[0-9a-f]{4}|(?:%[0-9a-f]{2}){1,3}";
const betweenDigits = "(?:&#x?a?(?:160)?;|\\\\+u[0-9a-f]{4}|[^0-9]){0,8}";

/**
 * Returns regular expressions for PostgreSQL that match any JSON text that names the person, in whatever encoding. They match more: a
 * first selection, so that few rows must be read.
 */
export function searchPatterns({ kind, normalised }: Person): string[] {
  if (kind === "name") return normalised.split(" ").map((word) => `(?i)${[...word].map(anyLetter).join("")}`);
  if (kind === "email") {
    const [local = "", domain = ""] = normalised.split("@");
    return [`(?i)${literally(local)}`, `(?i)${literally(domain)}`];
  }
  const national = normalised.replace(/^\+(?:33|262|508|590|594|596)?/, "");
  return [[...national].join(betweenDigits)];
}

function anyLetter(letter: string): string {
  const others = variants[letter];
  if (others === undefined) return letter;
  // An "e" may be the second of two letters written as one.
  return `(?:[${letter}${others}${others.toUpperCase()}]|${encoded})${letter === "e" ? "?" : ""}[\u0300-\u036f]?`;
}

function literally(text: string): string {
  return text.replace(/[^\p{L}\d]/gu, (character) => `(?:\\${character}|%[0-9a-f]{2}|&#?[a-z0-9]{2,8};)`);
}
