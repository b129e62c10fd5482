import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { postgresql } from "../support/catalogues.ts";
import { until } from "../support/until.ts";
import { workerAtFetch } from "./worker-at-fetch.ts";

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

describe.skipIf(postgresql.skipped || !existsSync("/proc/self"))(
  `a worker's processes${postgresql.skipped ? " (SKIPPED: no PostgreSQL)" : ""}`,
  () => {
    it("end when the worker is killed", async () => {
      const { worker, pid } = await workerAtFetch();
      expect(isAlive(pid)).toBe(true);
      worker.kill("SIGKILL");
      await until("the process is gone", () => !isAlive(pid));
    });

    it("ignore the signals of a service or a terminal, and end with the worker when its run is over", async () => {
      const { worker, ended, pid, release, catalogue } = await workerAtFetch();
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(pid, signal);
      worker.kill("SIGTERM");
      release();
      expect(await ended).toEqual([0, null]);
      expect(isAlive(pid)).toBe(false);
      const runs = await catalogue.runs.list();
      expect(runs.map(({ state, outcome, try: tried }) => [state, outcome, tried])).toEqual([
        ["ended", "unchanged", 1],
        ["ended", "applied", 1],
      ]);
    });
  },
);
