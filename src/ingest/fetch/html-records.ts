import { createHash } from "node:crypto";
import { readHtmlPage, readPageValue, selectInPage } from "../../kit/html-page.ts";
import { announcedCount, valueIn } from "../../kit/pages/element-values.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";

/** What a walk needs of a web page. `next`: the address of the next page, as written. */
interface HtmlRecords {
  readonly records: number;
  readonly hash: string;
  readonly next: string | null;
  readonly announced: number | null;
}

/** Where a page has its records, the address of the next page, and the announced number of records. */
interface ListLayout {
  readonly records: string;
  readonly next: string | null;
  readonly total: string | undefined;
}

/**
 * Returns the number of records on a web page, a hash of their markup, the next address and the announced number. Counts records
 * as decode does. Returns null if the page cannot be read; decode reports the error.
 */
export function htmlRecords(text: string, layout: ListLayout): HtmlRecords | null {
  try {
    const page = readHtmlPage(text, "the page");
    const elements = selectInPage(layout.records, page);
    const digest = createHash("sha256");
    let hashedTo = -1;
    for (const { startIndex, endIndex } of elements) {
      // Skip a record inside another record, which is already hashed.
      if (startIndex === null || endIndex === null || startIndex <= hashedTo) continue;
      digest.update(text.slice(startIndex, endIndex + 1));
      hashedTo = endIndex;
    }
    const next = layout.next === null ? null : valueIn(page, readPageValue(layout.next), () => undefined);
    const announced = layout.total === undefined ? null : announcedCount(page, readPageValue(layout.total));
    // A page may show its pagination twice.
    return { records: elements.length, hash: digest.digest("hex"), next: [next].flat()[0] ?? null, announced };
  } catch (error) {
    if (error instanceof FeedUnreadable) return null;
    throw error;
  }
}
