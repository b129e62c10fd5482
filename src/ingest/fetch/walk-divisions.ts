import type { Split } from "../../kit/feed.ts";
import { BroughtRecords } from "./brought-records.ts";
import { divisionName, divisionsOf, type FeedQuestion } from "./feed-question.ts";
import type { FetchedPart, StoppedEarly } from "./fetched-feed.ts";
import type { WalkedPages } from "./page-walk.ts";
import { type Walking, walkQuestion } from "./walk-question.ts";

/** No window: the feed is fetched in one query, whatever total it announces. */
const unsplit: Split = { window: Number.POSITIVE_INFINITY, facets: [] };

/**
 * Queries the whole feed. If it announces more records than the window allows, queries once for each value of the first facet, and splits
 * divisions that are still too large by the next facet. Returns the parts of all divisions in order. The walk stopped early if a division
 * did, if no facet makes a division small enough (`over-window`), or if the divisions have fewer distinct records than the whole query
 * announced (`split-incomplete`): the facets do not cover the feed.
 */
export async function walkDivisions(
  whole: FeedQuestion,
  walking: Omit<Walking, "window" | "brought">,
  split: Split = unsplit,
): Promise<WalkedPages> {
  const { window } = split;
  const undivided = await walkQuestion(whole, { ...walking, window });
  if (!("announced" in undivided)) return undivided;

  const { announced } = undivided;
  const brought = new BroughtRecords();
  const parts: FetchedPart[] = [];
  const ended = (params: StoppedEarly["params"] | null): WalkedPages => ({
    parts,
    announcedTotal: announced,
    stoppedEarly: params && { code: "walk-incomplete", params: { ...params, received: brought.counted, announced } },
  });

  for (const waiting = divisionsOf(whole, split); ; ) {
    const division = waiting.shift();
    if (division === undefined) return ended(brought.counted < announced ? { reason: "split-incomplete" } : null);
    const walked = await walkQuestion(division, { ...walking, window, brought });
    if ("announced" in walked) {
      const finer = divisionsOf(division, split);
      if (finer.length === 0) return ended({ reason: "over-window", division: divisionName(division), found: walked.announced, window });
      waiting.unshift(...finer);
      continue;
    }
    if (walked.stoppedEarly !== null) {
      const { params } = walked.stoppedEarly;
      const page = parts.length + Number(params.page);
      parts.push(...walked.parts);
      return ended({ ...params, page, division: divisionName(division) });
    }
    parts.push(...walked.parts);
    brought.endDivision();
  }
}
