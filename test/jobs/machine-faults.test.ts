import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { RunHeartbeat } from "../../src/ingest/run-heartbeat.ts";
import { jobOf } from "../../src/jobs/queue/request-run.ts";
import { checkRuns } from "../../src/jobs/worker/check-runs.ts";
import { inThisProcess } from "../../src/jobs/worker/execute-run.ts";
import { canMountDisks, mountSmallDisk } from "../faults/small-disk.ts";
import { madeReport } from "../support/made-aids.ts";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";
import { workerWithProcesses } from "./worker-with-processes.ts";

const now = new Date("2026-11-25T03:00:00Z");

/** Lets every statement that ends a run or makes the table of the probe grow fail with the code of a full disk. Returns a function that ends the fault. */
async function fillDisk({ catalogue }: JobSetup): Promise<() => Promise<void>> {
  const { store } = catalogue;
  await store.rows(sql`
    create function refuse() returns trigger language plpgsql as $$ begin
      raise exception 'could not extend file: No space left on device' using errcode = '53100';
    end $$`);
  await store.rows(sql`create trigger refuse before update on runs for each row when (new.state = 'ended') execute function refuse()`);
  await store.rows(sql`create trigger refuse before insert on disk_probe for each statement execute function refuse()`);
  onTestFinished(async () => void (await store.rows(sql`drop function if exists refuse cascade`)));
  return async () => {
    for (const table of [sql`runs`, sql`disk_probe`]) await store.rows(sql`drop trigger refuse on ${table}`);
  };
}

/** Claims a run like a worker that then disappears. */
async function claim({ catalogue }: JobSetup, runId: string, worker: string): Promise<number> {
  const terms = { worker, leaseSeconds: 0, pauseSeconds: 0, host: null, mappingFingerprint: "", now };
  const claimed = await catalogue.runQueue.claim(runId, terms);
  if (claimed.kind !== "claimed") throw new Error(claimed.kind);
  return claimed.token;
}

