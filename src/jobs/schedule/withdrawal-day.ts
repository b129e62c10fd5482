import type { Connector } from "../../kit/definition.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { nextTime } from "./due.ts";
import { patternOf } from "./pattern.ts";

const dayInMs = 86_400_000;
/** Paris is at most two hours ahead of UTC. */
const parisAheadMs = 7_200_000;

/** When an aid is withdrawn: a Paris day. `isEarliest`: no run is scheduled, so that it may be later. */
export interface WithdrawalDay {
  readonly day: string;
  readonly isEarliest: boolean;
}

/**
 * Returns when an aid is withdrawn if a plan that misses it is applied now, and the aid stays missing from every scheduled run.
 * `absentSince`: null if this plan's feed is the first without it.
 */
export function withdrawalDay(
  definition: Pick<Connector, "id" | "state" | "schedule" | "rhythm" | "absence">,
  { absentSince, missedRuns }: { readonly absentSince: string | null; readonly missedRuns: number },
  now: Date,
): WithdrawalDay {
  const { absence } = definition;
  const due = Date.parse(parisDay(absentSince === null ? now : new Date(absentSince))) + absence.days * dayInMs;
  const firstDay = dayOf(due);
  const earliest = { day: dayOf(Math.max(due, Date.parse(parisDay(now)))), isEarliest: true };
  const pattern = patternOf(definition);
  if (pattern === null) return earliest;
  // The plan's own run and the run that withdraws the aid count too.
  let after = now;
  for (let wanted = absence.runs - missedRuns - 2; wanted > 0; wanted--) after = nextTime(pattern, after) ?? after;
  let time = nextTime(pattern, new Date(Math.max(after.getTime(), due - parisAheadMs - 1)));
  while (time !== null && parisDay(time) < firstDay) time = nextTime(pattern, time);
  return time === null ? earliest : { day: parisDay(time), isEarliest: false };
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
