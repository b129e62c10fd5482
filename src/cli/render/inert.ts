import { printable } from "../printable.ts";

/** Escapes all control characters of a feed's or a person's text, colours included. */
export function inert(text: string): string {
  return printable(text.replaceAll("\u001b", "\\u001b"));
}
