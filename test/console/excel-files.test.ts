import { expect, it } from "vitest";
import { routes } from "../../src/console/routes.ts";
import { ownCatalogue } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";
import { newHarvest } from "../support/harvest.ts";
import { workbookFaults } from "../support/workbook-faults.ts";
import { newPublisher } from "./space/publishers-with-aids.ts";

it("every Excel file can be read with a screen reader, and opens in three readers", async () => {
  const catalogue = await ownCatalogue();
  const harvest = await newHarvest(catalogue);
  const { runId, planId } = await harvest.day([{ id: "a", titre: "Planter une haie", publics: "Martiens" }, { titre: "Sans identifiant" }]);
  const publisherId = await newPublisher(catalogue);
  await catalogue.publishers.giveConnector(harvest.connector, publisherId);
  while ((await catalogue.search.catchUp()) > 0);
  const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("admin");
  const params: Readonly<Record<string, string | null>> = { run: runId, plan: planId, producteur: publisherId };
  const addresses = routes
    .map(({ path }) => path)
    .filter((path) => path.endsWith(".xlsx"))
    .map((path) => path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? name));
  expect(addresses).toContain("/modeles/aides.xlsx");
  const faults: string[] = [];
  for (const address of addresses) {
    const { status, bytes } = await client.get(address);
    faults.push(...(status === 200 ? await workbookFaults(bytes) : [`status ${status}`]).map((fault) => `${address}: ${fault}`));
  }
  expect(faults).toEqual([]);
});
