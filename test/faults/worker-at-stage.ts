// A `moisson worker` process that halts at the stage in FAULT_STAGE; arguments are the worker's. It sends `{ at }` by IPC when its first run
// reaches the stage, and continues after `{ go: true }`. `{ blockMs }` blocks its event loop.
import { SQL, StringChunk } from "drizzle-orm";
import { PlanRepository } from "../../src/catalogue/plans/plan-repository.ts";
import { RunQueueRepository } from "../../src/catalogue/runs/run-queue-repository.ts";
import { RunRepository } from "../../src/catalogue/runs/run-repository.ts";
import { StagingRepository } from "../../src/catalogue/runs/staging-repository.ts";
import { Store } from "../../src/catalogue/store.ts";
import type { Stage } from "./stages.ts";

const stage = process.env.FAULT_STAGE as Stage | "none";
let isOpen = false;
let open: () => void = () => undefined;
const opened = new Promise<void>((resolve) => {
  open = () => {
    isOpen = true;
    resolve();
  };
});
let isTaken = false;

/** The first run at the stage waits, and so do others that arrive meanwhile. */
async function halt(): Promise<void> {
  if (isOpen) return;
  if (!isTaken) process.send?.({ at: stage });
  isTaken = true;
  await opened;
}

process.on("message", (order: { go?: true; blockMs?: number }) => {
  if (order.go) open();
  if (order.blockMs === undefined) return;
  const end = performance.now() + order.blockMs;
  while (performance.now() < end);
  process.send?.({ unblocked: true });
});
// The parent process is gone.
process.on("disconnect", () => process.exit(1));
process.channel?.unref();

if (stage === "queued") before(RunQueueRepository.prototype, "claim");
if (stage === "read") before(StagingRepository.prototype, "stage");
if (stage === "plan") before(PlanRepository.prototype, "finish");
for (const end of ["end", "endUnchanged"] as const) {
  if (stage === "end") before(RunRepository.prototype, end);
  if (stage === "ended") after(RunRepository.prototype, end);
}
if (stage === "apply") before(Store.prototype, "rows", (statement) => textOf(statement).includes("insert into aids ("));
// The publisher's server halts the run; this only reports the connector of the request.
if (stage === "fetch")
  after(RunQueueRepository.prototype, "claim", (claim) => {
    const { kind, run } = claim as { kind: string; run?: { connector: string } };
    if (kind === "claimed") process.send?.({ asks: run?.connector });
  });

type Method = (this: unknown, ...given: unknown[]) => Promise<unknown>;

/** Halts before a method call that matches. */
function before<Key extends string>(owner: { [key in Key]: unknown }, name: Key, isMeant: (given: unknown) => boolean = () => true): void {
  const original = owner[name] as Method;
  owner[name] = async function (this: unknown, ...given: unknown[]) {
    if (isMeant(given[0])) await halt();
    return original.apply(this, given);
  };
}

function after<Key extends string>(owner: { [key in Key]: unknown }, name: Key, then: (result: unknown) => unknown = halt): void {
  const original = owner[name] as Method;
  owner[name] = async function (this: unknown, ...given: unknown[]) {
    const result = await original.apply(this, given);
    await then(result);
    return result;
  };
}

/** Returns the fixed text of a statement. */
function textOf(part: unknown): string {
  if (part instanceof StringChunk) return part.value.join("");
  return part instanceof SQL ? part.queryChunks.map(textOf).join("") : "";
}

process.argv = [process.argv[0] ?? "node", "moisson", "worker", ...process.argv.slice(2)];
await import("../../src/cli/main.ts");
