import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { RunProcesses } from "../../src/jobs/run-processes/run-processes.ts";
import type { Worker } from "../../src/jobs/worker/worker.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { guardsOff, smallDefinition } from "../support/harvest.ts";
import type { JobSetup } from "./job-setup.ts";

/** A failed run is not retried during a test. */
export const oneTry = { MOISSON_RETRY_SECONDS: "3600" };

/** A worker, its processes and its log. */
export interface ProcessWorker {
  readonly worker: Worker;
  readonly processes: RunProcesses;
  readonly logged: readonly string[];
}

/** Starts a worker whose runs have processes of their own. */
export async function workerWithProcesses(house: JobSetup, settings: Record<string, string> = {}): Promise<ProcessWorker> {
  const logged: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      logged.push(String(chunk));
      done();
    },
  });
  let processes: RunProcesses | undefined;
  const worker = await house.worker({
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
  return { worker, processes: processes as RunProcesses, logged };
}

/** Writes a connector that computes its eligibility with this code, in which `pidFile` and `goFile` are paths. Returns these files. */
export async function coded(house: JobSetup, id: string, code: string, budget: ConnectorInput["budget"] = {}) {
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
export const waits = `writeFileSync(pidFile, String(process.pid));
  while (!existsSync(goFile)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  return null;`;
