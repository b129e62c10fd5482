import { describe, expect, it, onTestFinished, vi } from "vitest";
import { postgresql } from "../support/catalogues.ts";
import { inProcess } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { jobSetup } from "./job-setup.ts";
import { coded, oneTry, waits, workerWithProcesses } from "./worker-with-processes.ts";

describe.skipIf(postgresql.skipped)(`runs in processes of their own, ${postgresql.title}`, () => {
  const newHouse = () => jobSetup({ ...inProcess, database: postgresql });

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
});
