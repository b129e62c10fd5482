import { createHash } from "node:crypto";
import type { Connector } from "../../kit/definition.ts";

/** When the night's runs begin, and for how many minutes: 02:00 to 04:59 in Paris. */
const nightBegins = 2;
const nightMinutes = 180;

/**
 * The cron pattern of a connector, time in Paris: its own, or a minute of the night that its id gives it, so that hundreds of them are spread. Null for
 * connectors that are not active, or fed by hand.
 */
export function patternOf({ id, state, schedule, rhythm }: Pick<Connector, "id" | "state" | "schedule" | "rhythm">): string | null {
  if (state !== "active" || rhythm !== undefined) return null;
  return schedule ?? nightlyPattern(id);
}

function nightlyPattern(id: string): string {
  const minute = createHash("sha256").update(id).digest().readUInt32BE() % nightMinutes;
  return `${minute % 60} ${nightBegins + Math.floor(minute / 60)} * * *`;
}
