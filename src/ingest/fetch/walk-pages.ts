import type { Connector, DecodeOptions } from "../../kit/definition.ts";
import type { Paging } from "../../kit/feed.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { type DownloadPage, FeedPages } from "./feed-pages.ts";
import { wholeQuestion } from "./feed-question.ts";
import type { WalkedPages } from "./page-walk.ts";
import { walkDivisions } from "./walk-divisions.ts";

const defaultMaxPages = 1000;

/**
 * Asks for the pages of a feed, in one question or, where it is split, in as many as it takes. The latest announced total counts; links and cursors are
 * followed to their end whatever it is.
 * Throws what the first page throws, and `FeedUnreadable` over a limit or where pages of this format cannot be walked.
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

/** A connector that asks for what cannot be walked is told so at once; links and cursors are looked for in JSON only. */
function checkWalkable(decode: DecodeOptions, paging: Paging): void {
  const isJson = decode.format === "json" && !decode.lines;
  if (isJson || (decode.format !== "excel" && !("path" in paging))) return;
  throw new FeedUnreadable("unsupported-file", { found: `${decode.format} in pages (${paging.kind}), a way` });
}
