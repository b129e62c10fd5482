import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import pg from "pg";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCatalogue } from "../../../src/catalogue/open-catalogue.ts";
import { SelfTest, type SelfTestTerms } from "../../../src/jobs/worker/self-test.ts";
import type { Worker } from "../../../src/jobs/worker/worker.ts";
import { canMountDisks, mountSmallDisk } from "../../faults/small-disk.ts";
import { postgresql } from "../../support/catalogues.ts";
import { catalogueWithRoles } from "../../support/process-roles.ts";
import { onPostgresql } from "../../support/queues.ts";
import { until } from "../../support/until.ts";
import { type JobSetup, jobSetup } from "../job-setup.ts";
import { onQueue } from "../on-queue.ts";

const sickName = "host-a:1:aaaaaaaa";
const wellName = "host-b:2:bbbbbbbb";

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "moisson-self-test-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Starts a worker with this self-test, and counts the runs that it begins. */
async function workerWith(house: JobSetup, selfTest: SelfTestTerms): Promise<{ worker: Worker; begun: string[] }> {
  const begun: string[] = [];
  const worker = await house.worker({ selfTest, watcher: { onStart: (connector) => begun.push(connector) } });
  return { worker, begun };
}

const becomes = (worker: Worker, cause: string | null) => until(`the worker is ${cause ?? "well"}`, () => worker.state().sickFor === cause);

const faultsOf = async (house: JobSetup) => {
  const faults = await house.catalogue.machineFaults.since(new Date(0));
  return faults.map(({ cause, place, endedAt, waited }) => ({ cause, place, isOver: endedAt !== null, waited }));
};

onQueue(onPostgresql, "a sick worker", (tested) => {
  const several = tested.kind !== "in-process";

  it.skipIf(!canMountDisks || !several)("takes nothing while its temporary disk is full, and its neighbour does everything", async () => {
    const house = await jobSetup(tested);
    const disk = await mountSmallDisk(join(await folder(), "small"), 80);
    onTestFinished(() => disk.unmount());
    await disk.fill();
    const sick = await workerWith(house, { name: sickName, temporaryFolder: disk.folder });
    await becomes(sick.worker, "temporary-disk-full");
    const well = await workerWith(house, { name: wellName });
    const ids = ["region-a", "region-b", "region-c", "region-d"];
    for (const id of ids) await house.connector(id);
    const runs = await Promise.all(ids.map((id) => house.ask(id)));
    for (const { runId } of runs) expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1, machineFaults: 0 });
    expect(sick.begun).toEqual([]);
    expect([...new Set(well.begun)].sort()).toEqual(ids);
    expect(await faultsOf(house)).toEqual([{ cause: "temporary-disk-full", place: "host-a", isOver: false, waited: 0 }]);
    await disk.free();
    await becomes(sick.worker, null);
    await until("the fault is over", async () => (await faultsOf(house))[0]?.isOver);
  });

  it("keeps its run in the queue while it has too little memory, and does it afterwards", async () => {
    const house = await jobSetup(tested);
    const cgroups = await folder();
    const files = { ownCgroup: join(cgroups, "own"), cgroups, machine: join(cgroups, "meminfo") };
    await mkdir(join(cgroups, "moisson"));
    await writeFile(files.ownCgroup, "0::/moisson\n");
    await writeFile(files.machine, "MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n");
    await writeFile(join(cgroups, "moisson/memory.max"), "1000000000\n");
    await writeFile(join(cgroups, "moisson/memory.current"), "990000000\n");
    await writeFile(join(cgroups, "moisson/memory.stat"), "anon 5\ninactive_file 1000000\n");
    const { worker, begun } = await workerWith(house, { name: sickName, memoryFiles: files });
    await house.connector("region-a");
    const { runId } = await house.ask("region-a");
    await becomes(worker, "memory-short");
    expect(begun).toEqual([]);
    expect(await house.catalogue.workers.list()).toMatchObject([{ name: sickName, sickFor: "memory-short", isGone: false }]);
    // The page cache gives its memory back.
    await writeFile(join(cgroups, "moisson/memory.stat"), "anon 5\ninactive_file 500000000\n");
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    expect(worker.state().sickFor).toBeNull();
  });

  it("takes nothing while the database has a newer schema than its own, or an older one", async () => {
    const house = await jobSetup(tested);
    const { worker } = await workerWith(house, { name: sickName });
    await house.connector("region-a");
    await until("it is heard", async () => (await house.catalogue.workers.list()).length === 1);
    await house.catalogue.store.rows(sql`insert into migrations (name) values ('9999_newer')`);
    onTestFinished(async () => void (await house.catalogue.store.rows(sql`delete from migrations where name = '9999_newer'`)));
    await becomes(worker, "schema-unknown");
    const { runId } = await house.ask("region-a");
    expect(await house.catalogue.workers.list()).toMatchObject([{ sickFor: "schema-unknown", runs: [] }]);
    expect((await house.catalogue.runs.find(runId))?.state).toBe("queued");
    await house.catalogue.store.rows(sql`delete from migrations where name = '9999_newer'`);
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    const [fault] = await faultsOf(house);
    expect(fault).toMatchObject({ cause: "schema-unknown", place: "database" });
  });

  it("ends when it is asked to leave for a migration, once its run has ended", async () => {
    const house = await jobSetup(tested);
    const { worker, begun } = await workerWith(house, { name: sickName });
    await house.connector("region-a");
    await house.connector("region-b");
    const release = house.site.hold();
    const { runId } = await house.ask("region-a");
    await until("the run is fetching", () => house.site.waiting === 1);
    expect(await house.catalogue.workers.askToLeave("9999_newer")).toMatchObject([{ name: sickName }]);
    await until("it knows", () => worker.state().leaveFor === "9999_newer");
    const other = await house.ask("region-b");
    expect(await Promise.race([worker.left.then(() => "left"), Promise.resolve("at work")])).toBe("at work");
    release();
    await worker.left;
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied" });
    expect((await house.catalogue.runs.find(other.runId))?.state).toBe("queued");
    expect(begun).toEqual(["region-a"]);
    await worker.stop();
    expect(await house.catalogue.workers.list()).toEqual([]);
  });
});

