import { writeFile } from "node:fs/promises";
import { loopback } from "../edge-cases/loopback.ts";
import { type Outcomes, readOutcomes, servedOutcomes } from "../edge-cases/outcomes.ts";
import { tableOf, tables } from "../edge-cases/outcomes-table.ts";
import { embedded, newCatalogue } from "./catalogues.ts";
import { loadedConnectors } from "./loaded-connectors.ts";

/** Rewrites the tables of `test/edge-cases/`. Read the difference before committing it. */
const catalogue = await newCatalogue(embedded);
const server = await loopback();
const read: Outcomes[] = [];
const served: Outcomes[] = [];
for (const connector of await loadedConnectors()) {
  read.push(await readOutcomes(connector));
  served.push(await servedOutcomes(connector, catalogue, server));
  process.stdout.write(`${connector.definition.id}\n`);
}
await writeFile(tables.read, tableOf(read));
await writeFile(tables.served, tableOf(served));
await server.close();
await catalogue.drop();
