import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { RunProcesses } from "../../src/jobs/run-processes/run-processes.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { bothDatabases, postgresql } from "../support/catalogues.ts";
import { guardsOff, rowsOf, smallDefinition } from "../support/harvest.ts";
import { exported } from "../support/made-aids.ts";
import { inProcess } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";

const now = new Date("2026-11-25T03:00:00Z");
const oneTry = { MOISSON_RETRY_SECONDS: "3600" };

interface ProcessWorker {
  readonly processes: RunProcesses;
  readonly logged: readonly string[];
}

/** Starts a worker whose runs have processes of their own. */
async function workerWithProcesses(house: JobSetup, settings: Record<string, string> = {}): Promise<ProcessWorker> {
  const logged: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      logged.push(String(chunk));
      done();
    },
  });
  let processes: RunProcesses | undefined;
  await house.worker({
    settings: { MOISSON_LOCK_SECONDS: "30", MOISSON_RUNS_AT_ONCE: "2", ...settings },
    logger: pino({ level: "info" }, sink),
    executor: (jobs) => {
      const { databaseUrl, schema } = house.catalogue;
      const catalogue =
        databaseUrl === null
          ? ({ kind: "embedded", schema } as const)
          : ({ kind: "postgresql", databaseUrl, applicationName: "moisson test", leaseSeconds: 3 } as const);
      processes = new RunProcesses({ ...jobs, catalogue, logLevel: "info" });
      return processes;
    },
  });
  return { processes: processes as RunProcesses, logged };
}

/** Writes a connector that computes its eligibility with this code, in which `pidFile` and `goFile` are paths. Returns these files. */
async function coded(house: JobSetup, id: string, code: string, budget: ConnectorInput["budget"] = {}) {
  const folder = await mkdtemp(join(tmpdir(), "moisson-coded-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [pidFile, goFile] = [join(folder, "pid"), join(folder, "go")];
  const { fields, ...rest } = smallDefinition(id, { feed: { url: `${house.site.origin}/${id}.json` }, guards: guardsOff, budget });
  const source = `import { existsSync, writeFileSync } from "node:fs";
    const [pidFile, goFile] = ${JSON.stringify([pidFile, goFile])};
    const compute = (values) => { ${code} };
    const eligibility = { kind: "computed", name: "test", why: "a test of what code can do to its process", reads: ["titre"], compute };
    export const connector = { ...${JSON.stringify(rest)}, fields: { ...${JSON.stringify(fields)}, eligibility } };`;
  await writeFile(join(house.folder, "connectors", `${id}.js`), source);
  return { pidFile, goFile };
}

/** Code that writes the number of its process and then waits for `goFile`, without ever yielding. */
const waits = `writeFileSync(pidFile, String(process.pid));
  while (!existsSync(goFile)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  return null;`;

const pidIn = (file: string) => until(`${file} has a number`, async () => existsSync(file) && Number(await readFile(file, "utf8")));

/** Waits until no process has a run, and returns the number of idle ones. */
const idle = (processes: RunProcesses) => until("no process is busy", () => processes.figures().busy === 0 && [processes.figures().idle]);

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

const spoolFolders = async (pid: number) => (await readdir(tmpdir())).filter((name) => name.startsWith(`moisson-spool-${pid}-`));

for (const database of bothDatabases) {
  describe.skipIf(database.skipped)(`runs in processes of their own, ${database.title}`, { timeout: 90_000 }, () => {
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

      const other = await newHouse();
      await other.connector("region-a");
      await other.worker();
      await other.ended((await other.ask("region-a")).runId);
      const ofRegionA = async (of: JobSetup) => (await exported(of.catalogue)).split("\n").filter((line) => line.includes("region-a"));
      expect(await ofRegionA(house)).toEqual(await ofRegionA(other));
    });

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
        ["applied", 2],
      ]);
      expect(await pidIn(pidFile)).not.toBe(pid);
    });
  });
}

describe.skipIf(postgresql.skipped)(`the process of a run, ${postgresql.title}`, { timeout: 90_000 }, () => {
  const newHouse = () => jobSetup({ ...inProcess, database: postgresql });

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

  it("fail when their process does not answer for the lock time", async () => {
    const house = await newHouse();
    await coded(house, "region-a", waits);
    await workerWithProcesses(house, { ...oneTry, MOISSON_LOCK_SECONDS: "2" });
    const { runId } = await house.ask("region-a");
    expect(await house.ended(runId)).toMatchObject({
      outcome: "failed",
      report: { error: { code: "process-silent", params: { seconds: 2 } } },
    });
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

  it("fail when they need more memory than Node allows their process", async () => {
    const house = await newHouse();
    await coded(house, "region-a", "for (const all = []; ; ) all.push(new Array(1e5).fill(1.5));");
    vi.stubEnv("NODE_OPTIONS", "--max-old-space-size=80");
    onTestFinished(() => void vi.unstubAllEnvs());
    await workerWithProcesses(house, oneTry);
    const { runId } = await house.ask("region-a");
    expect(await house.ended(runId)).toMatchObject({ outcome: "failed", report: { error: { code: "out-of-memory" } } });
  });

  it("end when they use more than their budget, and are not retried", async () => {
    const house = await newHouse();
    const busy = "const end = process.cpuUsage().user + 1e6; while (process.cpuUsage().user < end); return null;";
    await coded(house, "region-b", busy, { cpuSeconds: 1 });
    await coded(house, "region-c", "const all = []; for (;;) all.length < 90 && all.push(Buffer.alloc(1e7, 1));", { memoryMegabytes: 500 });
    await house.connector("region-d", { budget: { seconds: 2 } });
    await workerWithProcesses(house, { MOISSON_RUNS_AT_ONCE: "1" });
    const ended = (id: string) => house.ask(id).then(({ runId }) => house.ended(runId));
    const params = { budget: "cpuSeconds", limit: 1 };
    expect(await ended("region-b")).toMatchObject({ outcome: "failed", report: { error: { code: "over-budget", params } } });
    const release = house.site.hold("/region-d.json");
    expect(await ended("region-d")).toMatchObject({ report: { error: { code: "over-budget", params: { budget: "seconds", limit: 2 } } } });
    release();
    expect(await ended("region-c")).toMatchObject({
      outcome: "failed",
      report: {
        error: { code: "over-budget", params: { budget: "memoryMegabytes", limit: 500 } },
        budget: { memoryMegabytes: { limit: 500 }, cpuSeconds: { limit: 1800 } },
      },
    });
    expect(await house.catalogue.runQueue.waiting()).toEqual([]);
  });

  it("get another process when theirs uses too much memory after a run", async () => {
    const house = await newHouse();
    await house.connector("region-a", { budget: { memoryMegabytes: 1000 } });
    const { processes } = await workerWithProcesses(house, { MOISSON_PROCESS_MEMORY_MB: "10" });
    await house.ended((await house.ask("region-a")).runId);
    await until("the process is gone", () => processes.figures().busy + processes.figures().idle === 0);
    expect((await house.ended((await house.ask("region-a")).runId)).outcome).toBe("unchanged");
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
    expect(messages()).toEqual(["run begins", "run failed", "run ended"]);
  });
});
