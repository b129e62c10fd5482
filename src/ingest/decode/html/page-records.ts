import { readHtmlPage, readPageValue, selectInPage } from "../../../kit/html-page.ts";
import { valueIn } from "../../../kit/pages/element-values.ts";
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
