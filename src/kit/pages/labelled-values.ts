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
  const visit = (nodes: readonly PageNode[]) => {
    for (const node of nodes) {
      if ("attribs" in node) {
        if (!droppedTags.has(node.name)) visit(node.children);
      } else if (!("children" in node)) readLabel(node, node.data, titles, within, note);
    }
  };
  visit(within.children);
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

/** Climbs from the label's text to the element that contains nothing else, and reads what follows it. */
function valueBeside(text: PageNode, within: PageElement | HtmlPage): Values | null {
  let label = text;
  for (let { parent } = label; parent !== null && parent !== within && "attribs" in parent; { parent } = label) {
    if (parent.children.some((child) => child !== label && textOf(child).replace(/[\s:]/g, "") !== "")) break;
    label = parent;
  }
  if (!("attribs" in label) || isInlineTag(label.name))
    return filled(nodesText(inlineAfter(label)).replace(/^\s*:/, "")) ?? filled(linesBelow(label)) ?? nextBlock(label);
  if (label.name === "dt") return definitions(label);
  if (label.name === "th" || label.name === "td") return cells(label);
  return nextBlock(label);
}

/** Returns the text and inline elements after a node, up to a line break, a block, or the next label in bold. */
function inlineAfter(start: PageNode): PageNode[] {
  const nodes: PageNode[] = [];
  for (let node = start.next as PageNode | null; node !== null; node = node.next as PageNode | null) {
    if ("attribs" in node && (node.name === "br" || !isInlineTag(node.name) || (isBold(node) && /:\s*$/.test(elementText(node))))) break;
    nodes.push(node);
  }
  return nodes;
}

/** Returns the lines below a label that is alone in its line: up to the next line that starts in bold, or, without one, to a blank line. */
function linesBelow(label: PageNode): string {
  const lines: PageNode[][] = [];
  for (let node = label.next as PageNode | null; node !== null; node = node.next as PageNode | null) {
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
  const texts: string[] = [];
  for (let node = label.next as PageNode | null; node !== null; node = node.next as PageNode | null) {
    if (!("attribs" in node)) continue;
    if (node.name !== "dd") break;
    texts.push(...[itemsOf(node)].flat());
  }
  return several(texts);
}

function cells(label: PageElement): Values | null {
  const texts: string[] = [];
  for (let node = label.next as PageNode | null; node !== null; node = node.next as PageNode | null) {
    if ("attribs" in node) texts.push(...[itemsOf(node)].flat());
  }
  return several(texts);
}

function nextBlock(label: PageNode): Values | null {
  for (let node = label.next as PageNode | null; node !== null; node = node.next as PageNode | null) {
    if (!("attribs" in node)) continue;
    const value = several([itemsOf(node)].flat());
    if (value !== null) return value;
  }
  return null;
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

function textOf(node: PageNode): string {
  return nodesText([node]);
}
