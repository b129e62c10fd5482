import { hash } from "node:crypto";
import type { Details } from "../../../kit/detail-pages.ts";
import { type ReadPage, readPage } from "../../../kit/pages/read-page.ts";
import { once } from "../../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { type ArchivedPage, bytesOf } from "../../../model/run/site-archive.ts";
import type { DecodeLimits } from "../decoded.ts";
import { textOfPage } from "../html/decode-html.ts";

/** Pages with the same values from which on these are an error page, not aids. The publisher may list an aid twice. */
const maxRepeats = 2;

/** Reads the pages of a site, and recognises an error page by its repetition. */
export class ArchivedPageReader {
  readonly #seen = new Map<string, number>();

  constructor(
    private readonly details: Details,
    private readonly limits: DecodeLimits,
  ) {}

  /** Returns the values of a page, or why it is not the expected one. */
  async read(page: ArchivedPage): Promise<ReadPage> {
    const read = await this.#readOne(page);
    if ("fault" in read) return read;
    const values = hash("sha256", JSON.stringify(read.values));
    const count = (this.#seen.get(values) ?? 0) + 1;
    this.#seen.set(values, count);
    return count > maxRepeats ? { fault: "repeated", missing: [] } : read;
  }

  async #readOne(page: ArchivedPage): Promise<ReadPage> {
    const bytes = bytesOf(page);
    const { url, from = url, type } = page;
    const part = { name: url, contentType: type, bytes: bytes.length, path: url, open: () => once(bytes) };
    try {
      const { text } = await textOfPage(part, this.limits, "");
      return readPage({ text, url: new URL(url), from: new URL(from) }, this.details);
    } catch (error) {
      if (error instanceof FeedUnreadable) return { fault: "unreadable", missing: [] };
      throw error;
    }
  }
}