describe.skipIf(postgresql.skipped)("a worker without a free connection", () => {
  it("is sick until it gets one, and the fault is stored once, from its beginning", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const admin = new pg.Client({ connectionString: owner.databaseUrl ?? "" });
    await admin.connect();
    onTestFinished(() => admin.end());
    const catalogue = await openCatalogue({ databaseUrl: urlOf("worker"), home: "" });
    onTestFinished(() => catalogue.close());
    const selfTest = new SelfTest(catalogue, pino({ level: "silent" }), { name: sickName });
    expect((await selfTest.test()).sickFor).toBeNull();
    await admin.query("alter role moisson_worker connection limit 0");
    onTestFinished(async () => void (await admin.query("alter role moisson_worker connection limit -1")));
    await admin.query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'moisson_worker'");
    await until("it is sick", async () => (await selfTest.test()).sickFor === "no-free-connection");
    expect((await selfTest.test()).sickFor).toBe("no-free-connection");
    expect(await owner.machineFaults.since(new Date(0))).toEqual([]);
    await admin.query("alter role moisson_worker connection limit -1");
    await until("it is well", async () => (await selfTest.test()).sickFor === null);
    const faults = await owner.machineFaults.since(new Date(0));
    expect(faults).toMatchObject([{ cause: "no-free-connection", place: "database" }]);
    expect(faults[0]?.endedAt).not.toBeNull();
    expect(selfTest.suspect({ code: "storage-failed", params: { reason: "53100" } })).toBe("disk-full");
    // While another worker tries the disk, nobody knows.
    await admin.query(`begin; lock table ${owner.schema}.disk_probe`);
    expect((await selfTest.test()).sickFor).toBe("disk-full");
    await admin.query("rollback");
    // The role of workers may try the disk, whose table is empty afterwards.
    expect((await selfTest.test()).sickFor).toBeNull();
    const { rows } = await admin.query(
      "select pg_total_relation_size('moisson.disk_probe') < 100000 as small, (select count(*)::int from moisson.disk_probe) as rows",
    );
    expect(rows).toEqual([{ small: true, rows: 0 }]);
  });
});
