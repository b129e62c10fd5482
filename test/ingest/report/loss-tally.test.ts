import { expect, it } from "vitest";
import { LossTally } from "../../../src/ingest/report/loss-tally.ts";

it("sums up losses by field and kind, with examples of different records, links before words", () => {
  const tally = new LossTally();
  tally.add("row 2", [
    { path: "texte", kind: "word", found: 5, lost: ["pile", "face"] },
    { path: "lien", kind: "link", found: 2, lost: ["https://a.fr"] },
  ]);
  for (const row of [3, 4, 5, 6]) tally.add(`row ${row}`, [{ path: "lien", kind: "link", found: 1, lost: [`https://${row}.fr`] }]);
  tally.add("row 7", [{ path: "lien", kind: "link", found: 1, lost: [] }]);
  expect(tally.summary()).toEqual({
    measured: 6,
    totals: { link: { found: 7, lost: 5 }, word: { found: 5, lost: 2 } },
    groups: [
      {
        path: "lien",
        kind: "link",
        found: 7,
        lost: 5,
        records: 5,
        examples: [
          { locator: "row 2", value: "https://a.fr" },
          { locator: "row 3", value: "https://3.fr" },
          { locator: "row 4", value: "https://4.fr" },
        ],
      },
      { path: "texte", kind: "word", found: 5, lost: 2, records: 1, examples: [{ locator: "row 2", value: "pile" }] },
    ],
  });
});

it("counts a bounded number of fields, but all losses", () => {
  const tally = new LossTally();
  for (let field = 0; field < 5000; field++) tally.add("row 2", [{ path: `f${field}`, kind: "link", found: 1, lost: ["https://a.fr"] }]);
  const { totals, groups } = tally.summary();
  expect(totals.link).toEqual({ found: 5000, lost: 5000 });
  expect(groups.length).toBeLessThan(20);
});
