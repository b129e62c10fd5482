import { describe, expect, onTestFinished, test } from "vitest";
import type { FunnelCounts } from "../../../src/model/aid/funnel.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importAids, madeAid } from "../../support/made-aids.ts";
import { importPublished, publishable } from "../../support/published-aids.ts";

const counts = (open: number): FunnelCounts => ({ received: 9, valid: 8, held: 7, publishable: 6, fullyDescribed: 4, published: 5, open });

describe.each(testedDatabases)("the funnel, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    async function catalogueOf() {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      return catalogue;
    }

    test("counts aids by step, from received to readable by everybody", async () => {
      const catalogue = await catalogueOf();
      await importPublished(catalogue, "agence", {
        ouverte: { name: "ouverte" },
        fermée: { name: "fermée", importShareLicence: "unknown" },
      });
      await importAids(catalogue, "agence", [madeAid("vide", { name: "vide" })]);
      await catalogue.search.bringIn({ whole: true });
      const read = async () =>
        (await catalogue.funnel.funnels(new Set(["agence"]), "2026-11-25")).find(({ connector }) => connector === "agence");
      expect((await read())?.counts).toMatchObject({ held: 3, publishable: 2, published: 2, open: 1 });
      expect((await read())?.acts).toContainEqual({ kind: "confirm-basis", connector: "agence", frees: 1 });
      expect((await read())?.blocking.map(({ field }) => field)).toContain("mobilizationSteps");
      const given = { connector: "agence", basis: "crpa" as const, page: null, seen: null, answers: {}, note: null };
      await catalogue.reuseBases.confirm(given, "Marie", new Date("2026-11-25T04:00:00Z"));
      expect((await read())?.counts).toMatchObject({ published: 2, open: 2 });
    });

    test("proposes no act for aids whose deadline is past", async () => {
      const catalogue = await catalogueOf();
      const { mobilizationSteps: _, ...ready } = publishable;
      await importAids(catalogue, "agence", [
        madeAid("ouverte", { ...ready, name: "ouverte" }),
        madeAid("échue", { ...ready, name: "échue", submissionDeadline: "2026-11-24" }),
      ]);
      await catalogue.search.bringIn({ whole: true });
      const [found] = await catalogue.funnel.funnels(new Set(), "2026-11-25");
      expect(found?.counts).toMatchObject({ held: 2, publishable: 2 });
      expect(found?.acts).toContainEqual({ kind: "publish", connector: "agence", frees: 1 });
      expect(found?.acts).toContainEqual(expect.objectContaining({ kind: "answer", describes: 1 }));
    });

    test("keeps the figures of days, and answers for days without a row with the last ones before", async () => {
      const catalogue = await catalogueOf();
      await catalogue.funnel.keep("2026-11-01", [{ connector: "a", counts: counts(1) }]);
      await catalogue.funnel.keep("2026-11-02", [{ connector: "a", counts: counts(1) }]);
      await catalogue.funnel.keep("2026-11-05", [
        { connector: "a", counts: counts(2) },
        { connector: "b", counts: counts(3) },
      ]);
      await catalogue.funnel.keep("2026-11-05", [{ connector: "a", counts: counts(4) }]);
      const opened = async (day: string, of?: string[]) => (await catalogue.funnel.past([day], of)).map(({ counts: found }) => found.open);
      expect(await opened("2026-10-31")).toEqual([]);
      expect(await opened("2026-11-04")).toEqual([1]);
      expect(await opened("2026-11-20")).toEqual([7]);
      expect(await opened("2026-11-20", ["b"])).toEqual([3]);
    });
  });
});
