// One run in a process of its own: `tsx run-feed.ts '<Ask as JSON>'`. Says "<stage> <done>" as it goes on, in the end "ended <outcome>".
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { testServices } from "./test-services.ts";

/** Which connector of a folder, which file, into which catalogue. */
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
