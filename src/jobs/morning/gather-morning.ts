import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { outgrownSize } from "../../catalogue/outgrown-size.ts";
import type { LastFeed, Period } from "../../catalogue/runs/digest-facts.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type {
  DeadLinks,
  FeedToLookAt,
  NightTotals,
  OutgrownCatalogue,
  PromisedCorrection,
  PublisherAction,
} from "../../model/run/digest.ts";
import type { SetAside } from "../../model/run/set-aside.ts";
import type { ConnectorActivity } from "../../model/run/silence.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { gatherTrouble, type Named, namesOf, type Scheduled, type Trouble, type TroubleCatalogue } from "./gather-trouble.ts";
import { feedsToLookAt, type JudgedFeed, judgeFeeds } from "./last-feeds.ts";
import { promisedCorrections } from "./promised-corrections.ts";

/** An action about a publisher that is due. */
export interface DueAction extends PublisherAction {
  readonly publisherId: string;
}

/**
 * The morning's work: what a period leaves to people. The digest and the first page show it. Paths of pages are without the address of
 * the console. Decisions that somebody has postponed are in it.
 */
export interface Morning {
  readonly period: Period;
  readonly trouble: Trouble;
  readonly totals: NightTotals;
  /** Last feeds of the connectors. */
  readonly feeds: readonly JudgedFeed[];
  readonly toLookAt: readonly FeedToLookAt[];
  readonly deadLinks: readonly DeadLinks[];
  readonly actions: readonly DueAction[];
  readonly promised: readonly PromisedCorrection[];
  /** Counts of the queues of curators. */
  readonly waiting: Awaited<ReturnType<Catalogue["reviewQueue"]["counts"]>>;
  /** Size of an embedded catalogue that should move, or null. */
  readonly outgrown: OutgrownCatalogue | null;
  readonly setAsides: readonly SetAside[];
}

/** Repositories that `gatherMorning` reads. */
export type MorningCatalogue = Pick<
  Catalogue,
  "kind" | "aids" | "activity" | "digests" | "letterAnswers" | "links" | "overview" | "publisherListing" | "reviewQueue" | "runs"
> &
  TroubleCatalogue;

/** Sums over the runs of all connectors, which need tens of thousands of runs. */
export interface RunSums {
  readonly activities: readonly ConnectorActivity[];
  /** Last feeds of the period. */
  readonly feeds: readonly LastFeed[];
}

/** Reads the sums. */
export async function readRunSums({ activity, digests }: Pick<Catalogue, "activity" | "digests">, period: Period): Promise<RunSums> {
  const [activities, feeds] = await Promise.all([activity.list(), digests.lastFeeds(period)]);
  return { activities, feeds };
}

/** Gathers the morning's work of a period, from the catalogue at `now`. */
export async function gatherMorning(
  catalogue: MorningCatalogue,
  scheduled: Scheduled,
  period: Period,
  now: Date,
  sums: Promise<RunSums> = readRunSums(catalogue, period),
): Promise<Morning> {
  const today = parisDay(now);
  const { activities, feeds: lastFeeds } = await sums;
  const [trouble, totals, links, due, waiting, outgrown, setAsides] = await Promise.all([
    gatherTrouble(catalogue, scheduled, period, now, activities),
    catalogue.digests.totals(period),
    catalogue.links.deadLinks(),
    catalogue.publisherListing.actionsDue(today),
    catalogue.reviewQueue.counts({ today }),
    outgrownSize(catalogue),
    catalogue.setAsides.list(),
  ]);
  const [feeds, promised] = await Promise.all([
    judgeFeeds(catalogue, lastFeeds, scheduled.connectors, setAsides, now),
    promisedCorrections(catalogue, scheduled, links, now),
  ]);
  return {
    ...{ period, trouble, totals, feeds, promised, waiting, outgrown, setAsides },
    toLookAt: feedsToLookAt(feeds),
    deadLinks: deadLinksByConnector(links, namesOf(scheduled)),
    actions: due.map((action) => ({ ...action, isOverdue: action.dueOn < today, page: `/producteurs/${action.publisherId}` })),
  };
}

/** Maximum number of dead links named per connector. */
const linksShown = 3;

function deadLinksByConnector(links: readonly AidLink[], named: Named): DeadLinks[] {
  const byConnector = new Map<string, AidLink[]>();
  for (const link of links) byConnector.set(link.connector, [...(byConnector.get(link.connector) ?? []), link]);
  const counted = [...byConnector].map(([connector, dead]) => ({
    ...named(connector),
    aids: new Set(dead.map(({ aidId }) => aidId)).size,
    links: new Set(dead.map(({ url }) => url)).size,
    examples: dead.slice(0, linksShown).map(({ externalId, name, url }) => ({ externalId, name, url })),
  }));
  return counted.sort((a, b) => (a.connector < b.connector ? -1 : 1));
}
