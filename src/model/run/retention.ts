/**
 * Kinds of data with a retention, in the order of pruning. `staged` is prepared data that no plan can apply any more. `revoked` are letters
 * whose address was revoked, and `letters` all others. `previews` are previews shared with publishers. `reports` are errors reported by readers. `audit` is the audit trail.
 */
export const keptKinds = [
  "snapshots",
  "rejected",
  "staged",
  "runs",
  "digests",
  "letters",
  "revoked",
  "previews",
  "reports",
  "audit",
] as const;
export type KeptKind = (typeof keptKinds)[number];

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
  reports: 365,
  audit: 365,
};

/** Minimum retention of the audit trail, in days. The database refuses to delete younger entries. */
export const minAuditDays = 30;

/** Maximum retention in days, a hundred years. */
export const maxDays = 36_500;

/** Data of one kind that is past its retention or was pruned. `oldest`: ISO instant. `bytes`: approximate. */
export interface ExpiredData {
  readonly kind: KeptKind;
  readonly keptDays: number;
  readonly count: number;
  readonly oldest: string | null;
  readonly bytes: number;
}

/** Returns the required retention of runs if theirs is too short: that of snapshots, rejects and staged data. Else null. */
export function minRunDays({ snapshots, rejected, staged, runs }: Retention): number | null {
  const fewest = Math.max(snapshots, rejected, staged);
  return runs < fewest ? fewest : null;
}

const dayInMs = 86_400_000;

/** Returns, for each kind, the instant before which data is pruned. Days have 24 hours. */
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
    reports: since("reports"),
    audit: since("audit"),
  };
}
