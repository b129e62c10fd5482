import { setTimeout as delay } from "node:timers/promises";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { CommandContext } from "../context.ts";
import { outcomeMessages } from "../english/runs.ts";
import { exitCodes, NotDone } from "../exit.ts";
import { inert } from "../printable.ts";
import { runNamed } from "./plan-named.ts";

const pollIntervalMs = 1000;

/** Prints the progress of one run, or of all queued and running runs, until they end. Returns the exit code. */
export async function followRuns({ config, terminal, withCatalogue }: CommandContext, asked: string | undefined): Promise<number> {
  if (config.databaseUrl === null)
    throw new NotDone("--follow needs DATABASE_URL: only one process at a time can open the embedded catalogue");
  return withCatalogue(async (catalogue) => {
    const only = asked === undefined ? null : (await runNamed(catalogue, asked)).runId;
    const printed = new Map<string, string>();
    const open = new Set<string>(only === null ? (await catalogue.runs.open()).map(({ runId }) => runId) : [only]);
    if (open.size === 0) terminal.out("no run is queued or running");
    let code: number = exitCodes.success;
    while (open.size > 0) {
      for (const runId of open) {
        const run = await catalogue.runs.find(runId);
        const line = run === null ? "" : followedLine(run);
        if (line !== printed.get(runId)) terminal.out(inert(line));
        printed.set(runId, line);
        if (run?.state !== "ended") continue;
        open.delete(runId);
        const next = await nextTry(catalogue, run);
        if (next !== null) open.add(next);
        else if (run.outcome !== null && !goodOutcomes.has(run.outcome)) code = exitCodes.failure;
      }
      if (only === null) for (const { runId } of await catalogue.runs.open()) open.add(runId);
      if (open.size > 0) await delay(pollIntervalMs);
    }
    return code;
  });
}

/** Returns the run that retries this one. It may already have ended. */
async function nextTry(catalogue: Catalogue, run: RunRecord): Promise<string | null> {
  const { connector } = run;
  return (await catalogue.runs.list({ connector })).find(({ triesAgain }) => triesAgain === run.runId)?.runId ?? null;
}

function followedLine({ runId, connector, state, outcome, progress, try: tried, report }: RunRecord): string {
  const head = `${runId.slice(0, 8)}  ${connector.padEnd(34)} `;
  const again = tried > 1 ? ` (try ${tried})` : "";
  if (state === "queued") return `${head}waits${again}`;
  if (state === "running") return `${head}${progressWords(progress)}${again}`;
  return `${head}${outcome === null ? "ended" : outcomeMessages[outcome]}${again}${report === null ? "" : `: ${report.counts.received} received`}`;
}

const stageWords: Readonly<Record<string, string>> = { fetch: "fetching", read: "reading", plan: "planning", apply: "applying" };

/** Describes the progress of a run: "reading: 1200 of 5000 records". */
export function progressWords(progress: RunRecord["progress"]): string {
  if (progress === null) return "begins";
  const { stage, done, of } = progress;
  const words = stageWords[stage] ?? stage;
  if (stage === "fetch") return done === 0 ? words : `${words}: ${(done / 1_000_000).toFixed(1)} MB`;
  return stage === "read" ? `${words}: ${done}${of === null ? "" : ` of ${of}`} records` : words;
}
