import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import { outgrownSize } from "../../../catalogue/outgrown-size.ts";
import type { LastFeed, Period } from "../../../catalogue/runs/digest-facts.ts";
import { gatherTrouble, type Trouble } from "../../../jobs/digest/gather-trouble.ts";
import { feedsToLookAt, judgeFeeds } from "../../../jobs/digest/last-feeds.ts";
import { lastWorkingMorning } from "../../../jobs/schedule/last-working-morning.ts";
import type { FeedToLookAt, NightTotals, OutgrownCatalogue } from "../../../model/run/digest.ts";
import type { ConnectorActivity } from "../../../model/run/silence.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Visit } from "../../visit.ts";
import { type ConnectorRow, readConnectorRows } from "../connectors/connector-rows.ts";
import { standstillSentence } from "../connectors/run-blockers.ts";
import { readWords } from "../words/read-words.ts";

export interface Night {
  readonly period: Period;
  readonly trouble: Trouble;
  readonly totals: NightTotals;
  /** Feeds that were applied, but that somebody should look at. */
  readonly toLookAt: readonly FeedToLookAt[];
  /** Warning that no worker seems to process the waiting runs. */
  readonly standstill: string | null;
  /** Size of an embedded catalogue that should move, or null. */
  readonly outgrown: OutgrownCatalogue | null;
  readonly waiting: { readonly review: number; readonly proposed: number; readonly expired: number; readonly words: number };
  /** Connectors, those with problems first. */
  readonly rows: readonly ConnectorRow[];
}

/** Reads the events since the last working morning. */
export async function readNight(visit: Visit): Promise<Night> {
  const {
    catalogue,
    console: { jobs },
    now,
  } = visit;
  await catalogue.search.bringIn();
  const registry = await jobs.registry();
  const period = { since: lastWorkingMorning(now), until: now };
  const { activities, feeds } = await readRunSums(catalogue, period);
  const activity = { list: async () => [...activities], lastProvided: (ids: readonly string[]) => catalogue.activity.lastProvided(ids) };
  const [trouble, totals, standstill, outgrown, queues, { words }, { rows }] = await Promise.all([
    gatherTrouble({ ...catalogue, activity }, { ...registry, environment: jobs.services.environment }, period, now),
    catalogue.digests.totals(period),
    standstillSentence(visit),
    outgrownSize(catalogue),
    catalogue.reviewQueue.counts({ today: parisDay(now) }),
    readWords(visit),
    readConnectorRows(visit),
  ]);
  const waiting = { review: queues.review, proposed: queues.proposals, expired: queues.expired, words: words.length };
  const byId = new Map(registry.connectors.map((loaded) => [loaded.definition.id, loaded]));
  const toLookAt = feedsToLookAt(await judgeFeeds(catalogue, feeds, byId, await catalogue.setAsides.list(), now));
  return { period, trouble, totals, toLookAt, standstill, outgrown, waiting, rows: worstFirst(rows, trouble) };
}

function worstFirst(rows: readonly ConnectorRow[], trouble: Trouble): readonly ConnectorRow[] {
  const { held, failed, abandoned, unreachable, refused, unreadable, stoppedEarly, late, silent } = trouble;
  const isWrong = new Set(
    [held, failed, abandoned, unreachable, refused, unreadable, stoppedEarly, late, silent].flat().map(({ connector }) => connector),
  );
  const rank = ({ id, state }: ConnectorRow) =>
    isWrong.has(id) || state === "refused" || state === "gone" ? 0 : state === "retired" ? 2 : 1;
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

/** Totals over the runs of all connectors. */
interface RunSums {
  readonly activities: readonly ConnectorActivity[];
  /** Last feeds of the period. */
  readonly feeds: readonly LastFeed[];
}

interface CachedSums {
  /** Start of the period. */
  readonly since: number;
  readonly signature: string;
  readonly sums: Promise<RunSums>;
}

const cache = new WeakMap<Catalogue, CachedSums>();

/** Returns the totals. They need tens of thousands of runs, so they are cached until a run changes. */
async function readRunSums(catalogue: Catalogue, period: Period): Promise<RunSums> {
  const since = period.since.getTime();
  const signature = await catalogue.overview.signature();
  const last = cache.get(catalogue);
  if (last?.signature === signature && last.since === since) return last.sums;
  const sums = addUp(catalogue, period);
  cache.set(catalogue, { since, signature, sums });
  sums.catch(() => cache.delete(catalogue));
  return sums;
}

async function addUp({ activity, digests }: Catalogue, period: Period): Promise<RunSums> {
  const [activities, feeds] = await Promise.all([activity.list(), digests.lastFeeds(period)]);
  return { activities, feeds };
}
