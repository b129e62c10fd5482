/**
 * What the database keeps for a time only, in the order in which it is pruned. `staged`: what runs and plans prepared and nobody will apply any more; `revoked`:
 * letters to publishers whose address was closed, `letters` the others; `previews`: that were shared with publishers.
 */
export const keptKinds = ["snapshots", "rejected", "staged", "runs", "digests", "letters", "revoked", "previews"] as const;
export type KeptKind = (typeof keptKinds)[number];

/** For how many days each is kept. */
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

/** Days that may be asked for: a hundred years are for ever. */
export const mostDays = 36_500;

/** What is past its time of one kind, or was pruned. `oldest`: ISO instant, null where there is none; `bytes`: as the database stores them, about. */
export interface PastKeeping {
  readonly kind: KeptKind;
  readonly keptDays: number;
  readonly count: number;
  readonly oldest: string | null;
  readonly bytes: number;
}

/**
 * The days of a run below which this would not do, null where it does: how old a snapshot and what was rejected are follows from the runs that read them, so
 * a run is kept at least as long as what it brought.
 */
export function fewestRunDays({ snapshots, rejected, staged, runs }: Retention): number | null {
  const fewest = Math.max(snapshots, rejected, staged);
  return runs < fewest ? fewest : null;
}

const dayInMs = 86_400_000;

/** By kind, the instant before which nothing is kept at `now`; days of 24 hours. */
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
