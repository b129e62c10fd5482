import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { Period } from "../../../catalogue/runs/digest-facts.ts";
import { counted, french } from "../../../french/typography.ts";
import { gatherMorning, type Morning, type RunSums, readRunSums } from "../../../jobs/morning/gather-morning.ts";
import type { Trouble } from "../../../jobs/morning/gather-trouble.ts";
import { lastWorkingMorning } from "../../../jobs/schedule/last-working-morning.ts";
import { badOutcomes, type FeedToLookAt, isNoted, type SilentConnector, type WithoutAddress } from "../../../model/run/digest.ts";
import { type AsideOfCard, asidesOfCards } from "../../../model/run/set-aside.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Choice } from "../../parts/form-controls.tsx";
import { standstillSentence } from "../../run-blockers.ts";
import { hasRole, type Visit, visitorOf } from "../../visit.ts";
import { readConnectorRows } from "../connectors/connector-rows.ts";
import type { Card, CardKind } from "./cards/card.ts";
import { hasNeverRun, listCards } from "./cards/list-cards.ts";
import { readWork } from "./cards/read-work.ts";
import { readDone } from "./done-list.tsx";

/** The first page: the morning's work as cards, and what people have done about it. */
export interface Night extends Morning {
  /** Decisions to take, most urgent first. */
  readonly cards: readonly Card[];
  /** Decisions whose connector is being collected again, or about which somebody has begun or sent a letter. */
  readonly begun: readonly { readonly card: Card; readonly by: "run" | "letter" | "sent-letter" }[];
  /** Decisions that somebody has put off. */
  readonly postponed: readonly Card[];
  /** What people have said about cards, by key. */
  readonly asides: ReadonlyMap<string, AsideOfCard>;
  /** Colleagues to whom a card can be assigned. */
  readonly people: readonly Choice[];
  readonly done: Awaited<ReturnType<typeof readDone>>;
  /** Applied feeds with rejected or repaired records only, which can be usual. */
  readonly withRejects: readonly FeedToLookAt[];
  /** Active connectors that have never run: with the variable of their address, if it is missing. */
  readonly unused: readonly (WithoutAddress | SilentConnector)[];
  /** Warning that no worker seems to process the waiting runs. */
  readonly standstill: string | null;
  /** A run or a trial that somebody has asked for is under way: the page renews itself. */
  readonly isGoingOn: boolean;
  /** Nothing was ever collected. */
  readonly isEmpty: boolean;
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
  const scheduled = { ...registry, environment: jobs.services.environment };
  const [morning, standstill, work, { rows }, people] = await Promise.all([
    gatherMorning(catalogue, scheduled, period, now, cachedRunSums(catalogue, period)),
    standstillSentence(visit),
    readWork(visit),
    readConnectorRows(visit),
    catalogue.people.list({ isClosed: false }, { limit: 100, offset: 0 }),
  ]);
  const { trouble } = morning;
  const asides = asidesOfCards(morning.setAsides, now, parisDay(now));
  const actions = hasRole(visit, "bizdev") ? morning.actions : [];
  const all = await withPast(catalogue, listCards({ ...morning, actions, work, now, viewer: visitorOf(visit).name }));
  const open = new Set(rows.flatMap(({ id, standing }) => (standing?.open == null ? [] : [id])));
  const triesLater = connectorsThatTryLater(trouble, now);
  const isCollected = (connector: string | null) => connector !== null && open.has(connector) && !triesLater.has(connector);
  const isRunning = ({ kind, connector }: Card) => endsWithRun.has(kind) && isCollected(connector);
  const done = await readDone(visit, period, new Map(rows.map(({ id, name }) => [id, name])));
  const writtenBy = (acts: readonly string[]) =>
    new Set(done.flatMap(({ entry, connector }) => (acts.includes(entry.act) ? (connector ?? []) : [])));
  const [written, sent] = [writtenBy(["letter.make"]), writtenBy(["letter.send", "letter.sent-by-hand"])];
  const isWritten = ({ kind, connector }: Card) =>
    connector !== null && endsWithLetter.has(kind) && (written.has(connector) || sent.has(connector));
  const isBegun = (card: Card) => isRunning(card) || isWritten(card);
  const isPostponed = ({ key }: Card) => asides.get(key)?.isHidden === true;
  return {
    ...morning,
    cards: all.filter((card) => !isBegun(card) && !isPostponed(card)),
    begun: all
      .filter((card) => isBegun(card) && !isPostponed(card))
      .map((card) => ({ card, by: isRunning(card) ? "run" : sent.has(card.connector ?? "") ? "sent-letter" : "letter" })),
    postponed: all.filter(isPostponed),
    asides,
    people: people.flatMap(({ personId, name, role }) => (role === null ? [] : [{ value: personId, label: name }])),
    done,
    withRejects: morning.toLookAt.filter((feed) => !isNoted(feed)),
    unused: [...trouble.silent.filter(hasNeverRun), ...trouble.withoutAddress],
    standstill,
    isGoingOn: work.isTrying || all.some(isRunning) || done.some(({ connector }) => isCollected(connector)),
    isEmpty: rows.every(({ standing }) => standing === null),
  };
}

