import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import type { RunOptions, Services } from "../../src/ingest/run-inputs.ts";
import { normaliserVersion } from "../../src/platform/code-version.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";

/** Runs a connector of a folder in this process, as `moisson run` does. */
export async function runHere(catalogue: Catalogue, folder: string, connector: string, options: RunOptions, now: Date) {
  const loaded = (await loadConnectors([folder])).find(({ definition }) => definition.id === connector);
  if (loaded === undefined) throw new Error(`no connector ${connector}`);
  const services: Services = {
    catalogue,
    clock: { now: () => now, fixed: null, elapsed: () => performance.now() },
    logger: { error: () => undefined } as unknown as Services["logger"],
    environment: {},
    allowHosts: [],
    normaliser: normaliserVersion(),
  };
  return runIngestion(loaded, services, options);
}
