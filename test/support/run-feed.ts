// Runs a feed in its own process: `tsx run-feed.ts '<Ask as JSON>'`. Prints "<stage> <done>" as it proceeds, and "ended <outcome>" at the
// end.
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { testServices } from "./test-services.ts";

/** The connector of a folder, its file, and the catalogue. */
export interface Ask {
  readonly folder: string;
  readonly connector: string;
  readonly file: string;
  readonly catalogue: Parameters<typeof openCatalogue>[0];
}

const ask = JSON.parse(process.argv[2] ?? "") as Ask;
const connector = (await loadConnectors([ask.folder])).find(({ definition }) => definition.id === ask.connector);
if (connector === undefined) throw new Error(`no connector ${ask.connector}`);
const catalogue = await openCatalogue(ask.catalogue);
const onProgress = ({ stage, done }: { stage: string; done: number }) => void process.stdout.write(`${stage} ${done}\n`);
const report = await runIngestion(connector, testServices(catalogue, { onProgress }), { file: ask.file });
await catalogue.close();
process.stdout.write(`ended ${report.outcome}\n`);
