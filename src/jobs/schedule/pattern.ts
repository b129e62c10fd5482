import { createHash } from "node:crypto";
import type { Connector } from "../../kit/definition.ts";

/** Start of nightly runs and their duration in minutes: 02:00 to 04:59 in Paris. */
const nightBegins = 2;
const nightMinutes = 180;

/**
 * Returns a connector's cron pattern in Paris time: its own, or a minute of the night derived from its id, so that hundreds are spread.
 * Null if it is inactive or fed by hand.
 */
export function patternOf({ id, state, schedule, rhythm }: Pick<Connector, "id" | "state" | "schedule" | "rhythm">): string | null {
  if (state !== "active" || rhythm !== undefined) return null;
  return schedule ?? nightlyPattern(id);
}

/** By connector, because a page asks several times for ten thousand. */
const nightlyPatterns = new Map<string, string>();

function nightlyPattern(id: string): string {
  const known = nightlyPatterns.get(id);
  if (known !== undefined) return known;
  const minute = createHash("sha256").update(id).digest().readUInt32BE() % nightMinutes;
  const pattern = `${minute % 60} ${nightBegins + Math.floor(minute / 60)} * * *`;
  nightlyPatterns.set(id, pattern);
  return pattern;
}

const dayInMs = 86_400_000;

/**
 * Returns when the next file of a connector fed by hand is due; null for other and inactive connectors. `lastFileAt`: time of its last
 * file; if null, the next one is due at once.
 */
export function fileDueAt({ state, rhythm }: Pick<Connector, "state" | "rhythm">, lastFileAt: Date | null): Date | null {
  if (state !== "active" || rhythm === undefined) return null;
  return lastFileAt === null ? new Date(0) : new Date(lastFileAt.getTime() + rhythm.everyDays * dayInMs);
}
