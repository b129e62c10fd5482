import { DomUtils } from "htmlparser2";
import { type HtmlPage, type PageElement, type PageNode, type PageValue, selectInPage } from "../html-page.ts";
import { droppedTags, isInlineTag } from "../values/html/markup-tags.ts";

/** Returns null, a text, or a list of texts, by the number of matching elements. Calls `spend` with the size of each text. */
export function valueIn(
  within: PageElement | HtmlPage,
  { selector, take }: PageValue,
  spend: (size: number) => void,
): string | string[] | null {
  const elements = selector !== "" ? selectInPage(selector, within) : "attribs" in within ? [within] : [];
  const texts: string[] = [];
  for (const element of elements) {
    const text = extractedText(element, take, spend);
    if (text === null) continue;
    spend(text.length);
    texts.push(text);
  }
  return texts.length > 1 ? texts : (texts[0] ?? null);
}

function extractedText(element: PageElement, take: PageValue["take"], spend: (size: number) => void): string | null {
  if (take === "text") return elementText(element, () => spend(1));
  if (take === "markup") return DomUtils.getInnerHTML(element, { encodeEntities: "utf8" });
  return Object.hasOwn(element.attribs, take.attribute) ? (element.attribs[take.attribute] ?? null) : null;
}

/** Returns the text of an element in one line, without scripts, with blanks around blocks. Calls `visit` for each node. */
export function elementText(element: PageElement, visit?: () => void): string {
  return nodesText(element.children, visit);
}

/** Returns the text of consecutive nodes, as `elementText` does. */
export function nodesText(nodes: readonly PageNode[], visit: () => void = () => undefined): string {
  const texts: string[] = [];
  addText(nodes, texts, visit);
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
  const isBlock = !isInlineTag(element.name);
  if (isBlock) texts.push(" ");
  addText(element.children, texts, visit);
  if (isBlock) texts.push(" ");
}

/** Returns the first number in the first text at a value of a page ("128 aides", "1 204 résultats"), or null. */
export function announcedCount(page: HtmlPage, value: PageValue): number | null {
  const [text] = [valueIn(page, value, () => undefined)].flat();
  const digits = /\d[\d\s\u00a0\u202f]*/.exec(text ?? "")?.[0].replace(/\D/g, "");
  const count = digits === undefined ? Number.NaN : Number(digits);
  return Number.isSafeInteger(count) ? count : null;
}
