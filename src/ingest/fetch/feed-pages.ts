import { FeedUnreadable } from "../../model/run/run-error.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import type { RequestBody } from "./request-body.ts";

/** Request for a page. */
export interface PageAsk {
  readonly url: URL;
  readonly body?: RequestBody;
}

/** Downloads the page with this number, from 1. Requests with a body are sent by POST. */
export type DownloadPage = (url: URL, page: number, body?: RequestBody) => Promise<FetchedPart>;

/** Numbers the pages of a feed across all its queries, and limits their count. */
export class FeedPages {
  /** Pages requested so far. */
  asked = 0;

  constructor(
    private readonly download: DownloadPage,
    private readonly limit: number,
  ) {}

  /** Throws the errors of the download, and `FeedUnreadable` over the limit. */
  async ask({ url, body }: PageAsk): Promise<FetchedPart> {
    if (this.asked === this.limit) throw new FeedUnreadable("too-many-pages", { limit: this.limit });
    this.asked++;
    return this.download(url, this.asked, body);
  }
}
