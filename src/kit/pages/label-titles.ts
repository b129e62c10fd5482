import type { HtmlPage, PageElement, PageNode } from "../html-page.ts";
import { isInlineTag } from "../values/html/markup-tags.ts";
import { nodesText } from "./element-values.ts";
import { labelAround, nodesAfter, textsBelow } from "./labelled-values.ts";

/** A longer text is no label. */
const maxLabelLength = 70;
const maxWords = 9;

/** Elements whose texts label nothing: controls, menus, headings, which have sections. */
const unlabelled: ReadonlySet<string> = new Set("a button nav footer form select h1 h2 h3 h4 h5 h6 summary legend figcaption".split(" "));

/** Lists the texts that look like labels, in page order: `dt`, first cells, "Label : value", bold. `labelledValues` reads their values. */
export function labelTitles(within: PageElement | HtmlPage): string[] {
  const labels = Array.from(textsBelow(within, unlabelled), ({ node, text }) => labelIn(node, text, within));
  return [...new Set(labels)].filter((label) => label !== null);
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

/** Returns true if a value follows the element that contains only the label. */
function hasValue(text: PageNode, within: PageElement | HtmlPage): boolean {
  const label = labelAround(text, within);
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
  const next = [...nodesAfter(label)].find((node) => nodesText([node]) !== "");
  return next !== undefined && !("attribs" in next && (next.name === "strong" || next.name === "b"));
}
