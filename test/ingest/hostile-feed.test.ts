import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { expectSafeHtml } from "../support/expect-safe-html.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";

const megabyte = "x".repeat(1_000_000);
const nested = (open: string, inside: string, close: string) => `${open.repeat(480)}${inside}${close.repeat(480)}`;

/** Malicious feeds, with the expected [received, rejected]. */
const attacks: readonly (readonly [name: string, feed: string | readonly unknown[], received: number, rejected: number])[] = [
  [
    "keys from Object.prototype",
    '[{"id":"1","titre":"a","__proto__":{"harm":1},"constructor":{"prototype":{"harm":1}},"toString":"x","hasOwnProperty":1}]',
    1,
    0,
  ],
  [
    "a title, an identifier, a text of a megabyte",
    [
      { id: "1", titre: megabyte },
      { id: megabyte, titre: "a" },
      { id: "3", titre: "a", texte: `<p>${megabyte}</p>` },
    ],
    3,
    2,
  ],
  ["100,000 words in a cell", [{ id: "1", titre: "a", publics: Array.from({ length: 100_000 }, (_, word) => `mot ${word}`) }], 1, 0],
  [
    "100,000 fields",
    [Object.fromEntries([["id", "1"], ["titre", "a"], ...Array.from({ length: 100_000 }, (_, key) => [`k${key}`, key])])],
    1,
    0,
  ],
  [
    "NUL and half characters, in keys and identifiers too",
    '[{"id":"a\\u0000b","titre":"a\\u0000\\ud800","no\\u0000te":"x","texte":"\\udfff"},{"id":"\\ud800","titre":"b"},{"id":null,"titre":"\\u0000","te\\ud800":"\\u0000"}]',
    3,
    1,
  ],
  [
    "nested brackets",
    `[{"id":"1","titre":"a","note":${nested("[", "", "]")}},{"id":null,"note":${nested('{"a":', "1", "}")}},{"id":"3","titre":${nested("[", '"x"', "]")}}]`,
    3,
    2,
  ],
  ["numbers that are none", '[{"id":1e400,"titre":1e400},{"id":12345678901234567890,"titre":-0},{"id":1e21,"titre":1e-7}]', 3, 1],
  [
    "endless markup",
    [
      { id: "1", titre: "a", texte: "<div>".repeat(100_000) },
      { id: "2", titre: "b", texte: "<a href='javascript:alert(1)' onclick=x>x</a>".repeat(5_000) },
      { id: "3", titre: "c", texte: `<table><tr><td>${"<b><i>x".repeat(20_000)}` },
    ],
    3,
    0,
  ],
];

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`a hostile publisher, from the feed to the catalogue, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it.each(attacks)("%s", async (_name, feed, received, rejected) => {
      const harvest = await newHarvest(catalogue);
      const report = await harvest.day(feed);
      expect(report.counts).toMatchObject({ received, rejected, valid: received - rejected });
      expect(await harvest.rejected(report)).toHaveLength(rejected);
      expect(JSON.stringify(report).length, "a report that can be read").toBeLessThan(200_000);
      await expectSafeAids(harvest, report);
      expect(await harvest.day(feed, { force: true })).toMatchObject({ outcome: "unchanged" });
      expect(({} as { harm?: number }).harm).toBeUndefined();
    });

    it("similar identifiers are different aids; outer blanks and control characters are removed", async () => {
      const harvest = await newHarvest(catalogue);
      const different = [
        "A1",
        "a1",
        "01",
        "1",
        "1.0",
        "a/b",
        "a#b",
        'a"b',
        "a'b",
        "'; drop table aids;--",
        "%",
        "_",
        "\\",
        "null",
        "a b",
        "a  b",
      ];
      const report = await harvest.day([...different, " A1\t", "\ufeffa1", "a\n/b"].map((id) => ({ id, titre: "t" })));
      expect(report.counts).toMatchObject({ received: different.length + 3, created: different.length, rejected: 3 });
      for (const id of different) expect((await harvest.aid(id)).externalId).toBe(id);
    });

    async function expectSafeAids(harvest: Harvest, report: RunReport): Promise<void> {
      const aids = await flattened(catalogue.aids.list({ connector: harvest.connector }));
      expect(aids).toHaveLength(report.counts.valid);
      for (const { name, description } of aids) {
        expect(name).not.toMatch(/[\0\p{Surrogate}]/u);
        expectSafeHtml(description ?? "");
      }
    }
  });
}
