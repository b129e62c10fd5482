import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import { readRetention } from "../platform/read-retention.ts";
import { lastTime } from "./schedule/due.ts";

/** Half past five in Paris: the night's runs are over, and whoever reads the morning page finds what it names. */
const everyMorning = "30 5 * * *";

/** For how long it goes on, in milliseconds: other duties wait. A catalogue that was never pruned takes several mornings, or `moisson prune` once. */
const longestMs = 60_000;

/** Tries to sign in that failed count for a quarter of an hour: who tried is not kept for longer than a day. */
const triesKeptMs = 86_400_000;

/** Contacts of a publisher that has refused are of no use after three years. */
const contactsKeptMs = 3 * 365 * 86_400_000;

/** What pruning works with. */
export interface PruneContext {
  readonly catalogue: Pick<Catalogue, "kind" | "dueTimes" | "publisherListing" | "retention" | "sessions">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Takes out of the database what is past its time, once a morning, whoever of the workers comes first. Stops between two batches where it is told to, or after
 * a minute: what is left goes the next morning.
 * @throws WrongSettings where the days that it is told make no sense
 */
export async function pruneOld({ catalogue, clock, logger, environment }: PruneContext, signal: AbortSignal): Promise<void> {
  const retention = readRetention(environment);
  const now = clock.now();
  const due = lastTime(everyMorning, now);
  if (due === null || signal.aborted || !(await catalogue.dueTimes.claim("prune", due))) return;
  const begun = clock.elapsed();
  const gone: Record<string, number> = {};
  let isWhole = true;
  for await (const { kind, count } of catalogue.retention.prune(retention, now)) {
    gone[kind] = (gone[kind] ?? 0) + count;
    isWhole = !signal.aborted && clock.elapsed() - begun < longestMs;
    if (!isWhole) break;
  }
  await catalogue.publisherListing.sweepContacts(new Date(now.getTime() - contactsKeptMs));
  await catalogue.sessions.sweep(now, new Date(now.getTime() - triesKeptMs));
  if (catalogue.kind === "embedded") await catalogue.retention.reclaim();
  logger.info({ gone, isWhole }, "pruned");
}
