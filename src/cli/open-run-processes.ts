import { applicationNameOf } from "../catalogue/runs/run-queue-repository.ts";
import type { Services } from "../ingest/run-inputs.ts";
import type { JobSettings } from "../jobs/job-settings.ts";
import type { ProcessCatalogue } from "../jobs/run-processes/messages.ts";
import { RunProcesses } from "../jobs/run-processes/run-processes.ts";
import { workerName } from "../jobs/worker/worker-name.ts";
import type { CommandContext } from "./context.ts";

/** Returns processes for the runs of a worker. `logLevel`: their level without `MOISSON_LOG`. */
export function openRunProcesses({ config }: CommandContext, services: Services, settings: JobSettings, logLevel: string): RunProcesses {
  const { databaseUrl, environment } = config;
  const catalogue: ProcessCatalogue =
    databaseUrl === null
      ? { kind: "embedded", schema: "moisson" }
      : { kind: "postgresql", databaseUrl, applicationName: applicationNameOf(workerName), leaseSeconds: settings.lockSeconds };
  return new RunProcesses({ services, catalogue, settings, logLevel: environment.MOISSON_LOG ?? logLevel });
}
