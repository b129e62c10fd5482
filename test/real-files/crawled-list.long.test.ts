import { readFileSync } from "node:fs";
import { join } from "node:path";
import papaparse from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardMessage } from "../../src/cli/english/guards.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import * as kit from "../../src/kit/index.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { testNow } from "../support/made-aids.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

/** Two crawls of Aides-territoires' list, keyed by the page's address: 2,088 aids, later 2,822, of which 1,053 are new; 319 are gone. */
const [before = "", after = ""] = hasSharedData
  ? ["aides_v1.csv", "aides_v3.csv"].map((name) => readFileSync(join(sharedData, "aids", name), "utf8"))
  : ["", ""];

/** Returns the list with `prefix` before each identifier, and with unchanged links. */
function withIds(csv: string, prefix: string): string {
  const { data, meta } = papaparse.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  return papaparse.unparse(
    data.map((row) => ({ ...row, key: `${prefix}${row.url}` })),
    { columns: [...(meta.fields ?? []), "key"] },
  );
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped || !hasSharedData)(`a crawled list a year later, ${database.title}${whySkipped}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    const crawl = (): Promise<Harvest> =>
      newHarvest(catalogue, {
        decode: { format: "csv" },
        keepWhen: { field: "key", isFilled: true },
        ignored: ["id", "error_orig", "type_error_orig", "error_app", "type_error_app", "pdfs", "pdf_avec_criteres"],
        fields: {
          externalId: kit.identifier("key"),
          name: kit.text("name"),
          originUrl: kit.url(kit.join([kit.literal("https://aides-territoires.beta.gouv.fr"), kit.field("url")], "")),
        } as never,
      });
    const curator = { by: "ops", now: testNow, note: "crawl of a year later" };

    it("is held because of the missing aids; a person can apply it, and undo it to the byte", { timeout: 120_000 }, async () => {
      const harvest = await crawl();
      expect(await harvest.day(withIds(before, ""))).toMatchObject({ outcome: "applied", counts: { created: 2088 } });
      const first = await harvest.exported();

      const later = await harvest.day(withIds(after, ""));
      expect(later).toMatchObject({ outcome: "held", counts: { received: 2822, created: 1053, missing: 319 } });
      const gone = later.guards.find(({ code }) => code === "aids-gone");
      expect(gone && guardMessage(gone)).toMatch(/^319 of 2088 aids .* \(15 %/);
      expect(await harvest.exported()).toBe(first);

      const planId = later.planId ?? "";
      expect(await catalogue.plans.apply(planId, { token: null, now: testNow, appliedBy: "ops", note: "a year has passed" })).toMatchObject(
        {
          created: 1053,
          state: "applied",
        },
      );
      expect((await harvest.exported()).split("\n")).toHaveLength(2088 + 1053);

      const applied = await catalogue.plans.find(planId);
      const undo = applied && (await undoRun(catalogue, curator, applied));
      if (undo === null || "refused" in undo) throw new Error("the plan cannot be undone");
      expect(undo).toMatchObject({ kinds: { remove: 1053 }, remarks: 0 });
      await catalogue.plans.apply(undo.planId, { token: null, now: testNow, appliedBy: "ops" });
      expect((await harvest.exported()) === first, "the catalogue is the first crawl's again").toBe(true);
    });

    it("creates no aid twice if it has new identifiers and its old links", { timeout: 120_000 }, async () => {
      const harvest = await crawl();
      await harvest.day(withIds(before, "v1:"));
      const later = await harvest.day(withIds(after, ""));
      expect(later.outcome).toBe("held");
      expect(later.guards.map(({ code }) => code)).toContain("new-ids");
      expect(later).toMatchObject({ counts: { created: 1053, missing: 319 }, remarks: { "re-identified": 2088 - 319 } });
      await catalogue.plans.apply(later.planId ?? "", { token: null, now: testNow, appliedBy: "ops", note: "new ids" });
      const aids = (await harvest.exported()).split("\n").map((line) => JSON.parse(line));
      expect(aids).toHaveLength(2088 + 1053);
      expect(new Set(aids.map(({ originUrl }) => originUrl)).size).toBe(aids.length);
      expect(aids.filter(({ externalId }) => externalId.startsWith("v1:"))).toHaveLength(319);
    });
  });
}
