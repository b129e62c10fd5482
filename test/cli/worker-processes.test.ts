import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { publisherSite } from "../jobs/publisher-site.ts";
import { postgresql } from "../support/catalogues.ts";
import { smallDefinition } from "../support/harvest.ts";
import { moisson, startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";
import { until } from "../support/until.ts";

/** Starts a worker, and a run whose process waits for the answer of the publisher's site. `nodeOptions`: for the worker's processes. */
async function workerAtFetch(nodeOptions = "") {
  const folder = await mkdtemp(join(tmpdir(), "moisson-worker-processes-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const site = await publisherSite();
  const [pidFile, loopFile] = [join(folder, "pid"), join(folder, "loop")];
  await mkdir(join(folder, "connectors"));
  const { fields, ...rest } = smallDefinition("region-a", { feed: { url: `${site.origin}/region-a.json` } });
  await writeFile(
    join(folder, "connectors", "region-a.js"),
    `import { existsSync, writeFileSync } from "node:fs";
    const compute = () => {
      writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
      while (existsSync(${JSON.stringify(loopFile)}));
      return null;
    };
    const eligibility = { kind: "computed", name: "pid", why: "writes the number of its process", reads: ["titre"], compute };
    export const connector = { ...${JSON.stringify(rest)}, fields: { ...${JSON.stringify(fields)}, eligibility } };`,
  );
  const environment = {
    DATABASE_URL: await ownDatabase(),
    MOISSON_CONNECTORS: folder,
    MOISSON_ALLOW_HOSTS: site.host,
    MOISSON_TICK_SECONDS: "1",
    MOISSON_LINK_CHECKS: "no",
    NODE_OPTIONS: nodeOptions,
  };
  const worker = startMoisson(["worker"], environment);
  worker.stdout.resume();
  worker.stderr.resume();
  const ended = once(worker, "close");
  onTestFinished(async () => {
    worker.kill("SIGKILL");
    await ended;
  });
  const catalogue = await openCatalogue({ databaseUrl: environment.DATABASE_URL, home: "" });
  onTestFinished(() => catalogue.close());
  const ask = () => moisson(["run", "region-a", "--queue", "--force"], environment);
  expect((await ask()).code).toBe(0);
  await until("a run has ended", async () => (await catalogue.runs.list()).some(({ state }) => state === "ended"));
  const pid = Number(await readFile(pidFile, "utf8"));
  const release = site.hold();
  await ask();
  await until("the feed is requested again", () => site.waiting === 1);
  return { worker, ended, catalogue, release, pid, pidFile, loopFile, site };
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

describe.skipIf(postgresql.skipped || !existsSync("/proc/self"))(
  `a worker's processes${postgresql.skipped ? " (SKIPPED: no PostgreSQL)" : ""}`,
  { timeout: 90_000 },
  () => {
    it("end when the worker is killed", async () => {
      const { worker, pid } = await workerAtFetch();
      expect(isAlive(pid)).toBe(true);
      worker.kill("SIGKILL");
      await until("the process is gone", () => !isAlive(pid));
    });

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
