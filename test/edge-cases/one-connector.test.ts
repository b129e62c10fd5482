import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import * as kit from "../../src/kit/index.ts";
import { runInMemory } from "../support/run-in-memory.ts";

const formats = ["iso", "dd/MM/yyyy", "yyyyMMdd", "rfc822", "french"];
const connector = {
  placeholders: ["A DEFINIR APRES REPRISE"],
  noise: [", gda_editeur_de_texte"],
  ignored: ["nonPublic"],
  fields: {
    description: kit.html("texte"),
    originUrl: kit.url("lien"),
    startDate: kit.date("debut", formats),
    submissionDeadline: kit.date("fin", formats),
    targetedAudiences: kit.terms(kit.split("publics", ","), "targetedAudiences"),
    perimeters: kit.perimeters("regions", { written: "code", scales: ["region"] }),
    financers: kit.organisations("financeurs"),
    keywords: kit.list("motsCles"),
  } as ConnectorInput["fields"],
};
const terms = { targetedAudiences: { "Cuir, luxe": ["private-sector"] } };

/** Incidents from production that concern every connector. `record`: fields besides id and title. `expected`: part of the aid. `code`: the only issue. */
const cases: readonly (readonly [name: string, record: Record<string, unknown>, expected: Record<string, unknown>, code?: string])[] = [
  ["a title in markup and entities", { titre: "<span>L&rsquo;aide &amp;amp; &eacute;cole</span>" }, { name: "L’aide & école" }],
  [
    "a title of 255 characters, each of several bytes",
    { titre: "é".repeat(254).concat("🌾") },
    { name: "é".repeat(254).concat("🌾") },
    "name-too-long-to-publish",
  ],
  ["null, absent and empty are the same", { texte: null, debut: "", motsCles: [] }, { description: null, startDate: null, keywords: [] }],
  ["zeros instead of a date", { debut: "0000-00-00" }, { startDate: null }],
  ["year, month and day without separators", { debut: "20240305" }, { startDate: "2024-03-05" }],
  ["RFC 822 with a year of two digits", { debut: "Sat, 21 Dec 19 11:00:28 +0100" }, { startDate: "2019-12-21" }],
  ["Paris midnight in UTC, in winter", { debut: "2024-01-14T23:00:00.000Z" }, { startDate: "2024-01-15" }],
  ["Paris midnight in UTC, in summer", { debut: "2024-07-14T22:00:00Z" }, { startDate: "2024-07-15" }],
  ["a date with an offset", { debut: "2024-01-15T00:00:00+01:00" }, { startDate: "2024-01-15" }],
  ["a date in French words", { debut: "1er mars 2024" }, { startDate: "2024-03-01" }],
  ["a text instead of a date", { debut: "toute l'année" }, { startDate: null }, "text-for-date"],
  ["a date that contains blanks", { debut: "2024-03-05 16: 08: 40" }, { startDate: "2024-03-05" }, "blank-in-date"],
  ["day and month swapped", { debut: "12/31/2024" }, { startDate: null }, "impossible-date"],
  [
    "a deadline before the start",
    { debut: "2024-03-05", fin: "2024-01-01" },
    { submissionDeadline: "2024-01-01" },
    "deadline-before-start",
  ],
  ["a list as a list", { publics: ["Communes", "Associations"] }, { targetedAudiences: ["commune", "association"] }],
  ["a list as a text, with blanks", { publics: "Communes ,  Associations" }, { targetedAudiences: ["commune", "association"] }],
  [
    "singular, capitals, no accents, a curly apostrophe",
    { publics: "COMMUNE,departement" },
    { targetedAudiences: ["commune", "department"] },
  ],
  ["a label that contains the separator", { publics: "Cuir, luxe,Communes" }, { targetedAudiences: ["commune", "private-sector"] }],
  ["an unknown label", { publics: "Licornes" }, { targetedAudiences: [] }, "unmapped-term"],
  ["a placeholder", { texte: "A définir après reprise" }, { description: null }],
  ["an editor's name that is left in a text", { texte: "Texte, gda_editeur_de_texte" }, { description: "<p>Texte</p>" }],
  ["a field that is not public", { nonPublic: "secret" }, {}],
  ["a link without a scheme", { lien: "www.a.fr/x" }, { originUrl: "https://www.a.fr/x" }, "url-without-scheme"],
  ["a link of more than 700 characters", { lien: `https://a.fr/${"x".repeat(700)}` }, { originUrl: null }, "text-too-long"],
  ["unclosed HTML", { texte: "<ul><li>a<li><b>b" }, { description: "<ul><li>a</li><li><strong>b</strong></li></ul>" }],
  ["HTML of more than 20,000 bytes", { texte: `<p>${"é".repeat(20_000)}</p>` }, { description: `<p>${"é".repeat(20_000)}</p>` }],
  ["an entity without its semicolon", { texte: "Mise en &oeliguvre" }, { description: "<p>Mise en œuvre</p>" }],
  [
    "a financer other than the publisher",
    { financeurs: "Banque des Territoires" },
    { financers: [{ name: "Banque des Territoires", siren: null }] },
  ],
];

describe("edge cases through decode, map and validate", () => {
  for (const [name, record, expected, code] of cases) {
    it(name, async () => {
      const result = await runInMemory([{ id: "1", titre: "Une aide", ...record }], connector, terms);
      expect(result.first).toMatchObject(expected);
      expect(result.codes).toEqual(code === undefined ? [] : [code]);
      expect(JSON.stringify(result)).not.toContain("secret");
    });
  }

  it("rejects a title of 256 characters", async () => {
    const { rejected } = await runInMemory([{ id: "1", titre: "é".repeat(256) }], connector);
    expect(rejected).toMatchObject([{ externalId: "1", reasons: ["name-too-long"] }]);
  });

  it("reads a region's code that is also a department's, and several regions", async () => {
    const { first } = await runInMemory([{ id: "1", titre: "a", regions: ["75", "93"] }], connector);
    expect(first.perimeters.map(({ scale, name }) => `${scale} ${name}`)).toEqual([
      "region Nouvelle-Aquitaine",
      "region Provence-Alpes-Côte d'Azur",
    ]);
  });

  it("reads an object in place of the list as one record, and an empty list as none", async () => {
    expect((await runInMemory('{"id":"1","titre":"a"}', connector)).received).toBe(1);
    expect((await runInMemory("[]", connector)).received).toBe(0);
  });
});
