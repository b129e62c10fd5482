import { runIngestion } from "../../src/ingest/run.ts";
import type { RunOptions, Services } from "../../src/ingest/run-inputs.ts";
import type { Connector } from "../../src/kit/definition.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { connectorFingerprint } from "../../src/registry/connector-fingerprint.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import type { TestCatalogue } from "./catalogues.ts";
import { testNow } from "./made-aids.ts";
import type { SiteServer } from "./site-server.ts";
import { testServices } from "./test-services.ts";

/** Folder with the connectors of the made-up sites. */
const sitesFolder = new URL("../ingest/sites/", import.meta.url).pathname;

const dayMs = 24 * 3600 * 1000;
let copies = 0;

/** A connector of a made-up site, and a function that runs it on a day, counted from 0. Each call of `siteNights` has its own aids. */
export interface SiteNights {
  readonly connector: string;
  night(day: number, options?: RunOptions, services?: Partial<Services>): Promise<RunReport>;
}

/** Prepares the connector of a made-up site on a server. `changes`: what differs in how it reads the pages. */
export async function siteNights(
  catalogue: TestCatalogue,
  id: string,
  server: SiteServer,
  changes: Partial<NonNullable<Connector["details"]>> = {},
): Promise<SiteNights> {
  const found = (await loadConnectors([sitesFolder])).find(({ definition }) => definition.id === id);
  if (found?.definition.details === undefined) throw new Error(`no site ${id}`);
  const copy = { ...found.definition, id: `${id}-${++copies}`, details: { ...found.definition.details, ...changes } };
  const connector: LoadedConnector = { ...found, definition: copy, fingerprint: connectorFingerprint(copy, new Map(), null) };
  const address = new URL(copy.feed.url ?? "");
  const variable = `MOISSON_URL_${copy.id.toUpperCase().replaceAll("-", "_")}`;
  const environment = { [variable]: `${server.origin}${address.pathname}${address.search}`, MOISSON_CONSOLE_CONTACT: "aides@exemple.fr" };
  const night = (day: number, options: RunOptions = {}, services: Partial<Services> = {}) => {
    server.newNight();
    const now = new Date(new Date(testNow).getTime() + day * dayMs);
    const clock = { now: () => now, fixed: null, elapsed: () => performance.now() };
    return runIngestion(connector, testServices(catalogue, { allowHosts: [server.host], environment, clock, ...services }), options);
  };
  return { connector: copy.id, night };
}
