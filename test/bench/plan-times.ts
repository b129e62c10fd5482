import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { writeFeed } from "./make-feed.ts";
import { moisson } from "./measured-run.ts";

/** Seconds and peak memory of one command on a plan. */
interface PlanTime {
  readonly step: string;
  readonly seconds: number;
  readonly peakMb: number;
}

/** The steps for one size of plan. */
export interface PlanTimes {
  readonly changes: number;
  readonly steps: readonly PlanTime[];
}

/**
 * Imports `count` aids, then plans, shows, applies and undoes a feed that changes all of them. Each step runs the built code in its own
 * process.
 */
export async function timePlans(databaseUrl: string, folder: string, count: number): Promise<PlanTimes> {
  const [before, after] = [join(folder, "before.csv"), join(folder, "after.csv")];
  await writeFeed(before, "csv", count);
  await changeEvery(before, after);
  const steps: PlanTime[] = [];
  const command = async (step: string, ...args: string[]): Promise<string> => {
    const begun = performance.now();
    const { stdout, peakMb } = await moisson(args, { DATABASE_URL: databaseUrl, MOISSON_CONNECTORS: folder });
    steps.push({ step, seconds: (performance.now() - begun) / 1000, peakMb });
    process.stderr.write(`${count} changes, ${step}: ${((performance.now() - begun) / 1000).toFixed(1)} s, ${peakMb} MB\n`);
    return stdout;
  };
  await command("first import", "run", "bench-csv", "--file", before, "--json");
  const planned = JSON.parse(await command("make the plan", "run", "bench-csv", "--file", after, "--dry-run", "--json")) as RunReport;
  const planId = planned.planId ?? "";
  if (planned.counts.updated < count * 0.9) throw new Error(`${planned.counts.updated} of ${count} would be updated`);
  const shown = await command("show all, as JSON", "plan", "show", planId, "--json");
  if (JSON.parse(shown).changes.length !== planned.counts.updated) throw new Error("not every change is shown");
  await command("show the first page", "plan", "show", planId, "--limit", "20");
  await command("apply the plan", "plan", "apply", planId, "--note", "bench");
  const undo = JSON.parse(await command("plan the undo", "undo", planned.runId, "--json")) as { planId: string };
  await command("apply the undo", "plan", "apply", undo.planId);
  await Promise.all([rm(before), rm(after)]);
  return { changes: planned.counts.updated, steps };
}

/** Changes the contact and the modification date of every record. */
async function changeEvery(from: string, to: string): Promise<void> {
  const file = createWriteStream(to);
  for await (const line of createInterface({ input: createReadStream(from) })) {
    file.write(`${line.replace("<p>Service ", "<p>Le service ").replace(/2026-06-01$/, "2026-07-01")}\n`);
  }
  file.end();
  await finished(file);
}
