import { headingTags } from "./markup-tags.ts";

/** Elements in which text stands in paragraphs. */
export const flowTags: ReadonlySet<string> = new Set(["blockquote"]);

/** Headings as they are written. */
export const headings: readonly string[] = [...new Set(headingTags.values())];
/** Elements that hold a line, no block. */
export const lineTags: ReadonlySet<string> = new Set([...headings, "caption"]);
export const cells: readonly string[] = ["td", "th"];

/** Open elements beyond which an end tag does not reach. */
export function barriersOf(tag: string): readonly string[] {
  if (tag === "table") return [];
  if (tag === "li") return ["ul", "ol", ...cells];
  return headingTags.has(tag) || tag === "ul" || tag === "ol" || tag === "blockquote" ? cells : ["table"];
}
