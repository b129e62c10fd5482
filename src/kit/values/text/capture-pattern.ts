import { z } from "zod";

/** A regular expression with one group. Texts are hostile: it should not have more than one way to fit the same text. */
export const CapturePattern = z.string().refine(hasOneGroup, "a regular expression with one group");

function hasOneGroup(written: string): boolean {
  try {
    return new RegExp(`${written}|`, "su").exec("")?.length === 2;
  } catch {
    return false;
  }
}

/** Patterns are written in connectors: there are few, each is used for every record. */
const known = new Map<string, RegExp>();

/** What the group captures of a text, blanks trimmed; null where the pattern does not fit or nothing is left. */
export function captured(text: string, pattern: string): string | null {
  const expression = known.get(pattern) ?? new RegExp(pattern, "su");
  known.set(pattern, expression);
  const part = expression.exec(text)?.[1]?.trim() ?? "";
  return part === "" ? null : part;
}
