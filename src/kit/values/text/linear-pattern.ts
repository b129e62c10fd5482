import { RE2JS } from "re2js";

/** An escape, a class, the opening of a lookaround or another group, or one other character. */
const token =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|k<[^>]*>|[1-9]\d*|c[A-Za-z]|.)|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|./gsu;

/** The blanks of JavaScript. RE2 has only those of ASCII, without the no-break spaces of French texts. */
const blanks = "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
const notBlanks =
  "\\x00-\\x08\\x0e-\\x1f!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";

/**
 * Writes a valid regular expression of JavaScript for RE2, which finds the same first group. Returns the first part that RE2 cannot have.
 * A lookahead at the end becomes an ordinary part, because nobody reads what follows the group.
 */
export function toLinear(
  pattern: string,
): { readonly pattern: string } | { readonly fault: "lookahead" | "backreference"; readonly part: string } {
  const tokens = pattern.match(token) ?? [];
  const ahead = tokens.findIndex((one) => one === "(?=" || one === "(?!");
  const end = ahead < 0 ? "" : lookaheadAtEnd(tokens.slice(ahead));
  if (end === null) return { fault: "lookahead", part: tokens.slice(ahead).join("") };
  const before = ahead < 0 ? tokens : tokens.slice(0, ahead);
  const back = before.find((one) => /^\\[1-9k]/.test(one));
  if (back !== undefined) return { fault: "backreference", part: back };
  return { pattern: RE2JS.translateRegExp(before.map(withBlanks).join("") + end) };
}

/** Returns the part that replaces a lookahead, or null if the lookahead does not end the pattern or is not a simple one. */
function lookaheadAtEnd([opening, ...rest]: readonly string[]): string | null {
  const inner = rest.slice(0, -1);
  if (rest.at(-1) !== ")" || inner.some((one) => one === ")" || one.startsWith("(") || /^\\[1-9k]/.test(one))) return null;
  if (opening === "(?=") return `(?:${inner.map(withBlanks).join("")})`;
  const [one = "", ...more] = inner;
  if (more.length > 0 || /^(?:[.^$|*+?]|\\[bB])?$/.test(one)) return null;
  return `(?:${withBlanks(opposite(one))}|$)`;
}

/** Returns the class of all characters that a class, an escape or a character does not match. */
function opposite(one: string): string {
  if (!one.startsWith("[")) return `[^${one}]`;
  return one.startsWith("[^") ? `[${one.slice(2)}` : `[^${one.slice(1)}`;
}

function withBlanks(one: string): string {
  if (one === "\\s") return `[${blanks}]`;
  if (one === "\\S") return `[^${blanks}]`;
  if (!one.startsWith("[")) return one;
  // RE2 reads "[:" inside a class as the name of a class.
  const inside = one.slice(1, -1).replace(/\\.|\[/gsu, (part) => ({ "\\s": blanks, "\\S": notBlanks, "[": "\\[" })[part] ?? part);
  return `[${inside}]`;
}