onQueue(onPostgresql, "a fault of the machine", (tested) => {
  it("does not lose the end of a run: it is stored with its true cause when it can be, and no try is used", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const free = await fillDisk(house);
    const { runId } = await house.ask("region-a");
    const lines: string[] = [];
    const log = (_: object, line: string) => void lines.push(line);
    const logger = { trace: log, debug: log, info: log, warn: log, error: log, fatal: log };
    await house.worker({ logger: logger as never });
    await until("the end cannot be stored", () => lines.some((line) => line.includes("cannot be stored now")));
    expect(await house.catalogue.runs.find(runId)).toMatchObject({ state: "running" });
    await free();
    const error = { code: "storage-failed", params: { reason: "53100" } };
    expect(await house.ended(runId)).toMatchObject({ outcome: "failed", report: { error } });
    await house.quiet();
    expect((await house.runs("region-a")).map((run) => [run.outcome, run.try, run.machineFaults])).toEqual([
      ["failed", 1, 0],
      ["applied", 1, 1],
    ]);
  });

  it("makes a worker sick whose runs cannot store their ends, also if it has no room for another run", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const free = await fillDisk(house);
    const { runId } = await house.ask("region-a");
    const { worker } = await workerWithProcesses(house, { MOISSON_RUNS_AT_ONCE: "1" });
    await until("the worker is sick", () => worker.state().sickFor === "disk-full");
    await free();
    await until("the worker is well", () => worker.state().sickFor === null);
    expect((await house.ended(runId)).report?.error).toMatchObject({ code: "storage-failed", params: { reason: "53100" } });
  });

  it("is a full temporary folder: the run waits until it has room again, and uses no try", async ({ skip }) => {
    if (!canMountDisks) skip("only root can mount a disk");
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const disk = await mountSmallDisk(await mkdtemp(join(tmpdir(), "moisson-spool-disk-")), 128);
    const usual = process.env.TMPDIR;
    process.env.TMPDIR = disk.folder;
    onTestFinished(async () => {
      if (usual === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = usual;
      await disk.unmount();
    });
    const release = house.site.hold();
    const { runId } = await house.ask("region-a");
    const worker = await house.worker();
    await until("the feed is requested", () => house.site.waiting === 1);
    await disk.fill();
    release();
    const error = { code: "storage-failed", params: { reason: "ENOSPC", place: "temporary-folder" } };
    expect(await house.ended(runId)).toMatchObject({ outcome: "failed", report: { error } });
    await until("the worker is sick", () => worker.state().sickFor === "temporary-disk-full");
    await disk.free();
    await house.quiet();
    const runs = await house.runs("region-a");
    expect(runs.at(-1)).toMatchObject({ outcome: "applied", try: 1, machineFaults: runs.length - 1 });
  });

  it("is waited for until the night is over", async () => {
    const house = await jobSetup(tested);
    const { runs, store } = house.catalogue;
    const endAskedAt = async (connector: string, askedAt: string) => {
      const { runId } = await house.ask(connector);
      await store.rows(sql`update runs set asked_at = ${askedAt}::timestamptz where id = ${runId}::uuid`);
      const token = await claim(house, runId, "elsewhere:1:00000000");
      const again = { because: "machine", afterSeconds: 0 } as const;
      return runs.end(runId, { outcome: "failed", report: madeReport({ runId, connector, token }, "failed"), now, again });
    };
    expect(await endAskedAt("region-a", "2026-11-24T15:01:00Z")).not.toBeNull();
    expect(await endAskedAt("region-b", "2026-11-24T14:59:00Z")).toBeNull();
  });

  it("does not doubt a run that was lost alone on a worker that was not well", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    // Both machines do the runs of others.
    for (const machine of ["sick", "well"]) {
      await house.connector(`region-${machine}`);
      const { runId } = await house.ask(`region-${machine}`);
      await claim(house, runId, `${machine}:2:00000000`);
      await house.catalogue.store.rows(sql`
        update runs set state = 'ended', outcome = 'applied', ended_at = ${now.toISOString()}::timestamptz + interval '1 second' where id = ${runId}::uuid`);
    }
    await house.ask("region-a");
    await house.catalogue.store.rows(sql`
      insert into workers (name, version, migration, started_at, heard_at, sick_for, sick_since)
      values ('sick:1:00000000', '0', '0', now(), now(), 'memory', now())`);
    const terms = { leaseSeconds: 0, pauseSeconds: 0, now };
    const triesAfter = async (worker: string) => {
      const [run] = await house.catalogue.runQueue.waiting("region-a");
      await claim(house, run?.runId ?? "", worker);
      const again = await house.catalogue.runQueue.abandon(run?.runId ?? "", terms);
      return (await house.catalogue.runs.find(again ?? ""))?.try;
    };
    const lost: (number | undefined)[] = [];
    for (let times = 0; times < 5; times++) lost.push(await triesAfter("sick:1:00000000"));
    for (let times = 0; times < 3; times++) lost.push(await triesAfter("well:1:00000000"));
    expect(lost).toEqual([1, 1, 1, 1, 1, 1, 2, 3]);
  });

  it("makes all runs silent for a moment: a worker abandons only those that are still silent at its next check", async () => {
    const house = await jobSetup(tested);
    for (const id of ["region-a", "region-b"]) await house.connector(id);
    const alive = await house.ask("region-a");
    const dead = await house.ask("region-b");
    const token = await claim(house, alive.runId, "elsewhere:1:00000000");
    await claim(house, dead.runId, "elsewhere:2:00000000");
    await house.catalogue.store.rows(sql`update runs set heard_at = clock_timestamp() - interval '1 hour'`);
    const silent = new Set<string>();
    expect((await checkRuns(house.jobs(), silent)).abandoned).toEqual([]);
    expect(silent).toEqual(new Set([alive.runId, dead.runId]));
    await new RunHeartbeat(house.catalogue.runQueue, { runId: alive.runId, connector: "region-a", token }).beat();
    expect((await checkRuns(house.jobs(), silent)).abandoned).toEqual([dead.runId]);
    expect((await house.catalogue.runs.find(alive.runId))?.state).toBe("running");
  });

  it("leaves a lost run to run alone: it waits for its worker's other runs, and later ones wait for it", async () => {
    const house = await jobSetup(tested);
    const file = join(house.folder, "feed.json");
    await writeFile(file, "[]");
    for (const id of ["region-a", "region-b", "region-c"]) await house.connector(id);
    const lost = await house.ask("region-a", { file });
    await claim(house, lost.runId, "elsewhere:1:00000000");
    await house.catalogue.runQueue.abandon(lost.runId, { leaseSeconds: 0, pauseSeconds: 0, now });
    await house.ask("region-b", { file });
    const begun: string[] = [];
    const release = new Map<string, () => void>();
    let looks = 0;
    await house.worker({
      watcher: { onLook: () => void looks++ },
      settings: { MOISSON_RUNS_AT_ONCE: "3" },
      executor: ({ services }) => ({
        execute: async (order, liveness) => {
          begun.push(order.connector.definition.id);
          await new Promise<void>((go) => release.set(order.connector.definition.id, go));
          return inThisProcess(services, 1).execute(order, liveness);
        },
        close: async () => undefined,
      }),
    });
    await until("the first run begins", () => release.has("region-b"));
    await house.queue.put((await house.catalogue.runQueue.waiting("region-a")).map(jobOf));
    await until("the lost run waits", async () => (await house.queue.depth()).active === 2);
    await house.ask("region-c", { file });
    await until("a later run waits too", async () => (await house.queue.depth()).active === 3);
    const looked = looks;
    await until("the worker has looked five times more", () => looks >= looked + 5);
    expect(begun).toEqual(["region-b"]);
    for (const id of ["region-b", "region-a", "region-c"]) {
      await until(`${id} begins`, () => release.has(id));
      release.get(id)?.();
    }
    await house.quiet();
    expect(begun).toEqual(["region-b", "region-a", "region-c"]);
  });
});
