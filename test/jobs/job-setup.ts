import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { onTestFinished } from "vitest";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import type { RunRecord } from "../../src/catalogue/runs/run-repository.ts";
import type { RunOptions, Services } from "../../src/ingest/run-inputs.ts";
import type { JobServices } from "../../src/jobs/job-services.ts";
import { readJobSettings } from "../../src/jobs/job-settings.ts";
import { type QueuedRequest, requestRun } from "../../src/jobs/queue/request-run.ts";
import type { RunQueue } from "../../src/jobs/queue/run-queue.ts";
import type { PeriodicTask } from "../../src/jobs/tasks/periodic-task.ts";
import type { RunExecutor } from "../../src/jobs/worker/execute-run.ts";
import { SelfTest, type SelfTestTerms } from "../../src/jobs/worker/self-test.ts";
import { startWorker, type Worker, type WorkerWatcher } from "../../src/jobs/worker/worker.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { withStoredVersions } from "../../src/registry/stored-versions.ts";
import { newCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import type { TestedQueue, TestQueue } from "../support/queues.ts";
import { testServices } from "../support/test-services.ts";
import { until } from "../support/until.ts";
import { type PublisherSite, publisherSite } from "./publisher-site.ts";

/** Settings and services of a worker that differ from the usual ones. */
interface WorkerTerms extends Partial<Services> {
  readonly settings?: Readonly<Record<string, string>>;
  readonly tasks?: readonly PeriodicTask[];
  readonly watcher?: WorkerWatcher;
  /** Its own connection to the queue, if different. */
  readonly queue?: RunQueue;
  /** Executes its runs. Default: the process of the test. */
  readonly executor?: (jobs: JobServices) => RunExecutor;
  /** What its self-test looks at. */
  readonly selfTest?: SelfTestTerms;
  /** Wraps the catalogue, to stop or break a part of it. */
  readonly around?: (catalogue: Catalogue) => Catalogue;
}

/** A catalogue, a queue, connectors in a folder and their publisher's site, for the length of one test. */
export interface JobSetup {
  readonly catalogue: TestCatalogue;
  readonly queue: RunQueue;
  readonly testQueue: TestQueue;
  readonly site: PublisherSite;
  readonly folder: string;
  /** Writes a connector whose feed is `/<id>.json` of the site, unless the changes say otherwise. */
  connector(id: string, changes?: Partial<ConnectorInput>): Promise<void>;
  /** Returns the services of a process, on the shared catalogue and queue or on its own. */
  jobs(terms?: WorkerTerms, catalogue?: Catalogue, queue?: RunQueue): JobServices;
  /** Starts a worker like a separate process, with its own connections. Stopped after the test. */
  worker(terms?: WorkerTerms): Promise<Worker>;
  /** Starts two workers side by side; in-process, a single one with twice the concurrency. */
  twoWorkers(terms?: WorkerTerms): Promise<void>;
  ask(connector: string, options?: RunOptions, by?: string): Promise<QueuedRequest>;
  /** Waits for the end of the run and returns it. */
  ended(runId: string): Promise<RunRecord>;
  /** Waits for the start of the run and returns it. */
  begun(runId: string): Promise<RunRecord>;
  /** Returns the runs of a connector, oldest first. */
  runs(connector: string): Promise<RunRecord[]>;
  /** Waits until no run waits or is running. */
  quiet(): Promise<void>;
}

const settings = {
  MOISSON_LOCK_SECONDS: "3",
  MOISSON_TICK_SECONDS: "0.2",
  MOISSON_RETRY_SECONDS: "0.2",
  MOISSON_GRACE_SECONDS: "20",
  MOISSON_LINK_CHECKS: "no",
};

/** Creates the environment. It is removed after the test. */
export async function jobSetup(tested: TestedQueue): Promise<JobSetup> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-jobs-"));
  const catalogue = await newCatalogue(tested.database);
  const testQueue = tested.make();
  const queue = testQueue.open();
  const workers: Worker[] = [];
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await testQueue.drop();
    await catalogue.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const site = await publisherSite();
  await mkdir(join(folder, "connectors"));

  const registryOn = async (on: Catalogue) =>
    withStoredVersions(await readConnectors([folder]), await on.connectorVersions.newest(), [folder]);
  const jobs: JobSetup["jobs"] = (
    { settings: more, tasks: _, watcher: __, queue: own, around: ___, executor: ____, selfTest: _____, ...services } = {},
    on = catalogue,
    through = queue,
  ) => ({
    services: testServices(on, { allowHosts: [site.host], logger: silentLogger, beatMs: 200, ...services }),
    queue: own ?? through,
    settings: readJobSettings({ ...settings, ...more }),
    connectors: async () => (await registryOn(on)).connectors,
    registry: () => registryOn(on),
  });
  const worker: JobSetup["worker"] = async (terms = {}) => {
    // In-process, one queue serves both the requester and the worker.
    const through = terms.queue ?? (tested.kind === "in-process" && workers.length === 0 ? queue : testQueue.open());
    const own = await catalogue.again();
    const ours = jobs(terms, terms.around?.(own) ?? own, through);
    const { catalogue: tried, logger } = ours.services;
    const started = startWorker(
      ours,
      terms.tasks ?? [],
      terms.watcher,
      terms.executor?.(ours),
      new SelfTest(tried, logger, { everyMs: 100, ...terms.selfTest }),
    );
    workers.push(started);
    return started;
  };
  const find = async (runId: string) => {
    const run = await catalogue.runs.find(runId);
    if (run === null) throw new Error(`no run ${runId}`);
    return run;
  };
  return {
    catalogue,
    queue,
    testQueue,
    site,
    folder,
    connector: async (id, changes = {}) => {
      const definition = smallDefinition(id, { feed: { url: `${site.origin}/${id}.json` }, guards: guardsOff, ...changes });
      await writeFile(join(folder, "connectors", `${id}.json`), JSON.stringify(definition));
    },
    jobs,
    worker,
    twoWorkers: async (terms = {}) => {
      const at = { MOISSON_RUNS_AT_ONCE: tested.kind === "in-process" ? "4" : "2", ...terms.settings };
      await worker({ ...terms, settings: at });
      if (tested.kind !== "in-process") await worker({ ...terms, settings: at });
    },
    ask: (connector, options = {}, by = "marie") =>
      requestRun(catalogue, queue, { connector, options: { ...options }, by, now: new Date("2026-11-25T03:00:00Z") }),
    ended: (runId) =>
      until(`run ${runId} ends`, async () => {
        const run = await find(runId);
        return run.state === "ended" && run;
      }),
    begun: (runId) =>
      until(`run ${runId} begins`, async () => {
        const run = await find(runId);
        return run.state !== "queued" && run;
      }),
    runs: async (connector) => {
      const ids = await catalogue.store.rows<{ id: string }>(
        sql`select id from runs where connector = ${connector} order by asked_at, try, token`,
      );
      return Promise.all(ids.map(({ id }) => find(id)));
    },
    quiet: async () => {
      await until("nothing waits or goes on", async () => (await catalogue.runs.open()).length === 0);
    },
  };
}

/** A logger without output. */
const silentLogger = Object.fromEntries(
  ["trace", "debug", "info", "warn", "error", "fatal"].map((level) => [level, () => undefined]),
) as unknown as Services["logger"];
