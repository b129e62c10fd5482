import { printable } from "../printable.ts";

/** A text of a feed or a person that gives a terminal no orders at all, colours neither: only our own words have colours. */
export function inert(text: string): string {
  return printable(text.replaceAll("\u001b", "\\u001b"));
}
