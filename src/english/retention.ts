import type { ExpiredData, KeptKind } from "../model/run/retention.ts";

interface Words {
  readonly one: string;
  readonly many: string;
  /** Which of them. */
  readonly which: (days: string) => string;
}

const words: Record<KeptKind, Words> = {
  snapshots: { one: "snapshot", many: "snapshots", which: (days) => `that no run has read for ${days}` },
  rejected: { one: "rejected record", many: "rejected records", which: (days) => `that no run has met for ${days}` },
  staged: { one: "row", many: "rows", which: (days) => `of plans closed and runs broken off more than ${days} ago` },
  runs: { one: "run", many: "runs", which: (days) => `older than ${days} that changed nothing` },
  digests: { one: "morning page", many: "morning pages", which: (days) => `older than ${days}` },
  letters: { one: "letter", many: "letters", which: (days) => `to publishers older than ${days}` },
  revoked: { one: "revoked letter", many: "revoked letters", which: (days) => `whose address was closed more than ${days} ago` },
  previews: { one: "shared preview", many: "shared previews", which: (days) => `that ended more than ${days} ago` },
};

/** Returns the count, age and size of data of one kind past its retention period. `on` formats an instant. */
export function pastKeepingMessage({ kind, keptDays, count, oldest, bytes }: ExpiredData, on: (instant: string) => string): string {
  const { one, many, which } = words[kind];
  const days = keptDays === 1 ? "1 day" : `${keptDays} days`;
  const found = `${count} ${count === 1 ? one : many} ${which(days)}`;
  return oldest === null ? found : `${found}, ${count === 1 ? "of" : "the oldest of"} ${on(oldest)}, about ${sizeMessage(bytes)}`;
}

function sizeMessage(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
