import { DomUtils } from "htmlparser2";
import { type HtmlPage, type PageElement, type PageNode, selectInPage } from "../html-page.ts";
import { elementText, nodesText } from "./element-values.ts";
import { foldedTitles, foldTitle, maxTitleLength } from "./fold-title.ts";
import { nodesAfter } from "./labelled-values.ts";

/** A heading of a page, in page order. Level 7 is a paragraph in bold, 8 the title of a folded part, 9 a paragraph by its class. */
export interface Heading {
  readonly element: PageElement;
  readonly level: number;
  /** Folded by `foldTitle`. */
  readonly title: string;
}

const boldLevel = 7;
const foldedLevel = 8;
const classLevel = 9;
/** A longer paragraph is no heading, whatever its class. */
const maxClassTitle = 70;

/**
 * Returns the markup under the first of each field's headings that has some: what follows it, up to the next heading of the same or a higher
 * level, or of another field, or to a paragraph that starts with one of the labels. Reads `h1` to `h6`, `role="heading"`, `summary`, `legend`,
 * the controls of folded parts and tabs, paragraphs that are all bold, and short paragraphs of one class between others.
 */
export function sectionsUnderHeadings(
  within: PageElement | HtmlPage,
  fields: Readonly<Record<string, string | readonly string[]>>,
  labels: readonly string[] = [],
): Record<string, string | null> {
  const headings = headingsIn(within);
  const wanted = foldedTitles(fields);
  const all = new Set([...wanted.values()].flat());
  const folded = new Set(labels.map(foldTitle));
  // A section of another field is not repeated in the one around it.
  const levels = new Map(headings.map(({ element, level, title }) => [element, all.has(title) || folded.has(title) ? 0 : level]));
  for (const paragraph of folded.size === 0 ? [] : selectInPage("p", within))
    if (startsWithLabel(paragraph, folded)) levels.set(paragraph, 0);
  const sections: Record<string, string | null> = {};
  for (const [field, titles] of wanted) {
    const named = titles.flatMap((title) => headings.filter((heading) => heading.title === title));
    sections[field] =
      named.map((heading) => controlledPart(heading, within) ?? sectionOf(heading, within, levels)).find((markup) => markup !== null) ??
      null;
  }
  return sections;
}

/** Returns true for a paragraph that starts with an element with one of the labels: "**Montant :** 5 000 €". */
function startsWithLabel({ children }: PageElement, labels: ReadonlySet<string>): boolean {
  const first = children.find((node) => nodesText([node]) !== "");
  return first !== undefined && "attribs" in first && labels.has(foldTitle(elementText(first)));
}

/** Lists the headings of a page or element, in page order. */
export function headingsIn(within: PageElement | HtmlPage): Heading[] {
  const found: Heading[] = [];
  const visit = (nodes: readonly PageNode[]) => {
    const between = paragraphsBetween(nodes);
    for (const node of nodes) {
      if (!("attribs" in node)) continue;
      const level = levelOf(node) ?? (between.has(node) ? classLevel : null);
      if (level === null) visit(node.children);
      else found.push({ element: node, level, title: foldTitle(elementText(node)) });
    }
  };
  visit(within.children);
  return found.filter(({ title }) => title !== "" && title.length <= maxTitleLength);
}

/** Returns the paragraphs that are headings by their class: short, at least two of the class, and another element follows each. */
function paragraphsBetween(nodes: readonly PageNode[]): ReadonlySet<PageNode> {
  const elements = nodes.filter((node) => "attribs" in node);
  const kindOf = (element: PageElement | undefined) => `${element?.name} ${element?.attribs.class ?? ""}`;
  const kinds = new Map<string, PageElement[]>();
  const notShort = new Set<string>();
  for (const [index, element] of elements.entries()) {
    const kind = kindOf(element);
    if (element.name !== "p" || element.attribs.class === undefined || notShort.has(kind)) continue;
    const text = elementText(element);
    const next = elements[index + 1];
    if (text === "" || text.length > maxClassTitle || /[.,;]$/.test(text) || next === undefined || kindOf(next) === kind)
      notShort.add(kind);
    else if (kinds.get(kind)?.push(element) === undefined) kinds.set(kind, [element]);
  }
  return new Set([...kinds].flatMap(([kind, found]) => (found.length < 2 || notShort.has(kind) ? [] : found)));
}

function levelOf(element: PageElement): number | null {
  const { name, attribs } = element;
  if (/^h[1-6]$/.test(name)) return Number(name[1]);
  if (attribs.role === "heading") return Number(attribs["aria-level"] ?? 2) || 2;
  if (name === "summary" || name === "legend" || controlledBy(element) !== null) return foldedLevel;
  return (name === "p" || name === "div") && isAllBold(element) ? boldLevel : null;
}

/** Returns the identifier of the part that a control opens, or null for other elements. */
function controlledBy({ attribs }: PageElement): string | null {
  const toggles = attribs["data-bs-toggle"] ?? attribs["data-toggle"] ?? "";
  const opens =
    attribs["aria-expanded"] !== undefined || /^(?:tab|button)$/.test(attribs.role ?? "") || /^(?:collapse|tab|pill)$/.test(toggles);
  const target = attribs["aria-controls"] ?? attribs["data-bs-target"] ?? attribs["data-target"] ?? attribs.href;
  return opens && target !== undefined && /^#?[\w:.-]+$/.test(target) ? target.replace("#", "") : null;
}

function controlledPart({ element }: Heading, within: PageElement | HtmlPage): string | null {
  const id = controlledBy(element);
  const part = id === null ? null : DomUtils.getElementById(id, within.children as never);
  const markup = part == null ? "" : DomUtils.getInnerHTML(part, { encodeEntities: "utf8" }).trim();
  return markup === "" ? null : markup;
}

function isAllBold({ children }: PageElement): boolean {
  const filled = children.filter((node) => "attribs" in node || ("data" in node && node.data.trim() !== ""));
  const [only] = filled;
  return filled.length === 1 && only !== undefined && "attribs" in only && (only.name === "strong" || only.name === "b");
}

/** Takes the siblings after the heading. A heading without siblings has a wrapper: then takes the siblings of the wrapper. */
function sectionOf({ element, level }: Heading, within: PageElement | HtmlPage, levels: ReadonlyMap<PageElement, number>): string | null {
  for (let start: PageElement = element; ; ) {
    const { nodes, isEnded } = following(start, level, levels);
    if (nodesText(nodes) !== "") return DomUtils.getOuterHTML(nodes, { encodeEntities: "utf8" }).trim();
    const { parent } = start;
    if (isEnded || parent === null || parent === within || !("attribs" in parent)) return null;
    start = parent;
  }
}

function following(start: PageElement, level: number, levels: ReadonlyMap<PageElement, number>): { nodes: PageNode[]; isEnded: boolean } {
  const nodes: PageNode[] = [];
  for (const node of nodesAfter(start)) {
    if ("attribs" in node && beginsSection(node, level, levels)) return { nodes, isEnded: true };
    nodes.push(node);
  }
  return { nodes, isEnded: false };
}

/** Returns true if the element is or contains a heading of this or a higher level. */
function beginsSection(element: PageElement, level: number, levels: ReadonlyMap<PageElement, number>): boolean {
  const own = levels.get(element);
  if (own !== undefined) return own <= level;
  return element.children.some((child) => "attribs" in child && beginsSection(child, level, levels));
}
