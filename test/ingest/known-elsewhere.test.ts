import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const subjects = ["toitures", "haies", "puits", "vergers", "ponts", "moulins", "lavoirs", "ruchers", "serres", "quais", "halles", "fours"];
const pad = (number: number) => String(number).padStart(2, "0");
/** Aids of one publisher. `swapped`: its dates are read month-first. */
const records = (prefix: string, swapped = false) =>
  subjects.map((subject, place) => {
    const [month, day] = [pad(place + 1), pad(((place + 3) % 12) + 1)];
    const deadline = swapped ? `2027-${day}-${month}` : `2027-${month}-${day}`;
    const start = swapped ? `2026-${day}-${month}` : `2026-${month}-${day}`;
    const lien = `https://region.exemple.fr/aides/${subject}`;
    return { id: `${prefix}${place}`, titre: `Restaurer les ${subject} anciens`, lien, debut: start, fin: deadline };
  });

describe.skipIf(testDatabase.skipped)("new aids that another connector has brought", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue?.close());

  it("are in the report, with the connector, and in the plan's remarks", async () => {
    const first = await newHarvest(catalogue, { id: "region-une", guards: guardsOff });
    expect((await first.day(records("a"))).warnings).toEqual([]);
    const second = await newHarvest(catalogue, { id: "region-deux", guards: guardsOff });
    const report = await second.day([...records("b").slice(0, 8), { id: "seul", titre: "Acheter des autocars électriques" }]);
    expect(report.outcome).toBe("applied");
    expect(report.warnings).toEqual([
      { code: "known-elsewhere", found: 8, limit: 1, examples: ["b0", "b1", "b2"], params: { of: 9, maybe: 0, from: "region-une" } },
    ]);
    expect(report.remarks).toEqual({ "known-elsewhere": 8 });
    const [remark] = await catalogue.plans.remarks(report.planId ?? "", 1, 0);
    expect(remark?.params).toMatchObject({ of: "region-une/a0", certainty: 1 });
    // The second night creates nothing.
    expect((await second.day([...records("b").slice(0, 8), { id: "seul", titre: "Acheter des cars électriques" }])).remarks).toEqual({});
  });

  it("hold a feed that swaps day and month, and tell both values", async () => {
    const wrong = await newHarvest(catalogue, { id: "region-fausse", guards: guardsOff });
    const report = await wrong.day(records("c", true));
    expect(report.outcome).toBe("held");
    expect(report.guards.map(({ code, found }) => [code, found])).toEqual([["dates-swapped-elsewhere", 12]]);
    expect(report.warnings.map(({ code }) => code)).toEqual(["known-elsewhere", "sources-contradict"]);
    const remarks = await catalogue.plans.remarks(report.planId ?? "");
    expect(remarks.find(({ externalId }) => externalId === "c0")?.params.contradicts).toContainEqual({
      field: "submissionDeadline",
      incoming: "2027-04-01",
      known: "2027-01-04",
      isSwapped: true,
    });
  });
});
