import type { PageElement, PageNode } from "../../../kit/html-page.ts";
import { droppedTags, isInlineTag } from "../../../kit/values/html/markup-tags.ts";

/**
 * Returns the text of an element in one line: decoded entities, collapsed blanks, a blank at the edges of blocks and at line breaks.
 * Scripts and styles are left out. Calls `visit` for each node, so that the caller can set a limit.
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
