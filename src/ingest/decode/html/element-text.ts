import type { PageElement, PageNode } from "../../../kit/html-page.ts";
import { droppedTags, isInlineTag } from "../../../kit/values/html/markup-tags.ts";

/**
 * The text of an element in one line: entities are decoded, blanks folded, the edges of blocks and line breaks part words; scripts, styles and the
 * like are left out.
 * @param visit called for every node, so that the caller can set an end to it
 */
export function elementText(element: PageElement, visit: () => void): string {
  const texts: string[] = [];
  addText(element.children, texts, visit);
  return texts.join("").replace(/\s+/g, " ").trim();
}

function addText(nodes: readonly PageNode[], texts: string[], visit: () => void): void {
  for (const node of nodes) {
    visit();
    if ("attribs" in node) addElement(node, texts, visit);
    else if ("children" in node) addText(node.children, texts, visit);
    else texts.push(node.data);
  }
}

function addElement(element: PageElement, texts: string[], visit: () => void): void {
  if (droppedTags.has(element.name)) return;
  const parts = !isInlineTag(element.name);
  if (parts) texts.push(" ");
  addText(element.children, texts, visit);
  if (parts) texts.push(" ");
}
