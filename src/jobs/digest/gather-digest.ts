import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { outgrownSize } from "../../catalogue/outgrown-size.ts";
import type { ActionDue } from "../../catalogue/publishers/publisher-listing-repository.ts";
import type { CuratorWork, LastFeed, Period } from "../../catalogue/runs/digest-facts.ts";
import { sumOfFunnels } from "../../model/aid/funnel.ts";
import { basesToConfirm } from "../../model/aid/reuse-basis.ts";
import type { GuardCode } from "../../model/plan/guard.ts";
import { weeklySample } from "../../model/plan/weekly-sample.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import { cardKey } from "../../model/run/card-key.ts";
import type {
  BadRun,
  CallReason,
  DeadLinks,
  Digest,
  OfConnector,
  PublisherAction,
  PublisherToCall,
  UnmappedWords,
} from "../../model/run/digest.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { type MissingTerm, termsToDecide, waitingWords } from "../../registry/terms/waiting-words.ts";
import { gatherTrouble, type Named, namesOf, type Scheduled } from "./gather-trouble.ts";
import { feedsToLookAt, judgeFeeds } from "./last-feeds.ts";
import { Postponed } from "./postponed.ts";
import { promisedCorrections } from "./promised-corrections.ts";

/** Repositories that the digest reads. */
export type DigestCatalogue = Pick<
  Catalogue,
  | "kind"
  | "aids"
  | "overview"
  | "activity"
  | "digests"
  | "funnel"
  | "letterAnswers"
  | "links"
  | "publishedByRuns"
  | "publisherListing"
  | "reuseBases"
  | "reviewQueue"
  | "runs"
  | "schedule"
  | "search"
  | "setAsides"
>;

/** Maximum number of dead links named per connector. */
const linksShown = 3;

/** Returns the morning page for a period, from the catalogue at `now`. */
export async function gatherDigest(catalogue: DigestCatalogue, scheduled: Scheduled, period: Period, now: Date): Promise<Digest> {
  const { digests } = catalogue;
  const named = namesOf(scheduled);
  await catalogue.search.bringIn({ whole: true });
  const setAsides = await catalogue.setAsides.list();
  const postponed = new Postponed(setAsides, now);
  const { expected, paused, toBring, ...trouble } = postponed.withoutTrouble(await gatherTrouble(catalogue, scheduled, period, now));
  const feeds = await judgeFeeds(catalogue, await digests.lastFeeds(period), scheduled.connectors, setAsides, now);
  const missing = termsToDecide(await catalogue.overview.lastUnmapped(), scheduled.connectors, setAsides, parisDay(now));
  const { unmapped, total: words } = wordsToMap(missing, named);
  const toMap = postponed.without(unmapped, () => cardKey.words);
  const { review, proposals } = await catalogue.reviewQueue.counts({ today: parisDay(now) });
  const work = await digests.curatorWork(period);
  const dead = await catalogue.links.deadLinks();
  const ops = {
    ...trouble,
    deadLinks: postponed.without(deadLinksByConnector(dead, named), cardKey.deadLinks),
    unsent: await digests.unsent(now),
    toLookAt: postponed.withoutFeeds(feedsToLookAt(feeds)),
    outgrown: await outgrownSize(catalogue),
  };
  const due = postponed.without(await catalogue.publisherListing.actionsDue(parisDay(now)), cardKey.action);
  const promised = postponed.without(await promisedCorrections(catalogue, scheduled, dead, now), cardKey.promised);
  return {
    period: { since: period.since.toISOString(), until: period.until.toISOString() },
    expected,
    paused,
    postponed: postponed.count,
    ops,
    bizdev: {
      ...curatorWork(work, named),
      publishedByRuns: await publishedByRuns(catalogue, now),
      unmapped: toMap,
      waiting: { review, proposals, words },
      funnel: await funnelOfAll(catalogue, scheduled, named),
      toCall: publishersToCall({ ...trouble, feeds }),
      toBring,
      actionsDue: actionsDue(due, scheduled.environment, now),
      promised,
    },
    night: await digests.totals(period),
  };
}

/** Number of acts in a digest. */
const actsShown = 5;

async function funnelOfAll(
  { funnel, reuseBases }: Pick<Catalogue, "funnel" | "reuseBases">,
  { connectors }: Scheduled,
  named: Named,
): Promise<NonNullable<Digest["bizdev"]["funnel"]>> {
  const definitions = connectors.map(({ definition }) => definition);
  const { counts, acts } = sumOfFunnels(await funnel.funnels(basesToConfirm(definitions, await reuseBases.inForce())));
  return { counts, acts: acts.slice(0, actsShown).map((act) => ({ ...act, publisher: named(act.connector).publisher })) };
}

async function publishedByRuns(catalogue: DigestCatalogue, now: Date): Promise<NonNullable<Digest["bizdev"]["publishedByRuns"]>> {
  const { since, seed, size } = weeklySample(now);
  const { count, sample } = await catalogue.publishedByRuns.sample(since, seed, size);
  return { count, toCheck: sample.filter(({ seenBy }) => seenBy === null).length };
}

