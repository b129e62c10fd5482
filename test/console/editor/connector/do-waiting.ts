import type { JobServices } from "../../../../src/jobs/job-services.ts";
import { doRun } from "../../../../src/jobs/worker/do-run.ts";

/** Does the run of an address (`/connecteurs/a/essais/<run>`) like a worker. */
export async function doRunOf(jobs: JobServices, address: string | null): Promise<string> {
  const runId = /[0-9a-f-]{36}$/.exec(address ?? "")?.[0];
  const run = runId === undefined ? null : await jobs.services.catalogue.runs.find(runId);
  if (run === null) throw new Error(`no run in ${address}`);
  await doRun(jobs, { runId: run.runId, connector: run.connector }, new AbortController().signal);
  return run.runId;
}
