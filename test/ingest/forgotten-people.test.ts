import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { feedCleaner } from "../../src/catalogue/forgetting/feed-cleaner.ts";
import { type ForgettingServices, forgetPeople } from "../../src/catalogue/forgetting/forget-people.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { readPerson } from "../../src/privacy/person.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { testNow } from "../support/made-aids.ts";

const key = "a key of the tests";
const withHer = [
  { id: "1", titre: "Une aide", contact: "<p>Mme Solveig Tartempion, 04 75 11 22 33</p><p>Accueil : aides@exemple.fr</p>" },
  { id: "2", titre: "", contact: "Solveig Tartempion" },
];

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`a feed that names somebody who was forgotten, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("is decoded without the person, is not stored, and does not restore the person; without the key it is refused", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, fields: { contact: html("contact") } as never });
      await harvest.day(withHer);
      const person = readPerson("Solveig Tartempion");
      if (person === null) throw new Error("no person");
      const reader: ForgettingServices["reader"] = {
        contents: async function* (part) {
          yield part.open();
        },
        records: () => null,
      };
      await forgetPeople([person], { catalogue, key, reader }, { by: "marie", now: testNow, note: "erased" });
      expect((await harvest.aid("1")).contact).not.toContain("Tartempion");

      const environment = { MOISSON_SECRET: key };
      const services = { environment, feedCleaner: () => feedCleaner(catalogue.forgetting, environment) };
      const changed = withHer.map((record) => ({ ...record, titre: record.titre && `${record.titre} de plus` }));
      const report = await harvest.day(changed, {}, services);
      expect(report).toMatchObject({ counts: { valid: 1, rejected: 1, updated: 1 }, feed: { namesForgotten: true } });
      const aid = await harvest.aid("1");
      expect(aid).toMatchObject({ name: "Une aide de plus" });
      expect(aid.contact).toContain("aides@exemple.fr");
      expect(JSON.stringify([aid, report, await harvest.rows(), await harvest.rejected(report)])).not.toMatch(/tartempion/i);
      await expect(harvest.run({ snapshot: report.feed.sha256 ?? "" }, services)).resolves.toMatchObject({
        outcome: "refused",
        error: { code: "snapshot-missing" },
      });

      const without = await harvest.day(withHer, {}, { environment: {}, feedCleaner: () => feedCleaner(catalogue.forgetting, {}) });
      expect(without).toMatchObject({ outcome: "refused", error: { code: "forgotten-unknown" } });
    });
  });
}
