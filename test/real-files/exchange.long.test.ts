import { join } from "node:path";
import { expect, it } from "vitest";
import { runFixture } from "../../src/ingest/run-fixture.ts";
import { newCatalogue, testedDatabases } from "../support/catalogues.ts";
import { differences, exportRecords, importRecords } from "../support/exchange.ts";
import { importLiveAids } from "../support/live-aids.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

const database = testedDatabases.find(({ skipped }) => !skipped);

it.skipIf(!hasSharedData || database === undefined)(
  `exchanges Aides-territoires' export between three catalogues, unchanged${whySkipped}`,
  async () => {
    if (database === undefined) return;
    const { aids } = await runFixture(await loadedConnector("aides-territoires"), join(sharedData, "aids/AT_aides_full_2021-11.json"));
    let catalogue = await newCatalogue(database);
    await importLiveAids(
      catalogue,
      "region-exemple",
      aids.map(({ externalId, ...aid }) => ({ ...aid, status: "published", externalId, importShareLicence: "openlicence20" })),
    );
    const first = await exportRecords(catalogue);
    expect(first.aids.size).toBe(473);
    let { file } = first;
    for (let time = 0; time < 2; time++) {
      await catalogue.drop();
      catalogue = await newCatalogue(database);
      await importRecords(catalogue, file);
      const after = await exportRecords(catalogue);
      expect(differences(first.aids, after.aids)).toEqual({});
      ({ file } = after);
    }
    await catalogue.drop();
  },
);
