import { randomUUID } from "node:crypto";
import { digestDue, type KeptDigest } from "../../catalogue/runs/digest-repository.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import type { ReadConnectors } from "../../registry/load-connectors.ts";
import type { Scheduled } from "../morning/gather-trouble.ts";
import { lastTime } from "../schedule/due.ts";
import { type DigestSettings, readDigestSettings } from "./digest-settings.ts";
import { type DigestCatalogue, gatherDigest } from "./gather-digest.ts";
import { channelsLeft, channelsOf, sendDigest } from "./send-digest.ts";

/** Services for the digest. */
export interface DigestContext {
  readonly catalogue: DigestCatalogue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Current connectors, and the problems of refused files. */
  registry(): Promise<ReadConnectors>;
}

/** Minutes after its creation at which delivery is tried. After the last try, the next digest reports the failure. */
const tryAtMinutes = [0, 1, 3, 7, 15, 31];
const minuteInMs = 60_000;
/** Age in minutes above which a digest is no longer sent. */
const oldestMinutes = 1440;

/**
 * Makes the morning page at its time, sends it, and retries failed deliveries. Several workers call it every minute; one of them makes the
 * page, and one does each try. Throws `WrongSettings`.
 */
export async function deliverDigest(context: DigestContext, signal: AbortSignal): Promise<void> {
  const { catalogue, clock, logger, environment } = context;
  const settings = readDigestSettings(environment);
  const now = clock.now();
  const due = await dueNow(catalogue, settings, now);
  if (channelsOf(settings).length === 0) {
    if (due !== null && (await catalogue.schedule.claim(digestDue, due))) {
      logger.warn("the digest is sent to nobody: set MOISSON_DIGEST_TO or MOISSON_DIGEST_WEBHOOK; `moisson digest` shows it");
    }
    return;
  }
  const made = due === null ? null : await makeDigest(catalogue, { ...(await context.registry()), environment }, now, due);
  const kept = made ?? (await catalogue.digests.newest(now));
  if (kept === null || signal.aborted || !isToBeTried(kept, settings, now)) return;
  const tried = await sendDigest(kept, settings, catalogue.digests, now, signal);
  if (tried === null) return;
  const about = { digest: kept.digestId, try: kept.tries + 1 };
  if (tried.reached.length > 0) logger.info({ ...about, reached: tried.reached }, "digest sent");
  if (tried.failures.length > 0) logger.warn({ ...about, failures: tried.failures }, "digest not sent by every way");
}

/** Returns the due time that nobody has handled yet, or null. */
async function dueNow({ schedule }: DigestContext["catalogue"], { cron }: DigestSettings, now: Date): Promise<Date | null> {
  const due = lastTime(cron, now);
  const seenTo = (await schedule.lastDueTimes()).get(digestDue);
  return due !== null && (seenTo === undefined || seenTo < due) ? due : null;
}

function isToBeTried(kept: KeptDigest, settings: DigestSettings, now: Date): boolean {
  const wait = tryAtMinutes[kept.tries];
  const age = (now.getTime() - kept.until.getTime()) / minuteInMs;
  return wait !== undefined && age >= wait && age < oldestMinutes && channelsLeft(kept, settings).length > 0;
}

const dayInMs = 86_400_000;

/** Returns the start of a new digest's period: the end of the last delivered one, or a day ago. */
export async function digestSince({ digests }: Pick<DigestCatalogue, "digests">, now: Date): Promise<Date> {
  const coveredUntil = await digests.coveredUntil();
  return coveredUntil !== null && coveredUntil < now ? coveredUntil : new Date(now.getTime() - dayInMs);
}

/** Makes and stores the digest since the last delivered one. `due`: its scheduled time. Returns null if another worker has made it. */
export async function makeDigest(
  catalogue: DigestCatalogue,
  scheduled: Scheduled,
  now: Date,
  due: Date | null,
): Promise<KeptDigest | null> {
  const content = await gatherDigest(catalogue, scheduled, { since: await digestSince(catalogue, now), until: now }, now);
  const digestId = randomUUID();
  const isKept = await catalogue.digests.create({ digestId, content }, due);
  if (isKept) await catalogue.funnel.keep(parisDay(now), await catalogue.funnel.funnels(new Set(), parisDay(now)));
  return isKept ? { digestId, until: now, content, delivered: false, tries: 0, failures: [] } : null;
}
