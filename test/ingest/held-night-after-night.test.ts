import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { newHarvest } from "../support/harvest.ts";
import { testNow } from "../support/made-aids.ts";

const whole = Array.from({ length: 20 }, (_, index) => ({ id: `${index}`, titre: `Aide numéro ${index}` }));

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`a wrong feed for a week, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    const states = async (connector: string) => (await catalogue.plans.list({ connector })).map(({ state }) => state).sort();

    it("leaves one plan to review, which a person applies, not seven; other connectors continue", async () => {
      const harvest = await newHarvest(catalogue);
      const neighbour = await newHarvest(catalogue);
      await harvest.day(whole);
      for (const night of [1, 2, 3]) {
        expect((await harvest.day(whole.slice(0, 10 - night))).outcome).toBe("held");
        expect((await neighbour.day(whole.slice(0, night + 3))).outcome).toBe("applied");
      }
      expect(await states(harvest.connector)).toEqual(["applied", "open", "overtaken", "overtaken"]);
      const [open] = await catalogue.plans.list({ connector: harvest.connector, isOpen: true });
      await catalogue.plans.apply(open?.planId ?? "", { token: null, now: testNow, appliedBy: "ops", note: "they closed a programme" });
      expect(await catalogue.plans.find(open?.planId ?? "")).toMatchObject({
        state: "applied",
        appliedBy: "ops",
        note: "they closed a programme",
      });
      // The missing aids count once: the same feed does not hold again.
      expect((await harvest.day(whole.slice(0, 7), { force: true })).outcome).toBe("unchanged");
    });

    it("is applied once it is repaired, which closes the held plan; a person's plan stays open", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(whole);
      expect((await harvest.day([...whole, { id: "new", titre: "Une autre" }], { dryRun: true })).outcome).toBe("planned");
      expect((await harvest.day(whole.slice(0, 5))).outcome).toBe("held");
      expect((await harvest.day(whole.map((aid) => ({ ...aid, texte: "<p>Neuf</p>" })))).outcome).toBe("applied");
      expect(await states(harvest.connector)).toEqual(["applied", "applied", "open", "overtaken"]);
    });
  });
}
