import { FeedUnreadable } from "../../model/run/run-error.ts";
import { type Details, type PageReading, pageFields } from "../detail-pages.ts";
import { type HtmlPage, type PageElement, readHtmlPage, readPageValue, selectInPage } from "../html-page.ts";
import { isBlank } from "../values/text/is-blank.ts";
import { linkedAddress } from "../values/text/linked-address.ts";
import { elementText, valueIn } from "./element-values.ts";
import { introduction } from "./introduction.ts";
import { labelledValues } from "./labelled-values.ts";
import { pageData } from "./page-data.ts";
import { faultOf, type PageFault, saysNotFound } from "./page-fault.ts";
import { sectionsUnderHeadings } from "./section-under-heading.ts";

/** A page as received. */
export interface ReceivedPage {
  readonly text: string;
  /** Requested address, and address after redirects. */
  readonly url: URL;
  readonly from: URL;
}

/** The values of a page, or why it is not the expected one. `missing`: the required fields that it lacks. */
export type ReadPage =
  | { readonly values: Readonly<Record<string, unknown>> }
  | { readonly fault: PageFault; readonly missing: readonly string[] };

/** Limits the values of a page, which repeat content if their elements are nested. */
const maxValueCharacters = 64 * 1024 ** 2;

/** Reads a page whose required fields, or any field, are filled; returns the fault of another. Throws `FeedUnreadable`. */
export function readPage({ text, url, from }: ReceivedPage, { read, required }: Pick<Details, "read" | "required">): ReadPage {
  const page = readHtmlPage(text, url.href);
  const values = pageValues(page, text, from, read);
  const isFilled = (field: string) => !isBlank(values[field]);
  const missing = (required ?? []).filter((field) => !isFilled(field));
  // The title, text and description of an error page are no structure.
  const structural = pageFields(read).filter(
    (field) => field !== read.documents && field !== read.introduction && read.data[field]?.from !== "meta",
  );
  const isExpected = required === undefined ? structural.some(isFilled) : missing.length === 0;
  if (!isExpected) return { fault: faultOf(page, from), missing };
  if (saysNotFound(page)) return { fault: "not-found", missing: [] };
  if (isSentElsewhere(url, from)) return { fault: "sent-elsewhere", missing: [] };
  return { values };
}

/** Returns true if the server redirects to its home page, or to a folder above the page, as some do for pages that are gone. */
function isSentElsewhere(url: URL, from: URL): boolean {
  if (url.href === from.href) return false;
  const path = from.pathname.replace(/\/*$/, "/");
  return path !== url.pathname.replace(/\/*$/, "/") && (path === "/" || url.pathname.startsWith(path)) && from.search === "";
}

function pageValues(page: HtmlPage, text: string, from: URL, read: PageReading): Record<string, unknown> {
  const within = withinOf(page, read);
  let left = maxValueCharacters;
  const spend = (size: number) => {
    left -= size;
    if (left < 0) throw new FeedUnreadable("too-large", { at: from.href, limitMb: maxValueCharacters / 1024 ** 2 });
  };
  const values: Record<string, unknown> = {};
  for (const [field, written] of Object.entries(read.values)) values[field] = valueIn(page, readPageValue(written), spend);
  Object.assign(
    values,
    sectionsUnderHeadings(within, read.headings, Object.values(read.labels).flat()),
    labelledValues(within, read.labels),
  );
  for (const [field, wanted] of Object.entries(read.data)) values[field] = pageData(page, text, wanted);
  const titles = [read.headings, read.labels].flatMap((fields) => Object.values(fields).flat());
  if (read.introduction !== undefined) values[read.introduction] = introduction(text, within, titles);
  if (read.documents !== undefined) values[read.documents] = linkedDocuments(within, from);
  return values;
}

function withinOf(page: HtmlPage, { within }: PageReading): HtmlPage | PageElement {
  return selectInPage(within ?? "main", page)[0] ?? page;
}

/** A document that a page links to. Size and date are as written beside the link, or null. */
interface LinkedDocument {
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
function linkedDocuments(within: PageElement | HtmlPage, page: URL): LinkedDocument[] {
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
