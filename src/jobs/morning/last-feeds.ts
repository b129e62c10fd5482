import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LastFeed } from "../../catalogue/runs/digest-facts.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { type FeedToLookAt, isNoted, type OfConnector } from "../../model/run/digest.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import { asidesIn, type SetAside } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { connectorNames } from "../../registry/connector-names.ts";

/** Rejected records of a feed, without items set aside, its warnings and repairs. */
export interface JudgedFeed extends OfConnector, LastFeed {}

/** Judges the last feeds of existing connectors. */
export async function judgeFeeds(
  catalogue: Pick<Catalogue, "runs">,
  feeds: readonly LastFeed[],
  connectors: readonly LoadedConnector[],
  setAsides: readonly SetAside[],
  now: Date,
): Promise<JudgedFeed[]> {
  const names = connectorNames(connectors);
  const judged: JudgedFeed[] = [];
  for (const feed of feeds) {
    if (!names.has(feed.connector)) continue;
    const aside = await rejectedAside(catalogue, feed, setAsides, parisDay(now));
    judged.push({ ...feed, publisher: names.get(feed.connector) ?? feed.connector, rejected: Math.max(0, feed.rejected - aside) });
  }
  return judged;
}

/** Returns the feeds that ended well, but that somebody should look at, those with warnings or another reading first. */
export function feedsToLookAt(feeds: readonly JudgedFeed[]): FeedToLookAt[] {
  const found = feeds.filter(({ outcome, rejected, warnings, repairs }) => {
    return goodOutcomes.has(outcome) && rejected + warnings.length + repairs.length > 0;
  });
  return found
    .map(({ connector, publisher, runId, received, rejected, warnings, repairs }) => ({
      ...{ connector, publisher, runId, received, rejected, warnings },
      repairs: repairs.map(({ code, count, examples: [first] }) => ({ code, count, params: first?.params ?? {} })),
    }))
    .sort((a, b) => Number(isNoted(b)) - Number(isNoted(a)));
}

/** Counts the rejected records of a feed that are set aside. Only the few connectors with such items need their whole report. */
async function rejectedAside(
  { runs }: Pick<Catalogue, "runs">,
  { connector, runId }: LastFeed,
  setAsides: readonly SetAside[],
  today: string,
): Promise<number> {
  const hasAny = setAsides.some((aside) => aside.connector === connector && aside.what === "issue");
  const report = hasAny ? (await runs.find(runId))?.report : null;
  if (!report) return 0;
  return [...asidesIn(report, setAsides, today).keys()].reduce((sum, { severity, count }) => sum + (severity === "error" ? count : 0), 0);
}
