import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { pastKeepingMessage, pruningMessage } from "../../english/retention.ts";
import { defaultRetention, type KeptKind, mostDays, type PastKeeping, type Retention } from "../../model/run/retention.ts";
import { readRetention } from "../../platform/read-retention.ts";
import type { CommandContext } from "../context.ts";
import { parisTime } from "../render/paris-time.ts";
import type { Terminal } from "../terminal.ts";

interface PruneFlags extends Partial<Retention> {
  dryRun?: true;
  json?: true;
}

/** `moisson prune`: takes out of the database what is past its time. */
export function addPruneCommand(program: Command, context: () => CommandContext): void {
  const kept = (kind: KeptKind, variable: string) => `for how long (default: ${variable}, else ${defaultRetention[kind]})`;
  program
    .command("prune")
    .description("take out of the database what is past its time; aids, their history and what an undo needs stay")
    .option("--dry-run", "only say what would go: how many, the oldest, how much room")
    .option("--snapshots <days>", `feeds as received: ${kept("snapshots", "MOISSON_KEEP_SNAPSHOTS_DAYS")}`, readDays)
    .option("--rejected <days>", `rejected records: ${kept("rejected", "MOISSON_KEEP_REJECTED_DAYS")}`, readDays)
    .option("--staged <days>", `what closed plans would have done: ${kept("staged", "MOISSON_KEEP_STAGED_DAYS")}`, readDays)
    .option("--runs <days>", `runs with their reports: ${kept("runs", "MOISSON_KEEP_RUNS_DAYS")}`, readDays)
    .option("--digests <days>", `morning pages: ${kept("digests", "MOISSON_KEEP_DIGESTS_DAYS")}`, readDays)
    .option("--letters <days>", `letters to publishers: ${kept("letters", "MOISSON_KEEP_LETTERS_DAYS")}`, readDays)
    .option("--revoked <days>", `letters whose address was closed: ${kept("revoked", "MOISSON_KEEP_REVOKED_DAYS")}`, readDays)
    .option("--previews <days>", `shared previews that have ended: ${kept("previews", "MOISSON_KEEP_PREVIEWS_DAYS")}`, readDays)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Workers do this every morning. It goes in small steps beside runs, and may be stopped at any time; docs/retention.md says what always stays.

Examples:
  moisson prune --dry-run
  moisson prune --dry-run --snapshots 90
  moisson prune --snapshots 90 --json`,
    )
    .action(async ({ dryRun, json, ...asked }: PruneFlags) => {
      const { environment, terminal, withCatalogue } = context();
      const retention = readRetention(environment, asked);
      await withCatalogue(async (catalogue, { clock }) => {
        const now = clock.now();
        const past = await catalogue.retention.survey(retention, now);
        const said = dryRun ? past : await prune(catalogue, retention, now, past, terminal);
        if (json) terminal.out(JSON.stringify({ dryRun: dryRun === true, now: now.toISOString(), kinds: said }, null, 2));
        else sayIn(terminal, said, dryRun === true);
      });
    });
}

/** Prunes, showing how far it is; gives what went. */
async function prune(
  catalogue: Catalogue,
  retention: Retention,
  now: Date,
  past: readonly PastKeeping[],
  terminal: Terminal,
): Promise<PastKeeping[]> {
  const gone = new Map(past.map((each) => [each.kind, { ...each, count: 0, bytes: 0 }]));
  const announced = new Map(past.map(({ kind, count }) => [kind, count]));
  for await (const { kind, count, bytes } of catalogue.retention.prune(retention, now)) {
    const soFar = gone.get(kind);
    if (soFar === undefined) continue;
    soFar.count += count;
    soFar.bytes += bytes;
    terminal.progress(pruningMessage(kind, soFar.count, Math.max(soFar.count, announced.get(kind) ?? 0)));
  }
  terminal.progress(null);
  if (catalogue.kind === "embedded") await catalogue.retention.reclaim();
  return [...gone.values()].map((each) => (each.count === 0 ? { ...each, oldest: null } : each));
}

function sayIn(terminal: Terminal, said: readonly PastKeeping[], isDry: boolean): void {
  for (const each of said) terminal.out(pastKeepingMessage(each, (instant) => parisTime(instant).slice(0, 10)));
  const isNothing = said.every(({ count }) => count === 0);
  if (isNothing) terminal.out(isDry ? "nothing would go" : "nothing was to go");
  else terminal.out(isDry ? "all this would go; nothing was touched (--dry-run)" : "all this is gone");
}

function readDays(text: string): number {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > mostDays) throw new InvalidArgumentError(`a whole number of days, 1 to ${mostDays}`);
  return days;
}
