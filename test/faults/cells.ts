import { canFakeClocks } from "./fake-clock.ts";
import type { Fault } from "./fault.ts";
import { faults, kill } from "./faults.ts";
import { longFaults } from "./long-faults.ts";
import { canMountDisks } from "./small-disk.ts";
import { type QueueKind, queueKinds, type Stage, stages } from "./stages.ts";

/** One fault at one stage on one queue. */
export interface Cell {
  /** `queue/stage/fault`. */
  readonly id: string;
  readonly queue: QueueKind;
  readonly stage: Stage;
  readonly fault: Fault;
  readonly lockSeconds: number;
  readonly retrySeconds: number;
  /** `default`: all times but those above are those of an operator who sets none. */
  readonly settings: "short" | "default";
  /** Number of nights. */
  readonly tries: number;
  /** Seconds that a long fault lasts, or null. */
  readonly lasts: number | null;
  /** The reason why the fault cannot occur, or null. */
  readonly cannot: string | null;
}

/** Start of the reason if another machine could try the cell. */
export const leftOut = "LEFT OUT ON THIS MACHINE:";

const defaultLockSeconds = 30;
const ofShortFaults = { lockSeconds: 5, retrySeconds: 1, settings: "short", lasts: null } as const;
/** Ten minutes with the default settings, and both divided by about 13: either outlasts all tries of a run. */
export const ofLongFaults = {
  long: { lockSeconds: 3, retrySeconds: 8, settings: "short", lasts: 45 },
  "ten-minutes": { lockSeconds: defaultLockSeconds, retrySeconds: 120, settings: "default", lasts: 600 },
} as const;

/** Ends of the ids of cells with long faults. */
export const longCells = ["long", "ten-minutes"] as const;

/** All cells, including impossible ones. */
export const cells: readonly Cell[] = [
  ...queueKinds.flatMap((queue) =>
    faults.flatMap((fault) =>
      stages.map((stage) => ({
        id: `${queue}/${stage}/${fault.name}`,
        ...{ ...ofShortFaults, queue, stage, fault, tries: fault.tries, cannot: whyNot(queue, stage, fault.name) },
      })),
    ),
  ),
  {
    ...{
      ...ofShortFaults,
      id: "redis/apply/kill/default-lock",
      queue: "redis",
      stage: "apply",
      fault: kill,
      tries: kill.tries,
      cannot: null,
    },
    lockSeconds: defaultLockSeconds,
  },
  ...longCells.flatMap((kind) =>
    queueKinds.flatMap((queue) =>
      longFaults.map((fault) => {
        const stage = fault.lasting?.stage ?? "queued";
        const tries = kind === "long" ? fault.tries : 1;
        return {
          ...ofLongFaults[kind],
          ...{ id: `${queue}/${stage}/${fault.name}/${kind}`, queue, stage, fault, tries, cannot: whyNotLong(queue, fault) },
        };
      }),
    ),
  ),
];

/** The cells that `npm run test:long` tries once each. Together they cover every queue and most stages and faults. */
export const sample: readonly string[] = [
  "redis/apply/kill",
  "redis/apply/kill-process",
  "redis/claim/freeze",
  "redis/read/block",
  "redis/queued/redis-emptied",
  "redis/fetch/network-cut",
  "redis/fetch/body-too-short",
  "postgresql/fetch/close-delimited",
  "postgresql/end/kill",
  "postgresql/apply/database-restart",
  "postgresql/plan/connections-cut",
  "in-process/apply/kill",
  "redis/plan/no-redis/long",
  "postgresql/plan/kill-at-every-try/long",
];

function whyNotLong(queue: QueueKind, { name, needsDisks }: Fault): string | null {
  if (name === "no-redis" && queue !== "redis") return "there is no Redis";
  if (queue === "in-process") {
    if (name === "no-connection" || name === "no-commit") return "the database is in the worker's own process";
    if (name === "older-version" || name.startsWith("neighbour")) return "one process owns the catalogue, so there is no other worker";
  }
  if (needsDisks && !canMountDisks) return `${leftOut} mounting a small disk requires root`;
  return null;
}

function whyNot(queue: QueueKind, stage: Stage, fault: string): string | null {
  if (fault.startsWith("redis") && queue !== "redis") return "there is no Redis";
  if (fault === "kill-process" && (stage === "queued" || stage === "claim")) return "the worker has not passed the run on yet";
  if (queue === "in-process") {
    if (fault === "database-restart" || fault === "connections-cut") return "the database is in the worker's own process";
    if (fault === "block") return "one process owns the catalogue, so no other worker can take a run over";
    if (fault === "clock-ahead") return "its workers end between the nights";
    if (fault === "freeze") return "one process owns the catalogue until it is killed; see kill";
  }
  if (["network-cut", "body-too-short", "close-delimited"].includes(fault) && stage !== "fetch") return "nothing is being downloaded";
  if (fault === "spool-disk-full" && stage !== "queued" && stage !== "claim" && stage !== "fetch") return "the download is complete";
  if (fault.endsWith("disk-full") && !canMountDisks) return `${leftOut} mounting a small disk requires root`;
  if (fault === "clock-ahead" && stage !== "queued") return "it strikes before the nights begin";
  if (fault.startsWith("clock-") && !canFakeClocks) return `${leftOut} libfaketime is not installed`;
  return null;
}
