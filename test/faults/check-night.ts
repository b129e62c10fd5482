import { sql } from "drizzle-orm";
import type { RunRecord } from "../../src/catalogue/runs/run-repository.ts";
import { goodOutcomes, type Outcome } from "../../src/model/run/run-error.ts";
import { connectorIds } from "./feeds.ts";
import { type FoundCatalogue, foundCatalogue, withoutDays } from "./found-catalogue.ts";
import { runHere } from "./in-this-process.ts";
import { tonight } from "./lane.ts";
import type { OpenedPlace } from "./place.ts";

/** The faults found after a night, as sentences, and the retried runs. */
export interface CheckedNight {
  readonly problems: readonly string[];
  /** Outcomes of the runs that were retried, in order. */
  readonly lost: readonly Outcome[];
  readonly found: FoundCatalogue;
}

/** Compares a night with an undisturbed one, and checks its runs, plans and snapshots. `folder` contains the connectors. */
export async function checkNight(
  opened: OpenedPlace,
  folder: string,
  runIds: readonly string[],
  expected: FoundCatalogue | null,
  dayless: boolean,
): Promise<CheckedNight> {
  const problems: string[] = [];
  const found = await foundCatalogue(opened, dayless);
  const as = (text: string) => (dayless ? withoutDays(text) : text);
  if (expected !== null && found.exported !== as(expected.exported))
    problems.push(`another catalogue: ${firstDifference(as(expected.exported), found.exported)}`);
  if (expected !== null && found.history !== as(expected.history))
    problems.push(`another history: ${firstDifference(as(expected.history), found.history)}`);

  const all = await opened.catalogue.runs.list({ limit: 1000 });
  const repeated = new Map(all.flatMap((run) => (run.triesAgain === null ? [] : [[run.triesAgain, run] as const])));
  const lost: Outcome[] = [];
  for (const asked of all.filter(({ runId }) => runIds.includes(runId))) {
    let run: RunRecord | undefined = asked;
    for (; run !== undefined && run.outcome !== null && !goodOutcomes.has(run.outcome); run = repeated.get(run.runId))
      lost.push(run.outcome);
    if (run === undefined) problems.push(`no run of ${asked.connector} ended well: ${lost.join(", ")}`);
    else if (run.state !== "ended") problems.push(`run of ${run.connector} is ${run.state}, try ${run.try}`);
  }
  problems.push(...(await strayRows(opened)));
  if (problems.length === 0) problems.push(...(await replayProblems(opened, folder, all)));
  return { problems, lost, found };
}

/** Returns the rows that should not remain after a night. */
async function strayRows({ store }: OpenedPlace): Promise<string[]> {
  const [strays] = await store.rows<{ written: number; plans: number; unended: number }>(sql`
    select (select count(*)::int from aid_history join runs on runs.id = aid_history.run_id where runs.outcome not in ('applied', 'applied-with-rejects')) as written,
      (select count(*)::int from plans where state = 'open' and complete) as plans,
      (select count(*)::int from runs where state = 'ended' and (outcome is null or ended_at is null)) as unended`);
  const { written = 0, plans = 0, unended = 0 } = strays ?? {};
  return [
    ...(written > 0 ? [`${written} revisions are of runs that did not apply`] : []),
    ...(plans > 0 ? [`${plans} plans are open, and nobody waits for them`] : []),
    ...(unended > 0 ? [`${unended} runs ended without an outcome`] : []),
  ];
}

/** Checks that a run of every snapshot of the night changes nothing. */
async function replayProblems({ catalogue }: OpenedPlace, folder: string, runs: readonly RunRecord[]): Promise<string[]> {
  const problems: string[] = [];
  for (const connector of connectorIds) {
    const hash = runs.find((run) => run.connector === connector && run.outcome !== null && goodOutcomes.has(run.outcome))?.snapshotHash;
    if (!hash) {
      problems.push(`${connector} has no snapshot`);
      continue;
    }
    const { outcome, counts, error } = await runHere(catalogue, folder, connector, { snapshot: hash, dryRun: true }, new Date(tonight));
    const changes = counts.created + counts.updated + counts.restored + counts.withdrawn;
    if (outcome !== "unchanged" || changes > 0)
      problems.push(`replay of ${connector}: ${outcome}, ${changes} changes ${error?.code ?? ""}`);
  }
  return problems;
}

function firstDifference(expected: string, found: string): string {
  const [there, here] = [expected.split("\n"), found.split("\n")];
  const at = there.findIndex((line, index) => line !== here[index]);
  return `${there.length} lines expected, ${here.length} found; line ${at + 1}: ${there[at]?.slice(0, 200)} / ${here[at]?.slice(0, 200)}`;
}
