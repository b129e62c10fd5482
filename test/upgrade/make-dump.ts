import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { newestMigration } from "../../src/catalogue/schema/migrate.ts";
import { databasePlace } from "../../src/model/run/machine-fault.ts";
import { newCatalogue, testDatabase } from "../support/catalogues.ts";
import { countTables, dumpOf } from "./dump.ts";
import { fillFromFixtures } from "./fill-from-fixtures.ts";
import { fillFromNights } from "./fill-from-nights.ts";
import { fillFromPeople } from "./fill-from-people.ts";
import { releaseProblem } from "./release-problem.ts";

const maxBytes = 1_000_000;
const file = (name: string) => new URL(name, import.meta.url);

// `npm run upgrade:dump`. It is a test because it uses what the tests use: their servers, and connectors that end with the test.
test("writes the dump of this version's catalogue", { timeout: 600_000 }, async () => {
  const { version } = JSON.parse(await readFile(file("../../package.json"), "utf8")) as { version: string };
  const dump = file(`catalogue-${version}.sql.gz`);
  const changelog = await readFile(file("../../CHANGELOG.md"), "utf8");
  expect(releaseProblem(version, changelog, existsSync(dump))).toBeNull();
  const catalogue = await newCatalogue(testDatabase);
  try {
    await fillFromPeople(catalogue);
    await fillFromNights(catalogue);
    await fillFromFixtures(catalogue);
    await catalogue.workers.hear({ name: "machine-a:1:00000000", version, migration: await newestMigration(), sickFor: "disk-full" });
    await catalogue.machineFaults.note("disk-full", databasePlace, 60);
    const counts = await countTables(catalogue.store);
    // The table with which workers try the disk has no rows.
    expect(Object.keys(counts).filter((name) => counts[name] === 0)).toEqual(["disk_probe"]);
    const packed = gzipSync(await dumpOf(catalogue.store), { level: 9 });
    expect(packed.length).toBeLessThan(maxBytes);
    await writeFile(dump, packed);
    await writeFile(file(`catalogue-${version}.json`), `${JSON.stringify(counts, null, 2)}\n`);
  } finally {
    await catalogue.drop();
  }
});
