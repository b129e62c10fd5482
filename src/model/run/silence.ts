/** What a connector did so far, as far as its silence is concerned. */
export interface ConnectorActivity {
  readonly connector: string;
  /** Applied runs that changed something, oldest first; ISO instants. */
  readonly changedAt: readonly string[];
  /** ISO instant of the last applied run; null where there was none. */
  readonly appliedAt: string | null;
  /** Aids that are, or may be, on the site. */
  readonly liveAids: number;
  /** Of these, aids with a deadline. */
  readonly withDeadline: number;
  /** `YYYY-MM-DD`; null where no live aid has a deadline. */
  readonly lastDeadline: string | null;
}

/** Why a connector is taken for silent. Days are whole; `usualDays` has one decimal. */
export type Silence =
  | {
      readonly code: "quiet";
      readonly usualDays: number;
      readonly changes: number;
      readonly quietDays: number;
      readonly lastChangedAt: string;
    }
  | { readonly code: "deadlines-past"; readonly aids: number; readonly lastDeadline: string }
  | { readonly code: "not-applied"; readonly days: number; readonly appliedAt: string }
  | { readonly code: "never-applied" };

/** Changes that must be known before anything is called usual. */
const fewestChanges = 4;
/** Quiet is more than so many times the usual gap, and more than so many days. */
const usualGaps = 3;
const fewestQuietDays = 7;
/** Days without an applied run after which an active connector is silent. */
const daysWithoutRun = 3;
const dayInMs = 86_400_000;

/**
 * Every way in which an active connector is silent. `today`: `YYYY-MM-DD` of `now` in Paris. `isByHand`: somebody brings its files, and is told when one is
 * due; that it does not run by itself is no silence.
 */
export function silencesOf(activity: ConnectorActivity, now: Date, today: string, isByHand = false): Silence[] {
  const ofRuns = isByHand ? [] : [withoutRun(activity, now), quiet(activity, now)];
  return [...ofRuns, deadlinesPast(activity, today)].filter((silence) => silence !== null);
}

/** It usually changes every N days (the median of the gaps), and has not for much longer. */
function quiet({ changedAt }: ConnectorActivity, now: Date): Silence | null {
  const last = changedAt.at(-1);
  if (last === undefined || changedAt.length < fewestChanges) return null;
  const days = daysBetween(last, now);
  const usual = median(changedAt.slice(1).map((instant, index) => daysBetween(changedAt[index] ?? instant, new Date(instant))));
  if (days <= usualGaps * usual || days <= fewestQuietDays) return null;
  return {
    code: "quiet",
    usualDays: Math.round(usual * 10) / 10,
    changes: changedAt.length,
    quietDays: Math.floor(days),
    lastChangedAt: last,
  };
}

/** Each of its aids has a deadline, and every one is past: nobody keeps the feed up. */
function deadlinesPast({ liveAids, withDeadline, lastDeadline }: ConnectorActivity, today: string): Silence | null {
  if (lastDeadline === null || withDeadline < liveAids || lastDeadline >= today) return null;
  return { code: "deadlines-past", aids: liveAids, lastDeadline };
}

function withoutRun({ appliedAt }: ConnectorActivity, now: Date): Silence | null {
  if (appliedAt === null) return { code: "never-applied" };
  const days = daysBetween(appliedAt, now);
  return days > daysWithoutRun ? { code: "not-applied", days: Math.floor(days), appliedAt } : null;
}

function daysBetween(earlier: string, later: Date): number {
  return (later.getTime() - Date.parse(earlier)) / dayInMs;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = Number.isInteger(middle) ? sorted.slice(middle - 1, middle + 1) : sorted.slice(Math.floor(middle));
  return Number.isInteger(middle) ? (low + high) / 2 : low;
}
