import type { NightRun } from "../../../catalogue/runs/overview-repository.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { type RunTone, toneOf } from "../../parts/run-tone.ts";
import type { Visit } from "../../visit.ts";

/** Number of nights on the charts. */
const nightCount = 30;

/** A night of a connector. `run`: its last run of that night, or null. */
export interface Night {
  /** `YYYY-MM-DD`, in Paris. */
  readonly day: string;
  readonly run: NightRun | null;
}

/** The tone of a night: of its last run, or `none`. */
export type NightTone = RunTone | "none";

/** Returns the tone of a night. */
export function nightTone({ run }: Night): NightTone {
  return run === null ? "none" : toneOf(run.outcome);
}

/** Returns true for a night that somebody has to look at: a held plan, or a feed that was not read. */
export function isTroubled(night: Night): boolean {
  const tone = nightTone(night);
  return tone === "held" || tone === "bad";
}

/** Returns the last thirty days in Paris, oldest first. */
export function lastNights(now: Date): readonly string[] {
  const today = Date.parse(`${parisDay(now)}T12:00:00Z`);
  return Array.from({ length: nightCount }, (_, back) => new Date(today - (nightCount - 1 - back) * 86_400_000).toISOString().slice(0, 10));
}

/** Reads the last thirty nights of all connectors, or of some. Connectors without a run have no entry: see `nightsOf`. */
export async function readNights(
  { catalogue, now }: Visit,
  connectors?: readonly string[],
): Promise<ReadonlyMap<string, readonly Night[]>> {
  const days = lastNights(now);
  const [first = ""] = days;
  const found = new Map<string, Map<string, NightRun>>();
  for (const run of await catalogue.overview.nights(first, connectors)) {
    const byDay = found.get(run.connector) ?? new Map<string, NightRun>();
    found.set(run.connector, byDay.set(run.night, run));
  }
  return new Map([...found].map(([connector, byDay]) => [connector, days.map((day) => ({ day, run: byDay.get(day) ?? null }))]));
}

/** Returns the nights of a connector; all of them empty if it has no run. */
export function nightsOf(nights: ReadonlyMap<string, readonly Night[]>, connector: string, now: Date): readonly Night[] {
  return nights.get(connector) ?? lastNights(now).map((day) => ({ day, run: null }));
}
