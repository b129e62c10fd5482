import type { HtmlPage, PageElement, PageNode } from "../html-page.ts";
import { droppedTags, isInlineTag } from "../values/html/markup-tags.ts";
import { nodesText } from "./element-values.ts";

/** A longer text is no label. */
const maxLabelLength = 70;
const maxWords = 9;

/** Elements whose texts label nothing: controls, menus, headings, which have sections. */
const unlabelled: ReadonlySet<string> = new Set("a button nav footer form select h1 h2 h3 h4 h5 h6 summary legend figcaption".split(" "));

/**
 * Lists the texts of a page that look like labels, as written, in page order: `dt`, the first cell of a row, "Label : value", a label in
 * bold, and the first of two elements without siblings. `labelledValues` reads the values beside them.
 */
export function labelTitles(within: PageElement | HtmlPage): string[] {
  const found = new Set<string>();
  const visit = (nodes: readonly PageNode[]) => {
    for (const node of nodes) {
      if ("attribs" in node) {
        if (!droppedTags.has(node.name) && !unlabelled.has(node.name)) visit(node.children);
      } else if (!("children" in node)) {
        const label = labelIn(node, node.data, within);
        if (label !== null) found.add(label);
      }
    }
  };
  visit(within.children);
  return [...found];
}

function labelIn(node: PageNode, text: string, within: PageElement | HtmlPage): string | null {
  const line = text.replace(/\s+/g, " ").trim();
  const [, before = ""] = /^([^:]+?)\s*:(?!\/\/)/.exec(line) ?? [];
  if (mayBeLabel(before)) return before;
  return mayBeLabel(line) && hasValue(node, within) ? line : null;
}

function mayBeLabel(text: string): boolean {
  return (
    text.length >= 3 &&
    text.length <= maxLabelLength &&
    /^[\p{Lu}\d]/u.test(text) &&
    /\p{L}{2}/u.test(text) &&
    !/[.,;!]$|https?|@|\d{3,}/.test(text) &&
    text.split(" ").length <= maxWords
  );
}

/** Climbs to the element that contains only the label, and tells whether a value follows it. */
function hasValue(text: PageNode, within: PageElement | HtmlPage): boolean {
  let label = text;
  for (let { parent } = label; parent !== null && parent !== within && "attribs" in parent; { parent } = label) {
    if (parent.children.some((child) => child !== label && nodesText([child]).replace(/[\s:]/g, "") !== "")) break;
    label = parent;
  }
  if (!("attribs" in label)) return false;
  if (label.name === "dt") return true;
  if (label.name === "th" || label.name === "td") return isFirstOfPair(label);
  if (label.name === "strong" || label.name === "b" || label.name === "label") return hasTextAfter(label);
  return !isInlineTag(label.name) ? isFirstOfPair(label) : hasTextAfter(label) && isAloneAtStart(label);
}

/** Returns true for the first of two elements with text: a label and its value. */
function isFirstOfPair(label: PageElement): boolean {
  const [first, second, ...others] = filledNodes(label);
  return first === label && second !== undefined && "attribs" in second && others.length === 0;
}

function isAloneAtStart(label: PageElement): boolean {
  const filled = filledNodes(label);
  return filled[0] === label && filled.length <= 3;
}

/** Returns the element and the nodes beside it that have text. */
function filledNodes({ parent }: PageElement): PageNode[] {
  return (parent?.children ?? []).filter((child) => nodesText([child]) !== "");
}

/** Returns true if text follows, in the same line or in the next ones. Another label is no text. */
function hasTextAfter(label: PageElement): boolean {
  let next = label.next as PageNode | null;
  while (next !== null && nodesText([next]) === "") next = next.next as PageNode | null;
  return next !== null && !("attribs" in next && (next.name === "strong" || next.name === "b"));
}
