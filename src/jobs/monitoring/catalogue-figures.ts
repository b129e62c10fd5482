import { parisDay } from "../../model/text/paris-day.ts";
import type { JobServices } from "../job-services.ts";
import { compareRuns } from "../morning/expected-runs.ts";
import { gatherTrouble } from "../morning/gather-trouble.ts";

const hourInMs = 3_600_000;
const dayInMs = 24 * hourInMs;

/** Figures of the catalogue for monitoring. Runs and due times are those of the last day. */
export type CatalogueFigures = Readonly<Awaited<ReturnType<typeof readFigures>>>;

/** Reads the figures from the catalogue. */
export async function readFigures({ services, registry }: JobServices) {
  const { catalogue, clock, environment } = services;
  const now = clock.now();
  const period = { since: new Date(now.getTime() - dayInMs), until: now };
  const trouble = await gatherTrouble(catalogue, { ...(await registry()), environment }, period, now, await catalogue.activity.list());
  const { connectors } = await registry();
  const { expected, missing, late } = await compareRuns(catalogue, connectors, environment, period);
  const heldSince = (await catalogue.digests.waitingPlans()).map(({ heldAt }) => Date.parse(heldAt));
  const { review, proposals } = await catalogue.reviewQueue.waiting({ today: parisDay(now) });
  return {
    readAt: now,
    expectedRuns: expected,
    missingRuns: missing.length,
    /** Scheduled runs that have not ended, or do not exist. */
    overdueSchedules: late.length,
    futureDueTimes: trouble.futureDueTimes.length,
    /** Runs of the last hour that lost their worker, even if another worker repeated them. */
    lostRuns: await catalogue.overview.abandonedSince(new Date(now.getTime() - hourInMs)),
    /** Workers that take no run. */
    sickWorkers: (await catalogue.workers.list()).filter(({ sickFor, isGone }) => sickFor !== null && !isGone).length,
    heldPlans: heldSince.length,
    /** Age of the oldest held plan in seconds; 0 without one. */
    oldestHeldPlanSeconds: heldSince.length === 0 ? 0 : (now.getTime() - Math.min(...heldSince)) / 1000,
    /** Number of incomplete deliveries since the last digest that reached everybody. */
    failedDigests: (await catalogue.digests.unsent(now)).length,
    /** People who could not be reached with their last notifications. */
    failedNotifications: (await catalogue.notifications.failed()).people,
    /** New aids to review, and aids with proposals. */
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
