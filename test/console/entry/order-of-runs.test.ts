import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { newEnteredFile, wholeEntry } from "./entered-file.ts";

describe.each(testedDatabases)("an aid entered without a file, if runs are in another order than its files, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let count = 0;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());
    const newFile = () => newEnteredFile(catalogue, `Agence ${++count}`);

    it("is not lost if the newest file is read before the one it was made from", async () => {
      const file = await newFile();
      await file.enter(wholeEntry);
      const add = (id: string) => file.send({ ...wholeEntry, "aide.externalId": id });
      const [older, middle, newest] = [await add("b1"), await add("b2"), await add("b3")];
      for (const saved of [older, newest, middle]) await file.run(saved);
      const next = await file.run(await add("b4"));
      expect(next.report?.counts.received).toBe(5);
    });

    it("stays as it was last saved if the run of an older file comes after that of a newer one", async () => {
      const file = await newFile();
      const save = (answers: Readonly<Record<string, string>>, id?: string) =>
        file.send({ ...(id === undefined && wholeEntry), ...answers, suite: "appliquer" }, id);
      await file.run(await save({}));
      const older = await save({ "aide.name": "Planter des arbres" }, "00042");
      const newer = await save({ "aide.name": "Planter des haies et des arbres" }, "00042");
      const newest = await save({ "aide.externalId": "b1", "aide.name": "Planter des vergers" });
      for (const saved of [newest, newer, older]) expect(["applied", "unchanged"]).toContain((await file.run(saved)).outcome);
      expect((await file.aid("00042")).imported.name).toBe("Planter des haies et des arbres");
      expect((await file.aid("b1")).imported.name).toBe("Planter des vergers");
      expect(
        await catalogue.store.rows(sql`select from absences where connector = ${`agence-${count}-saisie`} and ended_run is null`),
      ).toEqual([]);
      expect((await file.run(await save({ "aide.externalId": "b2" }))).report?.counts.received).toBe(3);
    });
  });
});
