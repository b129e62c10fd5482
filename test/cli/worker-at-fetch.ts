import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { publisherSite } from "../jobs/publisher-site.ts";
import { smallDefinition } from "../support/harvest.ts";
import { moisson, startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/test-databases.ts";
import { until } from "../support/until.ts";

/** Starts a worker, and a run whose process waits for the answer of the publisher's site. `nodeOptions`: for the worker's processes. */
export async function workerAtFetch(nodeOptions = "") {
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
