import { causeSentence } from "../../src/jobs/monitoring/trouble.ts";
import { writeBetweenMarks } from "../support/write-between-marks.ts";
import { type Cell, cells, longCells, ofLongFaults } from "./cells.ts";
import { faults } from "./faults.ts";
import { longFaults } from "./long-faults.ts";
import { type QueueKind, queueKinds, stages, stageWords } from "./stages.ts";
import type { State, Tried } from "./state.ts";

const queueWords: Readonly<Record<QueueKind, string>> = {
  redis: "BullMQ on Redis, catalogue on PostgreSQL",
  postgresql: "BullMQ and catalogue on PostgreSQL",
  "in-process": "Queue in the worker's memory, embedded catalogue",
};

/**
 * Writes the results of the nights into a Markdown file, between the marks of `matrix` and of `long-faults`. The table of faults of which no
 * night was tried stays. Throws if the marks are missing.
 */
export function writeReport(file: string, all: State): Promise<void> {
  const [short, long] = [part(all, (cell) => !isLong(cell)), part(all, isLong)];
  return writeBetweenMarks(file, {
    ...(short.tries.size > 0 && { matrix: matrixWords(short) }),
    ...(long.tries.size > 0 && { "long-faults": longWords(long) }),
  });
}

const isLong = (cell: string) => longCells.some((kind) => cell.endsWith(`/${kind}`));

function part({ tries }: State, isMeant: (cell: string) => boolean): Pick<State, "tries"> {
  return { tries: new Map([...tries].filter(([cell]) => isMeant(cell))) };
}

function nightsTried({ tries }: Pick<State, "tries">): string {
  const nights = [...tries.values()].flat();
  const bad = nights.filter(({ problems }) => problems.length > 0).length;
  return `${nights.length} nights were tried; ${bad} of them had another result than expected.`;
}

function longWords(state: Pick<State, "tries">): string {
  return [
    nightsTried(state),
    "Each cell shows successful nights / tried nights; – cannot occur; · was not tried.",
    ...longCells.map((kind) => {
      const { lasts, lockSeconds, retrySeconds } = ofLongFaults[kind];
      const words = `With faults of ${lasts} s, \`MOISSON_LOCK_SECONDS=${lockSeconds}\` and \`MOISSON_RETRY_SECONDS=${retrySeconds}\`:`;
      const rows = longFaults.map((fault) => {
        const ofFault = cells.filter((cell) => cell.fault === fault && cell.id.endsWith(`/${kind}`));
        const results = queueKinds.map((queue) =>
          cellWords(
            ofFault.find((cell) => cell.queue === queue),
            state,
          ),
        );
        return line([fault.name, ...results, medianOf(ofFault, state)]);
      });
      return `${words}\n\n${[line(["fault", ...queueKinds, "median night, s"]), line(["---", ...queueKinds.map(() => "---:"), "---:"]), ...rows].join("\n")}`;
    }),
    list(
      longFaults.map(({ name, words, lasting }) =>
        lasting === undefined
          ? name
          : `**${name}**: ${words}. It begins at the stage ${lasting.stage}. Ops read: ${causeSentence(lasting.cause)}.`,
      ),
    ),
    ...failures(state),
  ].join("\n\n");
}

function line(entries: readonly string[]): string {
  return `| ${entries.join(" | ")} |`;
}

function matrixWords(state: Pick<State, "tries">): string {
  return [
    nightsTried(state),
    "Each cell shows successful nights / tried nights; – cannot occur; · was not tried.",
    ...queueKinds.map((queue) => queueTable(queue, state)),
    ...otherCells(state),
    "### Faults and stages",
    list(faults.map(({ name, words }) => `**${name}**: ${words}`)),
    list(stages.map((stage) => `**${stage}**: ${stageWords[stage]}`)),
    "### Cells that cannot occur",
    list(impossible()),
    ...failures(state),
  ].join("\n\n");
}

function queueTable(queue: QueueKind, state: Pick<State, "tries">): string {
  const rows = faults.map(({ name }) =>
    line([
      name,
      ...stages.map((stage) =>
        cellWords(
          cells.find(({ id }) => id === `${queue}/${stage}/${name}`),
          state,
        ),
      ),
      medianOf(
        cells.filter(({ id }) => stages.some((stage) => id === `${queue}/${stage}/${name}`)),
        state,
      ),
    ]),
  );
  const head = [line(["fault", ...stages, "median night, s"]), line(["---", ...stages.map(() => "---:"), "---:"])];
  return `### ${queueWords[queue]}\n\n${[...head, ...rows].join("\n")}`;
}

function cellWords(cell: Cell | undefined, state: Pick<State, "tries">): string {
  if (cell === undefined || cell.cannot !== null) return "–";
  const tries = state.tries.get(cell.id) ?? [];
  if (tries.length === 0) return "·";
  return `${tries.filter(({ problems }) => problems.length === 0).length}/${tries.length}`;
}

function medianOf(of: readonly Cell[], state: Pick<State, "tries">): string {
  const all = of.flatMap(({ id }): readonly Tried[] => state.tries.get(id) ?? []);
  const sorted = all.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]?.toFixed(0) ?? "";
}

/** Returns the cells outside the tables, which have another lock time. */
function otherCells(state: Pick<State, "tries">): string[] {
  const others = cells.filter(({ id }) => id.split("/").length > 3 && !isLong(id));
  return [list(others.map((cell) => `The cell ${cell.id}, with a lock time of ${cell.lockSeconds} s: ${cellWords(cell, state)}`))];
}

function impossible(): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, cannot } of cells.filter((cell) => !isLong(cell.id)))
    if (cannot !== null) byReason.set(cannot, [...(byReason.get(cannot) ?? []), id]);
  return [...byReason].map(([reason, ids]) => `${reason}: ${shortened(ids)}`);
}

/** Joins cells: a fault that cannot occur at any stage appears once, others with their stages. */
function shortened(ids: readonly string[]): string {
  const stagesOf = new Map<string, string[]>();
  for (const id of ids) {
    const [queue, stage = "", fault] = id.split("/");
    const key = `${queue}, ${fault}`;
    stagesOf.set(key, [...(stagesOf.get(key) ?? []), stage]);
  }
  return [...stagesOf].map(([key, at]) => (at.length === stages.length ? key : `${key} (${at.join(", ")})`)).join("; ");
}

function failures(state: Pick<State, "tries">): string[] {
  const said = [...state.tries].flatMap(([cell, tries]) =>
    tries.flatMap(({ problems }, turn) =>
      problems.length > 0 ? [`${cell}, night ${turn + 1}: ${problems.join("; ").replaceAll("\n", " ").slice(0, 400)}`] : [],
    ),
  );
  return said.length === 0 ? [] : ["### Nights with another result", list(said)];
}

function list(entries: readonly string[]): string {
  return entries.map((entry) => `- ${entry}`).join("\n");
}
