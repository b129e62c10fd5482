import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { html } from "../../../src/kit/rules/texts.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";

/** Opening dates of 40 aids: 16 on the first of a month, the others spread over all days. */
const openings = Array.from({ length: 40 }, (_, at) => {
  const month = String((at % 12) + 1).padStart(2, "0");
  const day = at < 16 ? "01" : String(((at * 7) % 28) + 1).padStart(2, "0");
  return { day: `2025-${month}-${day}`, dayOfMonth: Number(day), month };
});

/** As a program writes these dates that reads them with the month first: it swaps early days, and loses days after the twelfth. */
const swapped = openings.map(({ dayOfMonth, month }) => (dayOfMonth > 12 ? null : `2025-${String(dayOfMonth).padStart(2, "0")}-${month}`));

const feed = (dates: readonly (string | null)[], changes: Record<string, unknown> = {}) =>
  dates.map((debut, at) => ({
    id: `aide-${at}`,
    titre: `Soutenir le projet numéro ${at}`,
    texte: `<p>Le département soutient le projet numéro ${at}.</p>`,
    debut,
    ...changes,
  }));

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`figures of new and changed aids, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("dates that were read with the month first hold the first run, and a later one that swaps sound dates", async () => {
      const harvest = await newHarvest(catalogue);
      const first = await harvest.day(feed([...swapped, ...swapped]).map((record, at) => ({ ...record, id: `aide-${at}` })));
      expect(first.outcome).toBe("held");
      expect(first.guards).toMatchObject([{ code: "dates-month-first", field: "startDate", limit: 12 }]);
      expect(first.guards[0]?.examples[0]).toMatch(/^aide-\d+ \(2025-\d\d-(?:0[2-9]|1[0-2])\)$/);

      const sound = await newHarvest(catalogue);
      expect(await sound.day(feed(openings.map(({ day }) => day)))).toMatchObject({ outcome: "applied", guards: [], warnings: [] });
      expect(await sound.day(feed(openings.map(({ day }) => day)))).toMatchObject({ outcome: "unchanged" });
      expect((await sound.day(feed(swapped))).guards.map(({ code }) => code)).toContain("dates-month-first");
    });

    it("deadlines that are all past, and dates without a day, warn on a first run only", async () => {
      const harvest = await newHarvest(catalogue);
      const old = feed(
        openings.map(({ month }) => `2019-${month}-01`),
        { fin: "2019-12-31" },
      );
      const { outcome, warnings } = await harvest.day(old);
      expect(outcome).toBe("applied");
      expect(warnings.map(({ code, field, found }) => [code, field, found])).toEqual([
        ["dates-conventional", "startDate", 40],
        ["dates-conventional", "submissionDeadline", 40],
        ["deadlines-expired", undefined, 40],
      ]);
      expect(await harvest.day([...old.slice(1), { ...old[0], titre: "Un autre titre" }])).toMatchObject({
        outcome: "applied",
        warnings: [],
      });
    });

    it("the same conditions or the same contact everywhere warn; the field is named", async () => {
      const fields = { eligibility: html("conditions"), contact: html("contact") };
      const harvest = await newHarvest(catalogue, { fields: fields as never });
      const { warnings } = await harvest.day(
        feed(
          openings.map(({ day }) => day),
          { conditions: "<p>Être une commune.</p>", contact: "<p>Service des aides</p>" },
        ),
      );
      expect(warnings.map(({ code, field, found, params }) => [code, field, found, params?.of])).toEqual([
        ["content-repeated", "contact", 40, 40],
        ["content-repeated", "eligibility", 40, 40],
      ]);
    });
  });
}
