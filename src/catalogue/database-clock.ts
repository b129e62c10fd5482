import { type Clock, createClock } from "../platform/clock.ts";
import type { Catalogue } from "./open-catalogue.ts";

const askAgainAfterMs = 60_000;

/**
 * Returns a clock that shows the database's time, because the clock of this machine can be wrong. It asks the database now and about once a
 * minute while it is used, and counts with the monotonic clock in between. `fixedNow` (ISO instant) replaces it. The embedded database has
 * the clock of this machine.
 */
export async function databaseClock({ kind, schedule }: Pick<Catalogue, "kind" | "schedule">, fixedNow: string | null): Promise<Clock> {
  const ours = createClock(fixedNow);
  if (fixedNow !== null || kind === "embedded") return ours;
  const ask = async () => ({ time: (await schedule.databaseTime()).getTime(), at: ours.elapsed() });
  let known = await ask();
  let isAsking = false;
  return {
    ...ours,
    now: () => {
      const since = ours.elapsed() - known.at;
      if (since > askAgainAfterMs && !isAsking) {
        isAsking = true;
        ask()
          .then((answer) => {
            known = answer;
          })
          .catch(() => undefined) // the database is away; the next call asks again
          .finally(() => {
            isAsking = false;
          });
      }
      return new Date(known.time + since);
    },
  };
}
