import { z } from "zod";

/** A regular expression with one group. It should match a text in only one way, because a hostile feed could slow it down. */
export const CapturePattern = z.string().refine(hasOneGroup, "must be a regular expression with one group");

function hasOneGroup(written: string): boolean {
  try {
    return new RegExp(`${written}|`, "su").exec("")?.length === 2;
  } catch {
    return false;
  }
}

/** Cache: connectors contain few patterns, each used for every record. */
const known = new Map<string, RegExp>();

/** Returns the trimmed text that the group captures, or null without a match or text. */
export function captured(text: string, pattern: string): string | null {
  const expression = known.get(pattern) ?? new RegExp(pattern, "su");
  known.set(pattern, expression);
  const part = expression.exec(text)?.[1]?.trim() ?? "";
  return part === "" ? null : part;
}
