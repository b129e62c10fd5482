import { DomUtils } from "htmlparser2";
import { type PageElement, type PageNode, type PageValue, readHtmlPage, readPageValue, selectInPage } from "../../../kit/html-page.ts";
import { droppedTags, isInlineTag } from "../../../kit/values/html/markup-tags.ts";
import { recordTooLarge } from "../decoded.ts";

/** Selectors of the records and their values. */
interface PageLayout {
  readonly records: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A record with its position in the text of the page. */
export interface PageRecord {
  readonly locator: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly start: number;
  readonly end: number;
}

/** Limits the records of a page, which repeat content if their elements are nested, to this many times `recordBytes`. */
const maxRatio = 4;

/**
 * Yields the records of a page in order. A value is null if no element matches, a text for one match, and a list of texts for several
 * matches. `page` is a prefix for locators, `page 2, ` or empty. Throws `FeedUnreadable`: `malformed` if there are too many elements or
 * nested too deeply, `too-large`.
 */
export function* pageRecords(text: string, layout: PageLayout, recordBytes: number, page: string): Generator<PageRecord> {
  const values = Object.entries(layout.values).map(([field, written]) => [field, readPageValue(written)] as const);
  const elements = selectInPage(layout.records, readHtmlPage(text, page === "" ? "the page" : page.replace(/, $/, "")));
  let left = maxRatio * recordBytes;
  for (const [index, element] of elements.entries()) {
    const locator = `${page}item ${index + 1}`;
    const spend = (size: number) => {
      left -= size;
      if (left < 0) throw recordTooLarge(locator, recordBytes);
    };
    const { startIndex, endIndex } = element;
    const place = { start: startIndex ?? 0, end: endIndex ?? 0 };
    spend(place.end - place.start);
    const read = values.map(([field, value]) => [field, valueIn(element, value, spend)] as const);
    yield { locator, values: Object.fromEntries(read), ...place };
  }
}

function valueIn(record: PageElement, { selector, take }: PageValue, spend: (size: number) => void): string | string[] | null {
  const elements = selector === "" ? [record] : selectInPage(selector, record);
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

/**
 * Returns the text of an element in one line, without scripts and styles. Decodes entities, collapses blanks, and writes a blank around
 * blocks and for line breaks. Calls `visit` for each node, so that the caller can set a limit.
 */
function elementText(element: PageElement, visit: () => void): string {
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
  const isBlock = !isInlineTag(element.name);
  if (isBlock) texts.push(" ");
  addText(element.children, texts, visit);
  if (isBlock) texts.push(" ");
}
