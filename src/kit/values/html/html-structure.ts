import { headingTags } from "./markup-tags.ts";

/** Elements whose text is in paragraphs. */
export const flowTags: ReadonlySet<string> = new Set(["blockquote"]);

/** Headings of the canonical form. */
export const headings: readonly string[] = [...new Set(headingTags.values())];
/** Elements that contain one line, no blocks. */
export const lineTags: ReadonlySet<string> = new Set([...headings, "caption"]);
export const cells: readonly string[] = ["td", "th"];

/** Returns the open elements that stop an end tag. */
export function barriersOf(tag: string): readonly string[] {
  if (tag === "table") return [];
  if (tag === "li") return ["ul", "ol", ...cells];
  return headingTags.has(tag) || tag === "ul" || tag === "ol" || tag === "blockquote" ? cells : ["table"];
}
