export interface ConnectorActivity {
  readonly connector: string;
  /** ISO instants of applied runs with changes, oldest first. */
  readonly changedAt: readonly string[];
  /** ISO instant of the last applied run, or null. */
  readonly appliedAt: string | null;
  /** Aids that are, or may be, on the site. */
  readonly liveAids: number;
  /** Number of these aids with a deadline. */
  readonly withDeadline: number;
  /** Latest deadline of a live aid, `YYYY-MM-DD`, or null. */
  readonly lastDeadline: string | null;
}

/** Why a connector counts as silent. Days are whole; `usualDays` has one decimal. */
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

/** Minimum number of changes from which the usual gap between changes is computed. */
const minChanges = 4;
/** A quiet connector has not changed for more than this multiple of its usual gap, and for more than this number of days. */
const usualGaps = 3;
const minQuietDays = 7;
/** An active connector without an applied run for this many days is silent. */
const daysWithoutRun = 3;
const dayInMs = 86_400_000;

/** Returns why an active connector is silent. Missing runs do not count with `isByHand`: another list reminds that person. */
export function silencesOf(activity: ConnectorActivity, now: Date, today: string, isByHand = false): Silence[] {
  const ofRuns = isByHand ? [] : [withoutRun(activity, now), quiet(activity, now)];
  return [...ofRuns, deadlinesPast(activity, today)].filter((silence) => silence !== null);
}

/** Returns the activity of a connector that has never run. */
export function neverRun(connector: string): ConnectorActivity {
  return { connector, changedAt: [], appliedAt: null, liveAids: 0, withDeadline: 0, lastDeadline: null };
}

/** Returns the reason `quiet` if the connector has not changed for much longer than the median gap between its changes. */
function quiet({ changedAt }: ConnectorActivity, now: Date): Silence | null {
  const last = changedAt.at(-1);
  if (last === undefined || changedAt.length < minChanges) return null;
  const days = daysBetween(last, now);
  const usual = median(changedAt.slice(1).map((instant, index) => daysBetween(changedAt[index] ?? instant, new Date(instant))));
  if (days <= usualGaps * usual || days <= minQuietDays) return null;
  return {
    code: "quiet",
    usualDays: Math.round(usual * 10) / 10,
    changes: changedAt.length,
    quietDays: Math.floor(days),
    lastChangedAt: last,
  };
}

/** All its aids have a deadline in the past: the publisher no longer maintains the feed. */
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
