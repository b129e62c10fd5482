import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { postgresql } from "../support/catalogues.ts";
import { until } from "../support/until.ts";
import { workerAtFetch } from "./worker-at-fetch.ts";

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

describe.skipIf(postgresql.skipped || !existsSync("/proc/self"))(
  `a worker's processes${postgresql.skipped ? " (SKIPPED: no PostgreSQL)" : ""}`,
  () => {
    it("end when the worker is killed, even in an endless loop", async () => {
      const { worker, pid, release, pidFile, loopFile, site } = await workerAtFetch();
      site.answer("/region-a.json", { records: [{ id: "3", titre: "Une autre" }] });
      await writeFile(loopFile, "");
      await rm(pidFile);
      release();
      await until("the code loops", () => existsSync(pidFile));
      worker.kill("SIGKILL");
      await until("the process is gone", () => !isAlive(pid));
    });

    it.each(["throw new Error('unlucky')", "Promise.reject(new Error('unlucky'))"])(
      "end after an error in the worker that nothing caught (%s), and their run waits in the queue again",
      async (code) => {
        const onSignal = `data:text/javascript,${encodeURIComponent(`process.on("SIGUSR2", () => { ${code}; });`)}`;
        const { worker, ended, pid, catalogue } = await workerAtFetch(`--import=${onSignal}`);
        worker.kill("SIGUSR2");
        expect(await ended).toEqual([1, null]);
        expect(isAlive(pid)).toBe(false);
        const runs = await catalogue.runs.list();
        expect(runs.find(({ outcome }) => outcome === "abandoned")).toMatchObject({ report: { error: { code: "handed-back" } } });
        expect(await catalogue.runQueue.waiting()).toMatchObject([{ connector: "region-a", try: 1, seconds: 0 }]);
      },
    );
  },
);
