import { type BadOutcome, type BadRun, badOutcomes, type DeadLinks, type Digest, type HeldPlan, type OfConnector } from "../aid/digest.ts";
import type { AidLink } from "../aid/link-verdict.ts";
import type { CuratorWork, LastRun, Period, WaitingPlan } from "../catalogue/digest-facts.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { everything } from "../catalogue/pause-repository.ts";
import type { ReadConnectors } from "../registry/load-connectors.ts";
import { missingAddress } from "../schedule/missing-address.ts";
import { judgeFeeds } from "./last-feeds.ts";
import { lateRun } from "./late-runs.ts";
import { publishersToCall } from "./publishers-to-call.ts";
import { silentConnectors } from "./silent-connectors.ts";
import { unreadConnectors } from "./unread-connectors.ts";

/** What the digest asks of the catalogue. */
export type DigestCatalogue = Pick<Catalogue, "activity" | "digests" | "dueTimes" | "links" | "pauses" | "runs" | "setAsides">;

/** What is scheduled: the connectors, what is wrong in the files of those that are refused, and the variables that hold addresses of feeds. */
export interface Scheduled extends ReadConnectors {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Dead links named of each connector. */
const linksShown = 3;

type Named = (connector: string) => OfConnector;

/** The morning page about a period, as the catalogue stands at `now`. */
export async function gatherDigest(
  catalogue: DigestCatalogue,
  { connectors, problems, environment }: Scheduled,
  period: Period,
  now: Date,
): Promise<Digest> {
  const { digests } = catalogue;
  const byId = new Map(connectors.map((loaded) => [loaded.definition.id, loaded]));
  const named: Named = (connector) => ({ connector, publisher: byId.get(connector)?.definition.publisher.name ?? connector });
  const pauses = await catalogue.pauses.list();
  const isPaused = (id: string) => pauses.some(({ connector }) => connector === id || connector === everything);
  const setAsides = await catalogue.setAsides.list();
  const lastRuns = await digests.lastRuns(period);
  const waitingPlans = await digests.waitingPlans();

  const held = heldPlans(lastRuns, waitingPlans, named);
  const bad = badRuns(lastRuns, waitingPlans, named);
  const inTrouble = new Set([...held, ...bad].map(({ connector }) => connector));
  const runTimes = {
    begun: new Map((await digests.begun(period.since)).map((runs) => [runs.connector, runs])),
    seenTo: await catalogue.dueTimes.list(),
  };
  const awaited = connectors.filter(({ definition }) => !isPaused(definition.id));
  const late = awaited.flatMap((loaded) => {
    const isSaid = inTrouble.has(loaded.definition.id) || missingAddress(loaded.definition, environment) !== null;
    return isSaid ? [] : (lateRun(loaded, period, runTimes) ?? []);
  });
  for (const { connector } of late) inTrouble.add(connector);
  const activities = await catalogue.activity.list();
  const { silent, withoutAddress } = silentConnectors(awaited, { activities, setAsides, inTrouble }, environment, now);
  const feeds = await judgeFeeds(catalogue, await digests.lastFeeds(period), byId, setAsides, now);
  const work = await digests.curatorWork(period);

  const of = (outcome: BadOutcome) => bad.filter((run) => run.outcome === outcome);
  const trouble = {
    held,
    unreachable: of("unreachable"),
    refused: of("refused"),
    unreadable: of("unreadable"),
    stoppedEarly: of("stopped-early"),
    silent,
  };
  return {
    period: { since: period.since.toISOString(), until: period.until.toISOString() },
    paused: pauses.map(({ connector, by, at, reason }) => ({ ...named(connector), by, at: at.toISOString(), reason })),
    ops: {
      ...unreadConnectors({ connectors, problems }, activities),
      ...trouble,
      failed: of("failed"),
      abandoned: of("abandoned"),
      late,
      withoutAddress,
      deadLinks: deadLinks(await catalogue.links.deadLinks(), named),
      unsent: await digests.unsent(),
    },
    bizdev: {
      ...curatorWork(work, named),
      unmapped: feeds.flatMap(({ unmapped }) => unmapped),
      toCall: publishersToCall({ ...trouble, feeds }),
    },
    night: await digests.totals(period),
  };
}

/** Plans that wait, of connectors whose last run of the period was held or that had none: a run that ended well since has made the plan one of yesterday's. */
function heldPlans(lastRuns: readonly LastRun[], plans: readonly WaitingPlan[], named: Named): HeldPlan[] {
  const runs = new Map(lastRuns.map((run) => [run.connector, run]));
  return plans.flatMap(({ connector, planId, runId, heldAt, guards }) => {
    const run = runs.get(connector);
    return run === undefined || run.outcome === "held"
      ? [{ ...named(connector), runId, planId, heldAt, nights: run?.nights ?? 1, guards }]
      : [];
  });
}

function badRuns(lastRuns: readonly LastRun[], plans: readonly WaitingPlan[], named: Named): BadRun[] {
  const waiting = new Map(plans.map(({ connector, planId, heldAt }) => [connector, { planId, heldAt }]));
  return lastRuns.flatMap(({ connector, outcome, ...run }) =>
    isBad(outcome) ? [{ ...named(connector), outcome, ...run, waitingPlan: waiting.get(connector) ?? null }] : [],
  );
}

function isBad(outcome: LastRun["outcome"]): outcome is BadOutcome {
  return badOutcomes.some((bad) => bad === outcome);
}

function curatorWork(work: readonly CuratorWork[], named: Named): Pick<Digest["bizdev"], "toReview" | "proposals"> {
  return {
    toReview: work.flatMap(({ connector, createdInReview: created, inReview: waiting }) =>
      created > 0 ? [{ ...named(connector), created, waiting }] : [],
    ),
    proposals: work.flatMap(({ connector, proposedAids: aids, proposedFields: fields, createdProposals: created }) =>
      aids > 0 ? [{ ...named(connector), aids, fields, created }] : [],
    ),
  };
}

function deadLinks(links: readonly AidLink[], named: Named): DeadLinks[] {
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
