import { createHash } from "node:crypto";
import { readHtmlPage, selectInPage } from "../../kit/html-page.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";

/**
 * How many records a web page has, counted as decode reads them, and a hash of their markup, the same whatever stands around them.
 * Null where the page cannot be read: decode says why.
 */
export function htmlRecords(text: string, selector: string): { readonly records: number; readonly hash: string } | null {
  try {
    const elements = selectInPage(selector, readHtmlPage(text, "the page"));
    const digest = createHash("sha256");
    let hashedTo = -1;
    for (const { startIndex, endIndex } of elements) {
      // One record may lie in another.
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
