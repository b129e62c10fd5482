import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import type { RunProcesses } from "../../src/jobs/run-processes/run-processes.ts";
import { bothDatabases, postgresql } from "../support/catalogues.ts";
import { rowsOf } from "../support/harvest.ts";
import { exported } from "../support/made-aids.ts";
import { inProcess } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";
import { coded, oneTry, waits, workerWithProcesses } from "./worker-with-processes.ts";

const now = new Date("2026-11-25T03:00:00Z");

const pidIn = (file: string) => until(`${file} has a number`, async () => existsSync(file) && Number(await readFile(file, "utf8")));

/** Waits until no process has a run, and returns the number of idle ones. */
const idle = (processes: RunProcesses) => until("no process is busy", () => processes.figures().busy === 0 && [processes.figures().idle]);

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

const spoolFolders = async (pid: number) => (await readdir(tmpdir())).filter((name) => name.startsWith(`moisson-spool-${pid}-`));

for (const database of bothDatabases) {
  describe.skipIf(database.skipped)(`runs in processes of their own, ${database.title}`, () => {
    const newHouse = () => jobSetup({ ...inProcess, database });

    it("give the same catalogue as in the worker's process, one after the other in the same process", async () => {
      const house = await newHouse();
      await house.connector("region-a");
      await house.connector("region-b");
      const { processes } = await workerWithProcesses(house);
      const first = await house.ended((await house.ask("region-a")).runId);
      expect(first).toMatchObject({ outcome: "applied", report: { counts: { received: 2, created: 2 } } });
      expect(await idle(processes)).toEqual([1]);
      await house.ended((await house.ask("region-b")).runId);
      expect(await idle(processes)).toEqual([1]);
      expect((await house.ended((await house.ask("region-a")).runId)).outcome).toBe("unchanged");

      const ofRegionA = async (of: JobSetup) => (await exported(of.catalogue)).split("\n").filter((line) => line.includes("region-a"));
      const expected = await ofRegionA(house);
      const other = await newHouse();
      await other.connector("region-a");
      await other.worker();
      await other.ended((await other.ask("region-a")).runId);
      expect(expected.length).toBeGreaterThan(0);
      expect(await ofRegionA(other)).toEqual(expected);
    });
  });
}

describe.skipIf(postgresql.skipped)(`the process of a run, ${postgresql.title}`, () => {
  const newHouse = () => jobSetup({ ...inProcess, database: postgresql });

  it("go on when the process of another run is killed, which then fails with its cause and is retried", async () => {
    const house = await newHouse();
    await house.connector("region-a");
    const { pidFile, goFile } = await coded(house, "region-b", waits);
    const { processes } = await workerWithProcesses(house);
    const killed = await house.ask("region-b");
    const pid = await pidIn(pidFile);
    const release = house.site.hold();
    const other = await house.ask("region-a");
    await until("the other feed is requested", () => house.site.waiting === 1);
    expect(processes.figures()).toMatchObject({ busy: 2 });
    expect(await spoolFolders(pid)).toHaveLength(1);
    await writeFile(goFile, "");
    await rm(pidFile);
    process.kill(pid, "SIGKILL");
    const params = { signal: "SIGKILL" };
    expect(await house.ended(killed.runId)).toMatchObject({ outcome: "failed", report: { error: { code: "process-ended", params } } });
    expect(await spoolFolders(pid)).toEqual([]);
    release();
    expect(await house.ended(other.runId)).toMatchObject({ outcome: "applied", try: 1 });
    await house.quiet();
    expect((await house.runs("region-b")).map((run) => [run.outcome, run.try])).toEqual([
      ["failed", 1],
      ["applied", 1],
    ]);
    expect(await pidIn(pidFile)).not.toBe(pid);
  });

  it("can be cancelled in an endless loop", async () => {
    const house = await newHouse();
    const { pidFile } = await coded(house, "region-a", waits);
    const { processes } = await workerWithProcesses(house);
    const { runId } = await house.ask("region-a");
    const pid = await pidIn(pidFile);
    await house.catalogue.runQueue.cancel(runId, "paul", now);
    expect(await house.ended(runId)).toMatchObject({
      outcome: "cancelled",
      report: { error: { code: "cancelled", params: { by: "paul" } }, stageMs: { fetch: expect.any(Number) } },
    });
    expect(isAlive(pid)).toBe(false);
    await house.connector("region-b");
    expect((await house.ended((await house.ask("region-b")).runId)).outcome).toBe("applied");
    expect(await idle(processes)).toEqual([1]);
  });

  it("fail with the exit code when code of a connector ends the process, and the log says more", async () => {
    const house = await newHouse();
    await coded(house, "region-a", "process.exit(3);");
    await coded(house, "region-b", "setTimeout(() => { throw new TypeError('too late'); }, 0); return null;");
    const { logged } = await workerWithProcesses(house, oneTry);
    const ended = (id: string) => house.ask(id).then(({ runId }) => house.ended(runId));
    expect(await ended("region-a")).toMatchObject({ report: { error: { code: "process-ended", params: { exitCode: 3 } } } });
    house.site.answer("/region-b.json", { records: Array.from({ length: 5000 }, (_, id) => ({ id: `${id}`, titre: "Une aide" })) });
    expect(await ended("region-b")).toMatchObject({
      report: { error: { code: "process-ended", params: { exitCode: 1, reason: "TypeError: too late" } } },
    });
    expect(logged.filter((line) => line.includes("ended during its run"))).toHaveLength(2);
  });

  it("use the code of a connector's file as it is now", async () => {
    const house = await newHouse();
    await coded(house, "region-a", "return 'Avant';");
    const { processes } = await workerWithProcesses(house);
    await house.ended((await house.ask("region-a")).runId);
    expect(await idle(processes)).toEqual([1]);
    await coded(house, "region-a", "return 'Après';");
    expect(await house.ended((await house.ask("region-a")).runId)).toMatchObject({ report: { counts: { updated: 2 } } });
    expect(JSON.stringify(await rowsOf(house.catalogue, "region-a"))).toContain("Après");
    expect(await idle(processes)).toEqual([1]);
  });

  it("log in their worker's log", async () => {
    const house = await newHouse();
    await house.connector("region-a");
    const { logged } = await workerWithProcesses(house, oneTry);
    const { runId: broken } = await house.ask("region-a", { file: "/nowhere/feed.json" });
    await house.ended(broken);
    const messages = () =>
      logged
        .map((line) => JSON.parse(line) as { run?: string; msg: string })
        .filter(({ run }) => run === broken)
        .map(({ msg }) => msg);
    // A line of the process can arrive after its run has ended in the catalogue.
    await until("the last line of the run", () => messages().includes("run ended"));
    expect(messages().toSorted()).toEqual(["run begins", "run ended", "run failed"]);
  });
});
