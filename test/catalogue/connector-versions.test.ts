import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { testNow } from "../support/made-aids.ts";

const made = (connector: string, changes: Readonly<Record<string, unknown>>) => ({
  connector,
  definition: null,
  changes,
  terms: { categories: { Eau: ["eau-potable"] } },
  why: "un essai",
  by: "Marie",
  at: new Date(testNow),
});

describe.each(testedDatabases)("versions of connectors: $title", (database) => {
  describe.skipIf(database.skipped)("in order", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("are numbered, the newest counts, and a save from an older version is refused", async () => {
      const { connectorVersions } = catalogue;
      const before = await connectorVersions.signature();
      expect(await connectorVersions.add(made("a", { schedule: "0 1 * * *" }), 0)).toBe(1);
      expect(await connectorVersions.add(made("a", { schedule: "0 2 * * *" }), 1)).toBe(2);
      expect(await connectorVersions.add(made("a", { schedule: "0 3 * * *" }), 1)).toBeNull();
      expect(await connectorVersions.add(made("a", { schedule: "0 3 * * *" }), 5)).toBeNull();
      expect(await connectorVersions.add(made("b", { note: "\u0000 and \ud800" }), 0)).toBe(1);
      expect(await connectorVersions.signature()).not.toBe(before);
      const newest = await connectorVersions.newest();
      expect(newest.map(({ connector, version, changes }) => [connector, version, changes])).toEqual([
        ["a", 2, { schedule: "0 2 * * *" }],
        ["b", 1, { note: "\ufffd and \ufffd" }],
      ]);
      expect(newest[0]).toMatchObject({
        definition: null,
        terms: { categories: { Eau: ["eau-potable"] } },
        by: "Marie",
        at: new Date(testNow),
      });
      expect(await connectorVersions.newestTerms()).toEqual(newest.map(({ connector, terms }) => ({ connector, terms })));
      expect((await connectorVersions.list("a")).map(({ version }) => version)).toEqual([2, 1]);
      expect(await connectorVersions.find("a", 1)).toMatchObject({ changes: { schedule: "0 1 * * *" }, why: "un essai" });
      expect(await connectorVersions.find("a", 9)).toBeNull();
    });

    it("two concurrent saves: one is refused", async () => {
      const both = await Promise.all([1, 2].map((nth) => catalogue.connectorVersions.add(made("c", { nth }), 0)));
      expect([...both].sort()).toEqual([1, null]);
    });
  });
});
