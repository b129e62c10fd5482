import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { CuratorWork, LastFeed, Period } from "../../catalogue/runs/digest-facts.ts";
import { sumOfFunnels } from "../../model/aid/funnel.ts";
import { basesToConfirm } from "../../model/aid/reuse-basis.ts";
import type { GuardCode } from "../../model/plan/guard.ts";
import { weeklySample } from "../../model/plan/weekly-sample.ts";
import { cardKey } from "../../model/run/card-key.ts";
import type { CallReason, Digest, OfConnector, PublisherToCall, UnmappedWords } from "../../model/run/digest.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { type MissingTerm, termsToDecide, waitingWords } from "../../registry/terms/waiting-words.ts";
import { gatherMorning, type MorningCatalogue } from "../morning/gather-morning.ts";
import { type Named, namesOf, type Scheduled } from "../morning/gather-trouble.ts";
import { Postponed } from "../morning/postponed.ts";

/** Repositories that the digest reads. */
export type DigestCatalogue = MorningCatalogue & Pick<Catalogue, "funnel" | "publishedByRuns" | "reuseBases" | "schedule" | "search">;

/** Returns the morning page for a period, from the catalogue at `now`, without postponed decisions. */
export async function gatherDigest(catalogue: DigestCatalogue, scheduled: Scheduled, period: Period, now: Date): Promise<Digest> {
  const { digests } = catalogue;
  const named = namesOf(scheduled);
  await catalogue.search.bringIn({ whole: true });
  const morning = await gatherMorning(catalogue, scheduled, period, now);
  const postponed = new Postponed(morning.setAsides, now);
  const { expected, paused, toBring, ...trouble } = postponed.withoutTrouble(morning.trouble);
  const missing = termsToDecide(await catalogue.overview.lastUnmapped(), scheduled.connectors, morning.setAsides, parisDay(now));
  const { unmapped, total: words } = wordsToMap(missing, named);
  const toMap = postponed.without(unmapped, () => cardKey.words);
  const { review, proposals } = morning.waiting;
  const console = (scheduled.environment.MOISSON_CONSOLE_URL ?? "").replace(/\/+$/, "");
  const ops = {
    ...trouble,
    deadLinks: postponed.without(morning.deadLinks, cardKey.deadLinks),
    unsent: await digests.unsent(now),
    toLookAt: postponed.withoutFeeds(morning.toLookAt),
    outgrown: morning.outgrown,
  };
  const actions = postponed.without(morning.actions, cardKey.action);
  const promised = postponed.without(morning.promised, cardKey.promised);
  return {
    period: { since: period.since.toISOString(), until: period.until.toISOString() },
    expected,
    paused,
    postponed: postponed.count,
    ops,
    bizdev: {
      ...curatorWork(await digests.curatorWork(period), named),
      publishedByRuns: await publishedByRuns(catalogue, now),
      unmapped: toMap,
      waiting: { review, proposals, words },
      funnel: await funnelOfAll(catalogue, scheduled, named, parisDay(now)),
      toCall: publishersToCall({ ...trouble, feeds: morning.feeds }),
      toBring,
      actionsDue: actions.map(({ publisherId: _, page, ...action }) => ({ ...action, page: `${console}${page}` })),
      promised: promised.map((one) => ({ ...one, page: `${console}${one.page}` })),
    },
    night: morning.totals,
  };
}

/** Number of acts in a digest. */
const actsShown = 5;

async function funnelOfAll(
  { funnel, reuseBases }: Pick<Catalogue, "funnel" | "reuseBases">,
  { connectors }: Scheduled,
  named: Named,
  today: string,
): Promise<NonNullable<Digest["bizdev"]["funnel"]>> {
  const definitions = connectors.map(({ definition }) => definition);
  const { counts, acts } = sumOfFunnels(await funnel.funnels(basesToConfirm(definitions, await reuseBases.inForce()), today));
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
    if (run.nights >= nightsToCall && !(run.error && ourErrors.has(run.error.code)))
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
