import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embedded, newCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import { newHarvest } from "../support/harvest.ts";

describe("a hostile publisher, from the feed to the catalogue", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(embedded);
  });
  afterAll(() => catalogue.drop());

  it("explore", { timeout: 600_000 }, async () => {
    const long = "x".repeat(1_000_000);
    const feeds: Record<string, unknown> = {
      proto: '[{"id":"1","titre":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x","hasOwnProperty":1}]',
      bigTitle: [{ id: "1", titre: long }, { id: "2", titre: "b" }],
      bigId: [{ id: long, titre: "a" }, { id: "2", titre: "b" }],
      bigText: [{ id: "1", titre: "a", texte: `<p>${long}</p>`.repeat(5) }],
      terms: [{ id: "1", titre: "a", publics: Array.from({ length: 100_000 }, (_, i) => `terme ${i}`) }],
      keywords: [{ id: "1", titre: "a", motsCles: Array.from({ length: 100_000 }, (_, i) => `mot ${i}`) }],
      keys: [Object.fromEntries([["id", "1"], ["titre", "a"], ...Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i])])],
      nul: '[{"id":"a\\u0000b","titre":"a\\u0000\\ud800","no\\u0000te":"x","texte":"\\udfff\\u0000"},{"id":"\\ud800","titre":"\\ud800"}, {"id":null,"titre":"\\u0000\\ud800","te\\ud800":"\\u0000"}]',
      rtl: [{ id: "\u202e1", titre: "\u202egpj.exe", texte: "a\u202eb" }],
      deep: `[{"id":"1","titre":"a","note":${"[".repeat(480)}${"]".repeat(480)}},{"id":null,"titre":"a","note":${'{"a":'.repeat(480)}1${"}".repeat(480)}},{"id":"3","titre":${"[".repeat(480)}"x"${"]".repeat(480)}}]`,
      numbers: '[{"id":1e400,"titre":1e400},{"id":12345678901234567890,"titre":-0},{"id":1e21,"titre":1e-7},{"id":true,"titre":false},{"id":0.1,"titre":[1,2]}]',
      ids: ["A1", "a1", " A1 ", "01", "1", "1.0", "é", "e\u0301", "a/b", "a#b", 'a"b', "a'b", "a\nb", "'; drop table aids;--", "%", "_", "\\", "null", "a\u200bb", "a b", "a  b", "a\u00a0b", "\ufeffA1", "../../etc/passwd"].map((id) => ({ id, titre: "t" })),
      html: [{ id: "1", titre: "a", texte: "<div>".repeat(100_000) }, { id: "2", titre: "b", texte: "<a href='javascript:alert(1)' onclick=x>x</a>".repeat(20_000) }],
      publie: Array.from({ length: 5_000 }, (_, i) => ({ id: `${i}`, titre: "a", publie: "non" })),
    };
    for (const [name, feed] of Object.entries(feeds)) {
      const harvest = await newHarvest(catalogue);
      const t = performance.now();
      const report = await harvest.day(feed as never);
      const ms = Math.round(performance.now() - t);
      const t2 = performance.now();
      const again = await harvest.day(feed as never, { force: true });
      console.log(name, report.outcome, JSON.stringify(report.counts), ms, "again", again.outcome, Math.round(performance.now() - t2), JSON.stringify(report.error), JSON.stringify(report.issues.map((g) => [g.code, g.field, g.count])).slice(0, 600), report.unreadFields.length, JSON.stringify(report).length);
      if (name === "ids") console.log((await harvest.exported()).split("\n").map((l) => JSON.stringify(JSON.parse(l).externalId)).join(" "));
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
