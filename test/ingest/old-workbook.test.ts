import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { newHarvest } from "../support/harvest.ts";
import { rowOf, workbookOf } from "./decode/excel/handwritten-workbook.ts";
import { xlsOf } from "./decode/xls/xls-of.ts";

const ids = [1, 2, 3, 4];

/** A department's list: a title, themes over merged cells, a date, a link behind a text. */
const workbook = {
  rows: `${rowOf(1, ["Aides du département"])}${rowOf(3, ["id", "titre", "texte", "fin", "lien"])}${ids
    .map((id) =>
      rowOf(id + 3, [id, `Aide à l’énergie n° ${id}`, id % 2 === 1 ? `Thème ${id}` : null]).replace(
        "</row>",
        `<c r="D${id + 3}" s="1"><v>${46_400 + id}</v></c><c r="E${id + 3}" t="inlineStr"><is><t>voir</t></is></c></row>`,
      ),
    )
    .join("")}`,
  formats: ["dd/mm/yyyy"],
  links: ids.map((id) => `https://www.landes.fr/aides/${id}`),
  behind:
    '<mergeCells><mergeCell ref="C4:C5"/><mergeCell ref="C6:C7"/></mergeCells>' +
    `<hyperlinks>${ids.map((id) => `<hyperlink ref="E${id + 3}" r:id="rId${id}"/>`).join("")}</hyperlinks>`,
};

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`an .xls file, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("brings the same aids as the .xlsx file: nothing changes when a publisher goes from one to the other", async () => {
      const harvest = await newHarvest(catalogue, { decode: { format: "excel", headerRow: 3 } });
      const file = join(harvest.folder, "aides");
      await writeFile(file, xlsOf(workbook));
      expect(await harvest.run({ file })).toMatchObject({ outcome: "applied", counts: { received: 4, created: 4, rejected: 0 } });
      const aids = await harvest.exported();
      expect(aids).toContain('"submissionDeadline":"2027-01-14"');
      expect(aids).toContain("https://www.landes.fr/aides/3");
      await writeFile(file, workbookOf(workbook));
      expect(await harvest.run({ file })).toMatchObject({ outcome: "unchanged", counts: { received: 4, unchanged: 4 } });
      expect(await harvest.exported()).toBe(aids);
    });
  });
}
