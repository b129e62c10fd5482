import { DomUtils } from "htmlparser2";
import { type HtmlPage, type PageElement, type PageNode, readHtmlPage, selectInPage } from "../html-page.ts";
import { droppedTags, isInlineTag } from "../values/html/markup-tags.ts";
import { nodesText } from "./element-values.ts";
import { foldTitle, maxTitleLength } from "./fold-title.ts";
import { headingsIn } from "./section-under-heading.ts";

const aroundContent: ReadonlySet<string> = new Set("nav aside footer form button select".split(" "));

/**
 * Returns the markup between the first `h1` and the first of these headings and labels, without menus and forms. Without `h1`, it starts
 * where the part of the page starts, and without a heading or label it ends where the part ends. Null if it has no text. `text`: the page.
 */
export function introduction(text: string, within: PageElement | HtmlPage, titles: readonly string[]): string | null {
  const part = "attribs" in within ? within : (selectInPage("body", within)[0] ?? within);
  const [title] = selectInPage("h1", part);
  const start = title === undefined ? (part.children[0]?.startIndex ?? 0) : endOf(title);
  const wanted = new Set(titles.map(foldTitle));
  const headings = new Set<PageNode>(headingsIn(part).flatMap(({ element, title: folded }) => (wanted.has(folded) ? [element] : [])));
  const end = firstOf(part.children, (node) => (node.startIndex ?? 0) >= start && (headings.has(node) || isLabel(node, wanted)));
  const stop = end === null ? endOf(part.children.at(-1)) : outermostInline(end).startIndex;
  const between = readHtmlPage(text.slice(start, stop ?? 0), "introduction");
  for (const node of selectInPage([...aroundContent].join(", "), between)) DomUtils.removeElement(node);
  return nodesText(between.children) === "" ? null : DomUtils.getInnerHTML(between, { encodeEntities: "utf8" }).trim();
}

function endOf(node: PageNode | undefined): number {
  return (node?.endIndex ?? -1) + 1;
}

function outermostInline(node: PageNode): PageNode {
  const { parent } = node;
  return parent !== null && "attribs" in parent && isInlineTag(parent.name) ? outermostInline(parent) : node;
}

/** Returns the first node with a property, in page order, outside of menus and forms. */
function firstOf(nodes: readonly PageNode[], holds: (node: PageNode) => boolean): PageNode | null {
  for (const node of nodes) {
    if ("attribs" in node && (droppedTags.has(node.name) || aroundContent.has(node.name))) continue;
    const found = holds(node) ? node : "children" in node ? firstOf(node.children, holds) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Returns true for a text that is one of the labels, or starts with one: "Contact : …". */
function isLabel(node: PageNode, wanted: ReadonlySet<string>): boolean {
  if ("children" in node || node.data.trim() === "") return false;
  const [label = ""] = node.data.split(":", 1);
  return label.length <= maxTitleLength && wanted.has(foldTitle(label));
}
