/**
 * Kinds of data with a retention, in pruning order. `staged`: prepared data that no plan will apply any more; `revoked`: letters whose
 * address was revoked, `letters`: the others; `previews`: previews shared with publishers.
 */
export const keptKinds = ["snapshots", "rejected", "staged", "runs", "digests", "letters", "revoked", "previews"] as const;
export type KeptKind = (typeof keptKinds)[number];

/** Retention in days by kind. */
export type Retention = Readonly<Record<KeptKind, number>>;

export const defaultRetention: Retention = {
  snapshots: 180,
  rejected: 90,
  staged: 30,
  runs: 730,
  digests: 365,
  letters: 1095,
  revoked: 365,
  previews: 90,
};

/** Maximum retention in days, a hundred years. */
export const maxDays = 36_500;

/** Data of one kind past its retention, or pruned. `oldest`: ISO instant or null; `bytes`: approximate size in the database. */
export interface ExpiredData {
  readonly kind: KeptKind;
  readonly keptDays: number;
  readonly count: number;
  readonly oldest: string | null;
  readonly bytes: number;
}

/**
 * Returns the minimum retention of runs if the given one is too short, else null. Snapshots and rejected records are dated by the runs
 * that read them, so runs must be kept at least as long.
 */
export function minRunDays({ snapshots, rejected, staged, runs }: Retention): number | null {
  const fewest = Math.max(snapshots, rejected, staged);
  return runs < fewest ? fewest : null;
}

const dayInMs = 86_400_000;

/** Returns by kind the instant before which data is pruned. Days have 24 hours. */
export function keptSince(retention: Retention, now: Date): Readonly<Record<KeptKind, Date>> {
  const since = (kind: KeptKind) => new Date(now.getTime() - retention[kind] * dayInMs);
  return {
    snapshots: since("snapshots"),
    rejected: since("rejected"),
    staged: since("staged"),
    runs: since("runs"),
    digests: since("digests"),
    letters: since("letters"),
    revoked: since("revoked"),
    previews: since("previews"),
  };
}
