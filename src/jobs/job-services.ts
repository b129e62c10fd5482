import type { Services } from "../ingest/run-inputs.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import type { ReadConnectors } from "../registry/load-connectors.ts";
import type { JobSettings } from "./job-settings.ts";
import type { RunQueue } from "./queue/run-queue.ts";

/** Services of jobs. */
export interface JobServices {
  readonly services: Services;
  readonly queue: RunQueue;
  readonly settings: JobSettings;
  /** Returns the current connectors. Files may have changed since the last call. */
  connectors(): Promise<readonly LoadedConnector[]>;
  /** Returns the current connectors, and the problems of refused files. */
  registry(): Promise<ReadConnectors>;
}
