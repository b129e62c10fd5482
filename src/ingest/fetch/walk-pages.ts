import type { Connector, DecodeOptions } from "../../kit/definition.ts";
import type { Paging } from "../../kit/feed.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { type DownloadPage, FeedPages } from "./feed-pages.ts";
import { wholeQuestion } from "./feed-question.ts";
import type { WalkedPages } from "./page-walk.ts";
import { walkDivisions } from "./walk-divisions.ts";

const defaultMaxPages = 1000;

/**
 * Downloads the pages of a feed, in one query or, if it is split, in several. The latest announced total counts, but links and cursors are
 * followed to their end. Throws the errors of the first page, and `FeedUnreadable` over a limit or if pages of this format cannot be
 * walked.
 */
export async function walkPages(
  { feed, decode }: Pick<Connector, "feed" | "decode">,
  paging: Paging,
  address: URL,
  download: DownloadPage,
): Promise<WalkedPages> {
  checkWalkable(decode, paging);
  const pages = new FeedPages(download, feed.maxPages ?? defaultMaxPages);
  return walkDivisions(wholeQuestion(address, feed), { paging, decode, pages }, feed.split);
}

/** Throws for a connector whose pages cannot be walked. Links and cursors in the body are supported only for JSON. */
function checkWalkable(decode: DecodeOptions, paging: Paging): void {
  const isJson = decode.format === "json" && !decode.lines;
  if (isJson || (decode.format !== "excel" && !("path" in paging))) return;
  throw new FeedUnreadable("unsupported-file", { found: `${decode.format} in pages (${paging.kind}), a way` });
}
