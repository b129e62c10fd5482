import type { Services } from "../ingest/run-inputs.ts";
import type { LoadedConnector, ReadConnectors } from "../registry/load-connectors.ts";
import type { RunQueue } from "./queue/run-queue.ts";
import type { JobSettings } from "./settings.ts";

/** What jobs work with. */
export interface JobServices {
  readonly services: Services;
  readonly queue: RunQueue;
  readonly settings: JobSettings;
  /** The connectors as they stand now: files may have come or gone since the last time. */
  connectors(): Promise<readonly LoadedConnector[]>;
  /** The same, with what is wrong in the files of those that are refused. */
  registry(): Promise<ReadConnectors>;
}
