import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { readRetention } from "../../catalogue/retention/read-retention.ts";
import type { ExpiredData, KeptKind, Retention } from "../../model/run/retention.ts";
import type { CommandContext } from "../context.ts";
import { parisTime } from "../render/paris-time.ts";
import type { Terminal } from "../terminal.ts";

/** Deletes data past its retention period, or only counts it with `--dry-run`. */
export async function prune(
  context: CommandContext,
  { dryRun, json, ...wanted }: Partial<Retention> & { dryRun?: true; json?: true },
): Promise<void> {
  const { environment, terminal, withCatalogue } = context;
  const retention = readRetention(environment, wanted);
  await withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const past = await catalogue.retention.survey(retention, now);
    const kinds = dryRun ? past : await pruneNow(catalogue, retention, now, past, terminal);
    if (json) terminal.out(JSON.stringify({ dryRun: dryRun === true, now: now.toISOString(), kinds }, null, 2));
    else printKinds(terminal, kinds, dryRun === true);
  });
}

/** Prunes with a progress bar; returns the counts of deleted rows. */
async function pruneNow(
  catalogue: Catalogue,
  retention: Retention,
  now: Date,
  past: readonly ExpiredData[],
  terminal: Terminal,
): Promise<ExpiredData[]> {
  const gone = new Map(past.map((each) => [each.kind, { ...each, count: 0, bytes: 0 }]));
  const announced = new Map(past.map(({ kind, count }) => [kind, count]));
  for await (const { kind, count, bytes } of catalogue.retention.prune(retention, now)) {
    const soFar = gone.get(kind);
    if (soFar === undefined) continue;
    soFar.count += count;
    soFar.bytes += bytes;
    terminal.progress({ title: `pruning ${kind}`, done: soFar.count, total: announced.get(kind) ?? null, unit: "rows" });
  }
  terminal.progress(null);
  if (catalogue.kind === "embedded") await catalogue.retention.reclaim();
  return [...gone.values()].map((each) => (each.count === 0 ? { ...each, oldest: null } : each));
}

function printKinds(terminal: Terminal, kinds: readonly ExpiredData[], isDry: boolean): void {
  for (const each of kinds) terminal.out(pastKeepingMessage(each, (instant) => parisTime(instant).slice(0, 10)));
  const isNothing = kinds.every(({ count }) => count === 0);
  if (isNothing) terminal.out(isDry ? "nothing would be deleted" : "nothing to delete");
  else terminal.out(isDry ? "dry run: nothing was deleted" : "all this was deleted");
}

interface Words {
  readonly one: string;
  readonly many: string;
  /** Condition, which follows the noun. */
  readonly which: (days: string) => string;
}

const words: Record<KeptKind, Words> = {
  snapshots: { one: "snapshot", many: "snapshots", which: (days) => `that no run has read for ${days}` },
  rejected: { one: "rejected record", many: "rejected records", which: (days) => `that no run has seen for ${days}` },
  staged: { one: "row", many: "rows", which: (days) => `of plans closed and runs aborted more than ${days} ago` },
  runs: { one: "run", many: "runs", which: (days) => `older than ${days} that changed nothing` },
  digests: { one: "morning page", many: "morning pages", which: (days) => `older than ${days}` },
  letters: { one: "letter", many: "letters", which: (days) => `to publishers older than ${days}` },
  revoked: { one: "revoked letter", many: "revoked letters", which: (days) => `whose address was closed more than ${days} ago` },
  reports: { one: "reported error", many: "reported errors", which: (days) => `last reported more than ${days} ago` },
  audit: { one: "entry of the audit trail", many: "entries of the audit trail", which: (days) => `older than ${days}` },
  previews: { one: "shared preview", many: "shared previews", which: (days) => `that ended more than ${days} ago` },
};

/** Returns the count, age and size of data of one kind past its retention period. `on` formats an instant. */
function pastKeepingMessage({ kind, keptDays, count, oldest, bytes }: ExpiredData, on: (instant: string) => string): string {
  const { one, many, which } = words[kind];
  const days = keptDays === 1 ? "1 day" : `${keptDays} days`;
  const found = `${count} ${count === 1 ? one : many} ${which(days)}`;
  return oldest === null ? found : `${found}, ${count === 1 ? "of" : "the oldest of"} ${on(oldest)}, about ${sizeMessage(bytes)}`;
}

function sizeMessage(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
