import { writeFile } from "node:fs/promises";
import { loopback } from "../edge-cases/loopback.ts";
import { dayByDayOutcomes, type Outcomes, readOutcomes, servedOutcomes } from "../edge-cases/outcomes.ts";
import { tableOf, tables } from "../edge-cases/outcomes-table.ts";
import { newCatalogue, testDatabase } from "./catalogues.ts";
import { loadedConnectors } from "./loaded-connectors.ts";

/** Rewrites the tables of `test/edge-cases/`. Review the diff before you commit it. */
const connectors = await loadedConnectors();
const server = await loopback();

const read: Outcomes[] = [];
for (const connector of connectors) read.push(await readOutcomes(connector));
await writeFile(tables.read, tableOf(read));
await writeFile(tables.served, tableOf(await inCatalogue(servedOutcomes)));
await writeFile(tables.days, tableOf(await inCatalogue(dayByDayOutcomes)));
await server.close();

/** Uses a catalogue of its own, so that connectors do not share aids. */
async function inCatalogue(outcomesOf: typeof servedOutcomes): Promise<Outcomes[]> {
  const catalogue = await newCatalogue(testDatabase);
  const outcomes: Outcomes[] = [];
  for (const connector of connectors) outcomes.push(await outcomesOf(connector, catalogue, server));
  await catalogue.drop();
  return outcomes;
}
