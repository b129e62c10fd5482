import { digestDue, type KeptDigest } from "../../catalogue/runs/digest-repository.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import { lastTime } from "../schedule/due.ts";
import type { DigestCatalogue } from "./gather-digest.ts";
import { makeDigest } from "./make-digest.ts";
import { channelsLeft, channelsOf, sendDigest } from "./send-digest.ts";
import { type DigestSettings, readDigestSettings } from "./settings.ts";

/** What the duty needs of the world. */
export interface DigestContext {
  readonly catalogue: DigestCatalogue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The connectors as they stand now, and what is wrong in the files of those that are refused. */
  registry(): Promise<ReadConnectors>;
}

/** Minutes after it was made at which a digest is tried for the first time, the second…; after the last it is left to the next digest to say so. */
const tryAtMinutes = [0, 1, 3, 7, 15, 31];
const minuteInMs = 60_000;
/** A page of yesterday is not sent any more. */
const oldestMinutes = 1440;

/**
 * The duty of the morning page: makes it at its set time, sends it, and tries again what did not get through. Called every minute, by several workers: of them one
 * makes it, and one does each try.
 * @throws WrongSettings
 */
export async function deliverDigest(context: DigestContext, signal: AbortSignal): Promise<void> {
  const { catalogue, clock, logger, environment } = context;
  const settings = readDigestSettings(environment);
  const now = clock.now();
  const due = await dueNow(catalogue, settings, now);
  if (channelsOf(settings).length === 0) {
    if (due !== null && (await catalogue.dueTimes.claim(digestDue, due))) {
      logger.warn("the digest is sent to nobody: set MOISSON_DIGEST_TO or MOISSON_DIGEST_WEBHOOK; `moisson digest` shows it");
    }
    return;
  }
  const made = due === null ? null : await makeDigest(catalogue, { ...(await context.registry()), environment }, now, due);
  const kept = made ?? (await catalogue.digests.newest());
  if (kept === null || signal.aborted || !isToBeTried(kept, settings, now)) return;
  const tried = await sendDigest(kept, settings, catalogue.digests, now, signal);
  if (tried === null) return;
  const about = { digest: kept.digestId, try: kept.tries + 1 };
  if (tried.reached.length > 0) logger.info({ ...about, reached: tried.reached }, "digest sent");
  if (tried.failures.length > 0) logger.warn({ ...about, failures: tried.failures }, "digest not sent by every way");
}

/** The set time that nobody has seen to yet; null where there is none. */
async function dueNow({ dueTimes }: DigestContext["catalogue"], { cron }: DigestSettings, now: Date): Promise<Date | null> {
  const due = lastTime(cron, now);
  const seenTo = (await dueTimes.list()).get(digestDue);
  return due !== null && (seenTo === undefined || seenTo < due) ? due : null;
}

function isToBeTried(kept: KeptDigest, settings: DigestSettings, now: Date): boolean {
  const wait = tryAtMinutes[kept.tries];
  const age = (now.getTime() - kept.until.getTime()) / minuteInMs;
  return wait !== undefined && age >= wait && age < oldestMinutes && channelsLeft(kept, settings).length > 0;
}
