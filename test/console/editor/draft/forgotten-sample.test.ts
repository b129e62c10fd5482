import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { SpooledSamples } from "../../../../src/console/forms/spooled-samples.ts";
import { firstRecords } from "../../../../src/jobs/stored-feeds/first-records.ts";
import { type Connector, ConnectorDefinition } from "../../../../src/kit/definition.ts";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { smallDefinition } from "../../../support/harvest.ts";
import { testNow } from "../../../support/made-aids.ts";
import { until } from "../../../support/until.ts";

it("forgets a sample that the catalogue has deleted, on disk and in memory", async () => {
  const catalogue = await ownCatalogue();
  const samples = new SpooledSamples();
  onTestFinished(() => samples.close());
  const text = '[{"id": "1", "contact": "Camille Exemple"}]';
  const hash = createHash("sha256").update(text).digest("hex");
  const part = {
    name: "a.json",
    contentType: null,
    url: null,
    open: async function* () {
      yield Buffer.from(text);
    },
  };
  await catalogue.snapshots.save(hash, [part], new Date(testNow));
  const file = await samples.fileOf(catalogue, hash);
  const definition = ConnectorDefinition.parse(smallDefinition("agence-essai")) as Connector;
  expect(await firstRecords(catalogue, hash, definition)).toEqual([{ id: "1", contact: "Camille Exemple" }]);

  await catalogue.store.rows(sql`delete from snapshots where hash = ${hash}`);
  expect(await samples.fileOf(catalogue, hash)).toBeNull();
  expect(await firstRecords(catalogue, hash, definition)).toEqual([]);
  await until("the file goes", () => !existsSync(file?.path ?? ""));
});
