import type { Connector } from "../../kit/definition.ts";
import type { IssueParams } from "../../model/issue.ts";
import type { RunTally } from "./run-tally.ts";

/**
 * Returns why the pages of a site do not count as complete, as parameters of `walk-incomplete`: pages wait for another night, or too few
 * could be read. Returns null if the site counts as complete, or the feed is no site.
 */
export function pagesUnread(tally: RunTally, { details }: Pick<Connector, "details">): IssueParams | null {
  if (details === undefined) return null;
  const gone = tally.countOf("page-gone");
  const waiting = tally.countOf("page-waiting");
  const unread = gone + waiting + tally.countOf("page-failed") + tally.countOf("page-unlike");
  const listed = tally.received + gone;
  const read = listed - unread;
  if (waiting > 0) return { reason: "pages-waiting", read, listed };
  return read < listed * details.minRead ? { reason: "pages-unread", read, listed, share: details.minRead } : null;
}
