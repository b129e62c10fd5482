import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { pastKeepingMessage } from "../../english/retention.ts";
import type { ExpiredData, Retention } from "../../model/run/retention.ts";
import { readRetention } from "../../platform/read-retention.ts";
import type { CommandContext } from "../context.ts";
import { parisTime } from "../render/paris-time.ts";
import type { Terminal } from "../terminal.ts";

/** Options of `moisson prune`. */
export interface PruneFlags extends Partial<Retention> {
  dryRun?: true;
  json?: true;
}

/** Deletes data past its retention period, or only counts it with `--dry-run`. */
export async function prune(context: CommandContext, { dryRun, json, ...wanted }: PruneFlags): Promise<void> {
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

/** Prunes with a progress bar; returns what was deleted. */
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
  if (isNothing) terminal.out(isDry ? "nothing would go" : "nothing was to go");
  else terminal.out(isDry ? "all this would go; nothing was touched (--dry-run)" : "all this is gone");
}
