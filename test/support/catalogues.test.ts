import { expect, it } from "vitest";
import { newCatalogue, testDatabase } from "./catalogues.ts";

it.skipIf(testDatabase.kind === "embedded")("gives a database to one test at a time, even after two drops", async () => {
  const first = await newCatalogue(testDatabase);
  await first.drop();
  await first.drop();
  const [a, b] = [await newCatalogue(testDatabase), await newCatalogue(testDatabase)];
  expect(a.databaseUrl).not.toBe(b.databaseUrl);
  await a.drop();
  await b.drop();
});
