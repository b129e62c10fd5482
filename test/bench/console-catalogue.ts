import type { Connection } from "../../src/catalogue/connection/connection.ts";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { watchConnectors } from "../../src/jobs/connectors/watch-connectors.ts";
import type { JobServices } from "../../src/jobs/job-services.ts";
import { readJobSettings } from "../../src/jobs/job-settings.ts";
import { InProcessQueue } from "../../src/jobs/queue/in-process-queue.ts";
import { testServices } from "../support/test-services.ts";
import { fillAids } from "./console-aids.ts";
import { writeConnectors } from "./console-connectors.ts";
import { fillPlans } from "./console-plans.ts";
import { fillRuns } from "./console-runs.ts";
import type { ConsoleSize } from "./console-sizes.ts";

/** An open catalogue to fill. `folder`: for the generated connectors. `say`: prints a line. */
export interface CatalogueToFill {
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  readonly folder: string;
  readonly size: ConsoleSize;
  say(line: string): void;
}

/** A filled catalogue, ready to be served. */
export interface FilledCatalogue {
  readonly jobs: JobServices;
  /** Ids of the generated connectors. */
  readonly ids: readonly string[];
}

/** Fills a catalogue with aids, runs and plans, each only if the catalogue has none yet. */
export async function fillCatalogue({ connection, catalogue, folder, size, say }: CatalogueToFill): Promise<FilledCatalogue> {
  const { store } = connection;
  const { folders, ids } = await writeConnectors(folder, size.connectors);
  const clock = { now: () => new Date(), fixed: null, elapsed: () => performance.now() };
  const services = testServices(catalogue, { clock, logger: quiet() });
  const registry = watchConnectors(folders, catalogue.connectorVersions, () => undefined);
  const jobs = {
    services,
    queue: new InProcessQueue(),
    settings: readJobSettings({}),
    registry,
    connectors: async () => (await registry()).connectors,
  };
  if ((await catalogue.search.count({})) === 0) await fillAids(store, services, await jobs.connectors(), ids, size.aids);
  const begin = performance.now();
  let revisions = 0;
  for (let done = -1; done !== 0; revisions += Math.max(done, 0)) done = await catalogue.search.catchUp();
  if (revisions > 0) say(`the index caught up with ${revisions} revisions in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  if ((await catalogue.overview.countRuns({})) < 100) await fillRuns(store, ids, size.nights);
  if ((await catalogue.audit.count({})) === 0) await fillPlans(store, catalogue, size, ids.length);
  return { jobs, ids };
}

function quiet() {
  const say = () => undefined;
  const error = (...what: unknown[]) => process.stderr.write(`${what.map((one) => JSON.stringify(one, errorText)).join(" ")}\n`);
  return { error, warn: say, info: say } as never;
}

function errorText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value;
}
