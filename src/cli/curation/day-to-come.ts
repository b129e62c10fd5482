import { parisDay } from "../../model/text/paris-day.ts";
import { createClock } from "../../platform/clock.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";

/** The day of `--until`, `YYYY-MM-DD`. Throws `WrongUse` where it is no day, or not after today. */
export function dayToCome(until: string, { config }: CommandContext): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until) && new Date(`${until}T00:00:00Z`).toJSON()?.startsWith(until) === true;
  if (!isDay) throw new WrongUse(`--until ${until}: expected a day, as 2026-12-31`);
  const today = parisDay(createClock(config.fixedNow).now());
  if (until <= today) throw new WrongUse(`--until ${until}: expected a day after today, ${today}`);
  return until;
}