function curatorWork(work: readonly CuratorWork[], named: Named): Pick<Digest["bizdev"], "toReview" | "proposals" | "contradicted"> {
  return {
    toReview: work.flatMap(({ connector, createdInReview: created, inReview: waiting }) =>
      created > 0 ? [{ ...named(connector), created, waiting }] : [],
    ),
    proposals: work.flatMap(({ connector, proposedAids: aids, proposedFields: fields, createdProposals: created }) =>
      aids > 0 ? [{ ...named(connector), aids, fields, created }] : [],
    ),
    contradicted: work.flatMap(({ connector, contradicted: aids }) => (aids > 0 ? [{ ...named(connector), aids }] : [])),
  };
}

/** Groups dead links by connector. */
export function deadLinksByConnector(links: readonly AidLink[], named: Named): DeadLinks[] {
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

/** Adds to each action its page, which has an address if `environment` says where the console is, else a path. */
function actionsDue(
  due: readonly ActionDue[],
  { MOISSON_CONSOLE_URL: console = "" }: Readonly<Record<string, string | undefined>>,
  now: Date,
): PublisherAction[] {
  const today = parisDay(now);
  return due.map(({ publisherId, ...action }) => ({
    ...action,
    isOverdue: action.dueOn < today,
    page: `${console.replace(/\/+$/, "")}/producteurs/${publisherId}`,
  }));
}

/** Number of consecutive bad nights after which the publisher should be called. */
const nightsToCall = 2;
/** Minimum number and share of rejected records worth a call. */
const minRejected = 5;
const minShareRejected = 0.1;

/** Guards that report our own actions, not a problem of the feed. */
const ourGuards: ReadonlySet<GuardCode> = new Set(["first-run-of-draft", "undone-before"]);
/** Errors that we must fix, not the publisher. */
const ourErrors: ReadonlySet<RunErrorCode> = new Set(["missing-secret", "missing-address", "address-refused"]);

/** Facts that may be reasons for a call. `feeds` leaves out items set aside. */
type CallFacts = Pick<Digest["ops"], "held" | "unreachable" | "refused" | "unreadable" | "stoppedEarly" | "silent"> & {
  readonly feeds: readonly (OfConnector & Pick<LastFeed, "rejected" | "received">)[];
};

/** Returns the publishers whose feed fails night after night or has many rejected records, which only they can fix. Sorted by connector. */
function publishersToCall(facts: CallFacts): PublisherToCall[] {
  const reasons = new Map<string, { of: OfConnector; reasons: CallReason[] }>();
  const add = ({ connector, publisher }: OfConnector, reason: CallReason) => {
    const known = reasons.get(connector) ?? { of: { connector, publisher }, reasons: [] };
    known.reasons.push(reason);
    reasons.set(connector, known);
  };
  for (const plan of facts.held) {
    const guards = plan.guards.filter(({ code }) => !ourGuards.has(code));
    if (plan.nights >= nightsToCall && guards.length > 0) add(plan, { code: "held", nights: plan.nights, guards });
  }
  for (const run of [...facts.unreachable, ...facts.refused, ...facts.unreadable, ...facts.stoppedEarly]) {
    if (run.nights >= nightsToCall && !isOurs(run))
      add(run, { code: "not-read", nights: run.nights, outcome: run.outcome, error: run.error });
  }
  for (const connector of facts.silent) {
    // Ops handle connectors without an applied run.
    const silences = connector.silences.filter(({ code }) => code === "quiet" || code === "deadlines-past");
    if (silences.length > 0) add(connector, { code: "silent", silences });
  }
  for (const feed of facts.feeds) {
    const { rejected, received } = feed;
    if (rejected >= minRejected && rejected >= minShareRejected * received) add(feed, { code: "rejected", rejected, received });
  }
  const called = [...reasons.values()].map(({ of, reasons: why }) => ({ ...of, reasons: why }));
  return called.sort((a, b) => (a.connector < b.connector ? -1 : 1));
}

function isOurs({ error }: BadRun): boolean {
  return error !== null && ourErrors.has(error.code);
}

/** Maximum number of words named per vocabulary. */
const examplesShown = 3;

/** Groups the words to map by connector and vocabulary. `total`: number of distinct words, as everywhere: several connectors may share one. */
function wordsToMap(missing: readonly MissingTerm[], named: Named): { readonly total: number; readonly unmapped: UnmappedWords[] } {
  const groups = new Map<string, MissingTerm[]>();
  for (const term of missing) {
    const key = `${term.connector}\n${term.vocabulary}`;
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  const unmapped = [...groups.values()].flatMap((terms) => {
    const words = waitingWords(terms);
    const [first] = terms;
    if (first === undefined) return [];
    return {
      ...named(first.connector),
      vocabulary: first.vocabulary,
      words: words.length,
      records: words.reduce((sum, { count }) => sum + count, 0),
      examples: words.slice(0, examplesShown).map(({ word, count }) => ({ term: word, count })),
    };
  });
  return { total: waitingWords(missing).length, unmapped };
}