/** Returns the connectors whose queued run waits for the time of its next try. */
function connectorsThatTryLater(trouble: Trouble, now: Date): ReadonlySet<string> {
  const { failed, abandoned, refused, unreadable, stoppedEarly, unreachable } = trouble;
  const bad = [failed, abandoned, refused, unreadable, stoppedEarly, unreachable].flat();
  return new Set(bad.flatMap(({ connector, nextTryAt }) => (nextTryAt !== null && nextTryAt > now.toISOString() ? [connector] : [])));
}

/** Kinds of cards that a new run of the connector may end. */
const endsWithRun: ReadonlySet<CardKind> = new Set([
  "failed",
  "abandoned",
  "held",
  "first-run",
  "unreadable",
  "refused",
  "stopped-early",
  "unreachable",
  "late",
  "silent",
]);

/** Kinds of cards that only the publisher can end, once somebody has written. */
const endsWithLetter: ReadonlySet<CardKind> = new Set([
  "unreadable",
  "refused",
  "stopped-early",
  "unreachable",
  "silent",
  "look-at",
  "promised",
  "dead-links",
  "file-due",
]);

/** Runs among which an earlier case of the same outcome is searched. */
const pastRuns = 30;

/** Adds to the cards of runs how often the connector had the same outcome before. */
async function withPast({ overview }: Catalogue, cards: readonly Card[]): Promise<readonly Card[]> {
  const ofRuns = cards.filter(({ kind }) => kind === "held" || badOutcomes.some((bad) => bad === kind));
  const trends = await overview.trends([...new Set(ofRuns.flatMap(({ connector }) => connector ?? []))], pastRuns);
  return cards.map((card) => {
    const outcomes = ofRuns.includes(card) ? trends.get(card.connector ?? "")?.outcomes : undefined;
    return outcomes === undefined ? card : { ...card, evidence: [...card.evidence, pastSentence(card.kind, outcomes)] };
  });
}

/** Returns how often an outcome occurred in these runs, of which the last is the one to decide. */
function pastSentence(kind: CardKind, outcomes: readonly string[]): string {
  const before = outcomes.slice(0, -1);
  const times = before.filter((outcome) => outcome === kind).length;
  if (before.length === 0) return french`C'est sa première collecte.`;
  if (before.length === 1)
    return times === 0 ? french`Cela n'était pas arrivé à sa collecte d'avant.` : french`C'était déjà le cas à sa collecte d'avant.`;
  const runs = french`lors de ses ${before.length} collectes d'avant`;
  return times === 0 ? french`Cela n'était pas arrivé ${runs}.` : french`C'est déjà arrivé ${counted(times, "fois", "fois")} ${runs}.`;
}

interface CachedSums {
  /** Start of the period. */
  readonly since: number;
  readonly signature: string;
  readonly sums: Promise<RunSums>;
}

const cache = new WeakMap<Catalogue, CachedSums>();

/** Returns the sums over all runs, cached until a run changes. */
async function cachedRunSums(catalogue: Catalogue, period: Period): Promise<RunSums> {
  const since = period.since.getTime();
  const signature = await catalogue.overview.signature();
  const last = cache.get(catalogue);
  if (last?.signature === signature && last.since === since) return last.sums;
  const sums = readRunSums(catalogue, period);
  cache.set(catalogue, { since, signature, sums });
  sums.catch(() => cache.delete(catalogue));
  return sums;
}
