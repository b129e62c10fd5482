import { parisDay } from "../../model/text/paris-day.ts";
import type { JobServices } from "../job-services.ts";
import { compareRuns } from "../morning/expected-runs.ts";
import { gatherTrouble } from "../morning/gather-trouble.ts";

const hourInMs = 3_600_000;
const dayInMs = 24 * hourInMs;

/** Figures of the catalogue for monitoring. Runs and due times are those of the last day. */
export interface CatalogueFigures {
  readonly readAt: Date;
  readonly expectedRuns: number;
  readonly missingRuns: number;
  /** Scheduled runs that have not ended, or do not exist. */
  readonly overdueSchedules: number;
  readonly futureDueTimes: number;
  /** Runs of the last hour that lost their worker, even if another worker repeated them. */
  readonly lostRuns: number;
  readonly heldPlans: number;
  /** Age of the oldest held plan in seconds; 0 without one. */
  readonly oldestHeldPlanSeconds: number;
  /** Number of incomplete deliveries since the last digest that reached everybody. */
  readonly failedDigests: number;
  /** People who could not be reached with their last notifications. */
  readonly failedNotifications: number;
  /** New aids to review, and aids with proposals. */
  readonly waitingReviews: number;
  readonly databaseBytes: number;
  readonly silentPublishers: number;
}

/** Reads the figures from the catalogue. */
export async function readFigures({ services, registry }: JobServices): Promise<CatalogueFigures> {
  const { catalogue, clock, environment } = services;
  const now = clock.now();
  const period = { since: new Date(now.getTime() - dayInMs), until: now };
  const trouble = await gatherTrouble(catalogue, { ...(await registry()), environment }, period, now, await catalogue.activity.list());
  const { connectors } = await registry();
  const { expected, missing, late } = await compareRuns(catalogue, connectors, environment, period);
  const heldSince = (await catalogue.digests.waitingPlans()).map(({ heldAt }) => Date.parse(heldAt));
  const { review, proposals } = await catalogue.reviewQueue.counts({ today: parisDay(now) });
  return {
    readAt: now,
    expectedRuns: expected,
    missingRuns: missing.length,
    overdueSchedules: late.length,
    futureDueTimes: trouble.futureDueTimes.length,
    lostRuns: await catalogue.overview.abandonedSince(new Date(now.getTime() - hourInMs)),
    heldPlans: heldSince.length,
    oldestHeldPlanSeconds: heldSince.length === 0 ? 0 : (now.getTime() - Math.min(...heldSince)) / 1000,
    failedDigests: (await catalogue.digests.unsent(now)).length,
    failedNotifications: (await catalogue.notifications.failed()).people,
    waitingReviews: review + proposals,
    databaseBytes: await catalogue.overview.databaseBytes(),
    silentPublishers: new Set(trouble.silent.map(({ publisher }) => publisher)).size,
  };
}

/** Returns a function that reads at most once per `everyMs`. Later calls get the last result at once, while the next one is read. */
export function atMostEvery<T>(everyMs: number, read: () => Promise<T>): () => Promise<T> {
  let known: T | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<T> | undefined;
  return async () => {
    if (performance.now() - readAt > everyMs && reading === undefined) {
      reading = read();
      reading
        .then((result) => {
          known = result;
          readAt = performance.now();
        })
        .catch(() => undefined) // the first caller gets the error; later ones see the old result
        .finally(() => {
          reading = undefined;
        });
    }
    return known ?? (reading as Promise<T>);
  };
}
