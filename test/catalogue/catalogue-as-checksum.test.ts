import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareCodePoints } from "../../src/model/text/canonical.ts";
import { bothDatabases, embedded, newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import {
  emptyMemo,
  exported,
  flattened,
  importAids,
  madeAid,
  madeRejection,
  recognisable,
  rejectedOf,
  startRun,
} from "../support/made-aids.ts";

/** Ids with different orders by French or C locale, UTF-16 unit or code point. */
const oddIds = ["a", "B", "b", "é", "É", "e", "z", "10", "9", "-1", "", "\uFF21", "😀", " x", "a b", "a-b", "ab"].filter((id) => id !== "");

for (const database of bothDatabases) {
  describe.skipIf(database.skipped)(`the catalogue as its checksum, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    test("aids are sorted by connector, then external id, by code point", async () => {
      for (const connector of ["b-b", "b", "a"])
        await importAids(
          catalogue,
          connector,
          oddIds.map((id) => madeAid(id)),
        );
      const found = (await flattened(catalogue.aids.list())).map((aid) => [aid.connector, aid.externalId]);
      const ids = [...oddIds].sort(compareCodePoints);
      expect(found).toEqual(["a", "b", "b-b"].flatMap((connector) => ids.map((id) => [connector, id])));
    });

    test("finds the aids of a connector, and an aid by either id; an invalid UUID finds nothing", async () => {
      await importAids(catalogue, "a", [madeAid("1"), madeAid("2")]);
      await importAids(catalogue, "b", [madeAid("1")]);
      expect(await flattened(catalogue.aids.list({ connector: "a" }))).toHaveLength(2);
      expect(await catalogue.aids.count("a")).toBe(2);
      expect(await catalogue.aids.count()).toBe(3);
      const [aid] = await flattened(catalogue.aids.list({ connector: "b", externalId: "1" }));
      expect(await flattened(catalogue.aids.list({ aidId: aid?.aidId ?? "" }))).toEqual([aid]);
      expect(await flattened(catalogue.aids.list({ aidId: "b/1" }))).toEqual([]);
    });

    test("keys have the same order for every aid, with any filled fields", async () => {
      await importAids(catalogue, "a", [
        madeAid("1"),
        madeAid("2", { description: "<p>x</p>", keywords: ["eau"], loanAmount: 1500.5, isCharged: false }),
      ]);
      const [one, two] = await flattened(catalogue.aids.list());
      expect(Object.keys(one ?? {})).toEqual(Object.keys(two ?? {}));
      expect(two).toMatchObject({ loanAmount: 1500.5, isCharged: false, keywords: ["eau"] });
    });

    test("NUL and lone surrogates, which no database can store, do not break a batch", async () => {
      const hostile = "a\0b\ud800c\\u0000";
      const run = await importAids(catalogue, "a", [madeAid(`id${hostile}`, { name: hostile }), madeAid("plain")]);
      const stored = "a\uFFFDb\uFFFDc\\u0000";
      expect((await flattened(catalogue.aids.list())).map((aid) => aid.name)).toEqual([stored, "Aide à la rénovation"]);
      const { recordHash } = madeAid(`id${hostile}`, { name: hostile });
      expect((await recognisable(catalogue, "a")).has(recordHash)).toBe(true);

      const again = await startRun(catalogue, "a");
      const reasons = [
        { stage: "map", code: "missing-name", severity: "error", locator: "row 2", field: null, value: hostile, params: {} },
      ] as const;
      await catalogue.staging.reject(again, [
        madeRejection({ locator: "row 2", externalId: hostile, record: { [hostile]: hostile, list: [1, null] }, reasons }),
        madeRejection({ locator: "row 3", record: "raw text", reasons }),
      ]);
      expect(await rejectedOf(catalogue, again.runId)).toEqual([
        {
          locator: "row 2",
          externalId: stored,
          record: { [stored]: stored, list: [1, null] },
          reasons: [{ ...reasons[0], value: stored }],
        },
        { locator: "row 3", externalId: null, record: "raw text", reasons: [{ ...reasons[0], locator: "row 3", value: stored }] },
      ]);
      expect(run.connector).toBe("a");
    });

    test("an aid of a megabyte is stored like any other", async () => {
      const description = `<p>${"très long ".repeat(100_000)}</p>`;
      await importAids(catalogue, "a", [madeAid("1", { description })]);
      expect((await flattened(catalogue.aids.list()))[0]?.description).toBe(description);
    });

    test("the memo is returned by record hash", async () => {
      const memo = { ...emptyMemo, unmapped: [["categories", "Divers"]] as const, filled: "7f" };
      const aid = { ...madeAid("1"), memo };
      await importAids(catalogue, "a", [aid]);
      expect((await recognisable(catalogue, "a")).get(aid.recordHash)).toEqual(memo);
    });
  });
}

describe.skipIf(postgresql.skipped)(`PGlite and a server, ${postgresql.title}`, () => {
  test("store equal runs as equal bytes", async () => {
    const texts = await Promise.all(
      [embedded, postgresql].map(async (database) => {
        const catalogue = await newCatalogue(database);
        for (const connector of ["z", "a"])
          await importAids(
            catalogue,
            connector,
            oddIds.map((id, index) => madeAid(id, { name: `Aide ${id}`, loanAmount: 0.1 + index * 1e9, keywords: ["é", "e"] })),
          );
        const text = await exported(catalogue);
        await catalogue.drop();
        return text;
      }),
    );
    expect(texts[0]?.length).toBeGreaterThan(10_000);
    expect(texts[0]).toBe(texts[1]);
  });
});
