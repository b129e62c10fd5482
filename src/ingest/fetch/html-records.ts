import { createHash } from "node:crypto";
import { readHtmlPage, selectInPage } from "../../kit/html-page.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";

/**
 * Returns the number of records on a web page and a hash of their markup. Counts records as decode does. Returns null if the page cannot be
 * read; decode reports the error.
 */
export function htmlRecords(text: string, selector: string): { readonly records: number; readonly hash: string } | null {
  try {
    const elements = selectInPage(selector, readHtmlPage(text, "the page"));
    const digest = createHash("sha256");
    let hashedTo = -1;
    for (const { startIndex, endIndex } of elements) {
      // Skip a record inside another record, which is already hashed.
      if (startIndex === null || endIndex === null || startIndex <= hashedTo) continue;
      digest.update(text.slice(startIndex, endIndex + 1));
      hashedTo = endIndex;
    }
    return { records: elements.length, hash: digest.digest("hex") };
  } catch (error) {
    if (error instanceof FeedUnreadable) return null;
    throw error;
  }
}
