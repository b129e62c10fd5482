import { type HtmlPage, type PageElement, selectInPage } from "../html-page.ts";
import { linkedAddress } from "../values/text/linked-address.ts";
import { elementText } from "./element-values.ts";

/** A document that a page links to. Size and date are as written beside the link, or null. */
export interface LinkedDocument {
  readonly title: string;
  readonly url: string;
  readonly size: string | null;
  readonly date: string | null;
}

const documentPath = /\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|odp|zip|rtf|csv)$/i;
const writtenSize = /\d+(?:[.,]\d+)?\s?(?:ko|kb|mo|mb|octets|k|m)\b/i;
const writtenDate = /\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\b\d{1,2}(?:er)?\s+\p{L}{3,9}\.?\s+\d{4}\b|\b\d{4}-\d{2}-\d{2}\b/iu;
/** A longer text beside a link is about something else. */
const maxTitleLength = 500;
const maxBesideLength = 300;

/** Lists the documents that an element links to, each address once, in page order. `page`: address of the page. */
export function linkedDocuments(within: PageElement | HtmlPage, page: URL): LinkedDocument[] {
  const documents = new Map<string, LinkedDocument>();
  for (const link of selectInPage("a[href]", within)) {
    const url = linkedAddress(link.attribs.href ?? "", page);
    if (url === null || documents.has(url.href)) continue;
    if (!documentPath.test(url.pathname) && link.attribs.download === undefined) continue;
    const text = elementText(link);
    const beside = besideOf(link);
    const size = writtenSize.exec(text)?.[0] ?? writtenSize.exec(beside)?.[0] ?? null;
    const date = writtenDate.exec(text)?.[0] ?? writtenDate.exec(beside)?.[0] ?? null;
    documents.set(url.href, { title: titleOf(text, link), url: url.href, size, date });
  }
  return [...documents.values()];
}

/** Returns the text around a link, or nothing if it may be about another link. */
function besideOf({ parent }: PageElement): string {
  if (parent === null || !("attribs" in parent) || selectInPage("a[href]", parent).length > 1) return "";
  const text = elementText(parent);
  return text.length <= maxBesideLength ? text : "";
}

/** Returns the text of a link without the brackets around size and format: "Règlement (PDF - 1,2 Mo)" is "Règlement". */
function titleOf(text: string, { attribs }: PageElement): string {
  const title = text
    .slice(0, maxTitleLength)
    .replace(/[([][^()[\]]*(?:\d\s?(?:ko|kb|mo|mb|octets)|pdf|docx?|xlsx?|odt|ods)[^()[\]]*[)\]]/gi, "")
    .replace(/\s*[-–—]?\s*(?:pdf|docx?|xlsx?|odt|ods)?\s*[-–—]?\s*\d+(?:[.,]\d+)?\s?(?:ko|kb|mo|mb)\s*$/i, "")
    .trim();
  return title || attribs.title?.trim() || (attribs.href ?? "").split("/").at(-1) || "";
}
