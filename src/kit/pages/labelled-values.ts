import type { HtmlPage, PageElement, PageNode } from "../html-page.ts";
import { droppedTags, isInlineTag } from "../values/html/markup-tags.ts";
import { elementText, nodesText } from "./element-values.ts";
import { foldedTitles, foldTitle, maxTitleLength } from "./fold-title.ts";

type Values = string | readonly string[];

/**
 * Returns the text beside the first of each field's labels that has some: `dd` after `dt`, the cells of a row after its first cell, what
 * follows a label in bold or in an element of its own, or the rest of "Label : value". Items of a list are a list of texts.
 */
export function labelledValues(
  within: PageElement | HtmlPage,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Record<string, Values | null> {
  const wanted = foldedTitles(fields);
  const titles = new Set([...wanted.values()].flat());
  const found = new Map<string, Values>();
  const note = (title: string, value: Values | null) => {
    if (value !== null && !found.has(title)) found.set(title, value);
  };
  for (const { node, text } of textsBelow(within)) readLabel(node, text, titles, within, note);
  return Object.fromEntries([...wanted].map(([field, names]) => [field, names.map((name) => found.get(name)).find(Boolean) ?? null]));
}

function readLabel(
  node: PageNode,
  text: string,
  titles: ReadonlySet<string>,
  within: PageElement | HtmlPage,
  note: (title: string, value: Values | null) => void,
): void {
  const line = text.trim();
  if (line === "") return;
  const title = line.length <= maxTitleLength ? foldTitle(line) : "";
  if (titles.has(title)) {
    note(title, valueBeside(node, within));
    return;
  }
  const [, label = "", rest = ""] = /^([^:]{1,200}):([\s\S]*)$/.exec(line) ?? [];
  const named = foldTitle(label);
  if (!titles.has(named)) return;
  const after = inlineAfter(node);
  note(named, filled(`${rest} ${nodesText(after)}`));
}

/** Lists the texts below an element, in page order, outside of scripts and of the elements with one of these tags. */
export function* textsBelow(
  { children }: PageElement | HtmlPage,
  left: ReadonlySet<string> = new Set(),
): Generator<{ readonly node: PageNode; readonly text: string }> {
  for (const node of children) {
    if (!("attribs" in node)) {
      if (!("children" in node)) yield { node, text: node.data };
    } else if (!droppedTags.has(node.name) && !left.has(node.name)) yield* textsBelow(node, left);
  }
}

/** Climbs from the text of a label to the largest element that contains nothing else. */
export function labelAround(text: PageNode, within: PageElement | HtmlPage): PageNode {
  let label = text;
  for (let { parent } = label; parent !== null && parent !== within && "attribs" in parent; { parent } = label) {
    if (parent.children.some((child) => child !== label && nodesText([child]).replace(/[\s:]/g, "") !== "")) break;
    label = parent;
  }
  return label;
}

/** Lists the siblings after a node. */
export function* nodesAfter({ next }: PageNode): Generator<PageNode> {
  for (let node = next as PageNode | null; node !== null; node = node.next as PageNode | null) yield node;
}

/** Reads what follows the element of a label. */
function valueBeside(text: PageNode, within: PageElement | HtmlPage): Values | null {
  const label = labelAround(text, within);
  if (!("attribs" in label) || isInlineTag(label.name))
    return filled(nodesText(inlineAfter(label)).replace(/^\s*:/, "")) ?? filled(linesBelow(label)) ?? nextBlock(label);
  if (label.name === "dt") return definitions(label);
  if (label.name === "th" || label.name === "td") return cells(label);
  return nextBlock(label);
}

/** Returns the text and inline elements after a node, up to a line break, a block, or the next label in bold. */
function inlineAfter(start: PageNode): PageNode[] {
  const nodes: PageNode[] = [];
  for (const node of nodesAfter(start)) {
    if ("attribs" in node && (node.name === "br" || !isInlineTag(node.name) || (isBold(node) && /:\s*$/.test(elementText(node))))) break;
    nodes.push(node);
  }
  return nodes;
}

/** Returns the lines below a label that is alone in its line: up to the next line that starts in bold, or, without one, to a blank line. */
function linesBelow(label: PageNode): string {
  const lines: PageNode[][] = [];
  for (const node of nodesAfter(label)) {
    const line = lines.at(-1);
    if (!("attribs" in node)) line?.push(node);
    else if (node.name === "br") lines.push([]);
    else if (!isInlineTag(node.name)) break;
    else if (line !== undefined && isBold(node) && nodesText(line) === "") return textOfLines(lines);
    else line?.push(node);
  }
  const first = lines.findIndex((line) => nodesText(line) !== "");
  const blank = lines.findIndex((line, index) => index > first && nodesText(line) === "");
  return textOfLines(lines.slice(0, blank === -1 ? undefined : blank));
}

function textOfLines(lines: readonly (readonly PageNode[])[]): string {
  return lines.map((line) => nodesText(line)).join(" ");
}

function isBold({ name }: PageElement): boolean {
  return name === "strong" || name === "b";
}

function definitions(label: PageElement): Values | null {
  const elements = elementsAfter(label);
  const end = elements.findIndex(({ name }) => name !== "dd");
  return several(elements.slice(0, end === -1 ? undefined : end).flatMap(itemsOf));
}

function cells(label: PageElement): Values | null {
  return several(elementsAfter(label).flatMap(itemsOf));
}

function nextBlock(label: PageNode): Values | null {
  const values = elementsAfter(label).map((element) => several([itemsOf(element)].flat()));
  return values.find((value) => value !== null) ?? null;
}

function elementsAfter(label: PageNode): PageElement[] {
  return [...nodesAfter(label)].filter((node) => "attribs" in node);
}

/** Returns the texts of the items if the element contains a list, else its whole text. */
function itemsOf(element: PageElement): string[] | string {
  const items: string[] = [];
  const visit = (nodes: readonly PageNode[]) => {
    for (const node of nodes) {
      if (!("attribs" in node)) continue;
      if (node.name === "li") items.push(elementText(node));
      else visit(node.children);
    }
  };
  visit([element]);
  return items.length > 0 ? items : elementText(element);
}

function several(texts: readonly string[]): Values | null {
  const [first, ...others] = texts.filter((text) => text !== "");
  if (first === undefined) return null;
  return others.length === 0 ? first : [first, ...others];
}

function filled(text: string): string | null {
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" ? null : line;
}
