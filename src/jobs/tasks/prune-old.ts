import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { readRetention } from "../../catalogue/retention/read-retention.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import { lastTime } from "../schedule/due.ts";

/** Pruning is due at half past five in Paris, after the night's runs. */
const everyMorning = "30 5 * * *";

/**
 * Time limit in milliseconds, because other tasks wait. A catalogue that was never pruned takes several mornings, or one `moisson prune`.
 */
const maxMs = 60_000;

/** Failed sign-ins count for a quarter of an hour and are deleted after a day. */
const triesKeptMs = 86_400_000;

/** Faults of machines are shown for some days. */
const faultsKeptMs = 90 * 86_400_000;

/** Three years. Contacts of a publisher that declined the partnership are deleted after this time. */
const contactsKeptMs = 3 * 365 * 86_400_000;

/** Half a year: how long a publisher sees that it uploaded a file. The file itself is a snapshot. */
const filesKeptMs = 183 * 86_400_000;

/** Services for pruning. */
export interface PruneContext {
  readonly catalogue: Pick<
    Catalogue,
    | "attempts"
    | "kind"
    | "machineFaults"
    | "publisherAccounts"
    | "publisherFiles"
    | "publisherListing"
    | "publisherSessions"
    | "retention"
    | "schedule"
    | "sessions"
    | "workers"
  >;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Deletes data past its retention, once a morning, in the first free worker. Stops between batches on `signal` or after a minute; it
 * continues the next morning. Throws `WrongSettings` for invalid retention settings.
 */
export async function pruneOld({ catalogue, clock, logger, environment }: PruneContext, signal: AbortSignal): Promise<void> {
  const retention = readRetention(environment);
  const now = clock.now();
  const due = lastTime(everyMorning, now);
  if (due === null || signal.aborted || !(await catalogue.schedule.claim("prune", due))) return;
  const begun = clock.elapsed();
  const gone: Record<string, number> = {};
  let isWhole = true;
  for await (const { kind, count } of catalogue.retention.prune(retention, now)) {
    gone[kind] = (gone[kind] ?? 0) + count;
    isWhole = !signal.aborted && clock.elapsed() - begun < maxMs;
    if (!isWhole) break;
  }
  await catalogue.publisherListing.pruneContacts(new Date(now.getTime() - contactsKeptMs));
  await catalogue.workers.prune();
  await catalogue.machineFaults.prune(new Date(now.getTime() - faultsKeptMs));
  await catalogue.sessions.prune(now);
  await catalogue.publisherSessions.prune(now);
  await catalogue.attempts.prune(now, new Date(now.getTime() - triesKeptMs));
  await catalogue.publisherFiles.prune(new Date(now.getTime() - filesKeptMs));
  await catalogue.publisherAccounts.prune(new Date(now.getTime() - triesKeptMs));
  if (catalogue.kind === "embedded") await catalogue.retention.reclaim();
  logger.info({ gone, isWhole }, "pruned");
}
