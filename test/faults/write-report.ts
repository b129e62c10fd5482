import { writeBetweenMarks } from "../support/write-between-marks.ts";
import { type Cell, cells } from "./cells.ts";
import { faults } from "./faults.ts";
import { type QueueKind, queueKinds, stages, stageWords } from "./stages.ts";
import type { State, Tried } from "./state.ts";

const queueWords: Readonly<Record<QueueKind, string>> = {
  redis: "BullMQ on Redis, catalogue on PostgreSQL",
  postgresql: "BullMQ and catalogue on PostgreSQL",
  "in-process": "Queue in the worker's memory, embedded catalogue",
};

/** Writes the results of the nights into a Markdown file, between the marks of `matrix`. Throws if the marks are missing. */
export function writeReport(file: string, state: State): Promise<void> {
  return writeBetweenMarks(file, { matrix: matrixWords(state) });
}

function matrixWords(state: State): string {
  const nights = [...state.tries.values()].flat();
  const bad = nights.filter(({ problems }) => problems.length > 0).length;
  return [
    `${nights.length} nights were tried; ${bad} of them had another result than the undisturbed night.`,
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

function queueTable(queue: QueueKind, state: State): string {
  const line = (entries: readonly string[]) => `| ${entries.join(" | ")} |`;
  const rows = faults.map(({ name }) =>
    line([
      name,
      ...stages.map((stage) =>
        cellWords(
          cells.find(({ id }) => id === `${queue}/${stage}/${name}`),
          state,
        ),
      ),
      medianOf(queue, name, state),
    ]),
  );
  const head = [line(["fault", ...stages, "median night, s"]), line(["---", ...stages.map(() => "---:"), "---:"])];
  return `### ${queueWords[queue]}\n\n${[...head, ...rows].join("\n")}`;
}

function cellWords(cell: Cell | undefined, state: State): string {
  if (cell === undefined || cell.cannot !== null) return "–";
  const tries = state.tries.get(cell.id) ?? [];
  if (tries.length === 0) return "·";
  return `${tries.filter(({ problems }) => problems.length === 0).length}/${tries.length}`;
}

function medianOf(queue: QueueKind, fault: string, state: State): string {
  const all = stages.flatMap((stage): readonly Tried[] => state.tries.get(`${queue}/${stage}/${fault}`) ?? []);
  const sorted = all.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]?.toFixed(0) ?? "";
}

/** Returns the cells outside the tables, which have another lock time. */
function otherCells(state: State): string[] {
  const others = cells.filter(({ id }) => id.split("/").length > 3);
  return [list(others.map((cell) => `The cell ${cell.id}, with a lock time of ${cell.lockSeconds} s: ${cellWords(cell, state)}`))];
}

function impossible(): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, cannot } of cells) if (cannot !== null) byReason.set(cannot, [...(byReason.get(cannot) ?? []), id]);
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

function failures(state: State): string[] {
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
