import { FeedUnreadable } from "../../model/run/run-error.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import type { RequestBody } from "./request-body.ts";

/** What a page is asked with. */
export interface PageAsk {
  readonly url: URL;
  readonly body?: RequestBody;
}

/** Downloads the page with this number, from 1; with a body by POST. */
export type DownloadPage = (url: URL, page: number, body?: RequestBody) => Promise<FetchedPart>;

/** The pages of one feed, whatever they are asked with: numbered on, and no more than so many. */
export class FeedPages {
  /** Pages asked for so far. */
  asked = 0;

  constructor(
    private readonly download: DownloadPage,
    private readonly limit: number,
  ) {}

  /** Throws what the download throws, and `FeedUnreadable` over the limit. */
  async ask({ url, body }: PageAsk): Promise<FetchedPart> {
    if (this.asked === this.limit) throw new FeedUnreadable("too-many-pages", { limit: this.limit });
    this.asked++;
    return this.download(url, this.asked, body);
  }
}
