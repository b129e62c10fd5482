// Runs before our code in a `moisson worker` process and in its child processes. Halts them at the stage in FAULT_STAGE. Connects to the
// harness at the socket FAULT_SOCKET. Sends `{ at, pid }` when the first run of the process reaches the stage, and continues after
// `{ go: true }`. `{ blockMs }` blocks the event loop of the process that the harness started, whose parent is FAULT_PARENT.
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { isMainThread } from "node:worker_threads";
import { SQL, StringChunk } from "drizzle-orm";
import { PlanRepository } from "../../src/catalogue/plans/plan-repository.ts";
import { AppliedRunRepository } from "../../src/catalogue/runs/applied-run-repository.ts";
import { RunQueueRepository } from "../../src/catalogue/runs/run-queue-repository.ts";
import { RunRepository } from "../../src/catalogue/runs/run-repository.ts";
import { StagingRepository } from "../../src/catalogue/runs/staging-repository.ts";
import { Store } from "../../src/catalogue/store.ts";
import type { Stage } from "./stages.ts";

const { FAULT_STAGE, FAULT_SOCKET = "", FAULT_PARENT } = process.env;
const stage = FAULT_STAGE as Stage | "none";
const isWorker = String(process.ppid) === FAULT_PARENT;
let isOpen = false;
let open: () => void = () => undefined;
const opened = new Promise<void>((resolve) => {
  open = () => {
    isOpen = true;
    resolve();
  };
});
let isTaken = false;

// Node runs this in the threads of a process too.
if (isMainThread) await joinHarness();

async function joinHarness(): Promise<void> {
  const harness = connect(FAULT_SOCKET);
  await once(harness, "connect");
  harness.unref();
  // The harness is gone.
  harness.on("close", () => process.exit(1)).on("error", () => process.exit(1));
  const say = (said: object) => harness.write(`${JSON.stringify({ ...said, pid: process.pid })}\n`);
  const lines = createInterface({ input: harness }).on("error", () => process.exit(1));
  lines.on("line", (line) => {
    const order = JSON.parse(line) as { go?: true; blockMs?: number };
    if (order.go) open();
    if (order.blockMs === undefined || !isWorker) return;
    const end = performance.now() + order.blockMs;
    while (performance.now() < end);
    say({ unblocked: true });
  });
  haltAt(stage, say);
}

function haltAt(stage: Stage | "none", say: (said: object) => void): void {
  /** The first run at the stage waits, and so do others that arrive meanwhile. */
  const halt = async () => {
    if (isOpen) return;
    if (!isTaken) say({ at: stage });
    isTaken = true;
    await opened;
  };
  if (stage === "queued") before(RunQueueRepository.prototype, "claim", halt);
  if (stage === "claim") before(Store.prototype, "rows", halt, (statement) => textOf(statement).includes("set fence = fence + 1"));
  if (stage === "read") before(StagingRepository.prototype, "stage", halt);
  if (stage === "plan") before(PlanRepository.prototype, "finish", halt);
  for (const end of ["end", "endUnchanged"] as const) {
    if (stage === "end") before(RunRepository.prototype, end, halt);
    if (stage === "ended") after(RunRepository.prototype, end, halt);
  }
  if (stage === "apply") before(Store.prototype, "rows", halt, (statement) => textOf(statement).includes("insert into aids ("));
  // The publisher's server halts the run; this only reports the connector of the request.
  if (stage === "fetch") after(AppliedRunRepository.prototype, "last", async ([connector]) => void say({ asks: connector }));
}

type Method = (this: unknown, ...given: unknown[]) => Promise<unknown>;

/** Halts before a method call that matches. */
function before<Key extends string>(
  owner: { [key in Key]: unknown },
  name: Key,
  halt: () => Promise<void>,
  isMeant: (given: unknown) => boolean = () => true,
): void {
  const original = owner[name] as Method;
  owner[name] = async function (this: unknown, ...given: unknown[]) {
    if (isMeant(given[0])) await halt();
    return original.apply(this, given);
  };
}

function after<Key extends string>(owner: { [key in Key]: unknown }, name: Key, then: (given: unknown[]) => Promise<void>): void {
  const original = owner[name] as Method;
  owner[name] = async function (this: unknown, ...given: unknown[]) {
    const result = await original.apply(this, given);
    await then(given);
    return result;
  };
}

/** Returns the fixed text of a statement. */
function textOf(part: unknown): string {
  if (part instanceof StringChunk) return part.value.join("");
  return part instanceof SQL ? part.queryChunks.map(textOf).join("") : "";
}
