import { expect, test } from "vitest";
import { allTerritories } from "../../../../src/model/territories/perimeters.ts";
import { slugsOf } from "../../../../src/model/vocabularies.ts";
import siteNumbers from "../../../../src/publish/exports/numbers/site-numbers.json" with { type: "json" };
import { type NumberedVocabulary, termNumber, termOfNumber } from "../../../../src/publish/exports/numbers/term-numbers.ts";
import { territoryNumber, territoryOfNumber } from "../../../../src/publish/exports/numbers/territory-numbers.ts";

const vocabularies: readonly NumberedVocabulary[] = [
  "targetedAudiences",
  "aidTypes",
  "mobilizationSteps",
  "destinations",
  "recurrence",
  "themes",
  "categories",
];

test.each(vocabularies)("every term of %s has one number, and finds its way back", (vocabulary) => {
  const numbers = slugsOf(vocabulary).map((slug) => termNumber(vocabulary, slug));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.map((number) => termOfNumber(vocabulary, number))).toEqual([...slugsOf(vocabulary)]);
});

test("numbers that Aides-territoires' clients send have its meaning", () => {
  expect([termOfNumber("aidTypes", 1), termOfNumber("aidTypes", 8), termOfNumber("targetedAudiences", 11)]).toEqual([
    "grant",
    "legal-engineering",
    "farmer",
  ]);
  expect([termOfNumber("mobilizationSteps", 1), termOfNumber("destinations", 2)]).toEqual(["preop", "investment"]);
});

test("numbers of Aides-territoires are proven, and unproven ones are refused", () => {
  const { sources, ...lists } = siteNumbers;
  const proven = Object.entries(lists)
    .filter(([, numbers]) => Object.values(numbers).some((number) => number < 1_000_000))
    .map(([list]) => list);
  expect(Object.keys(sources)).toEqual(expect.arrayContaining(proven));
  expect(proven).toEqual(expect.arrayContaining(Object.keys(sources)));
  // A public client sends 31 for farmers and 47 for agriculture, which no code of Aides-territoires says.
  expect([termOfNumber("targetedAudiences", 31), termOfNumber("categories", 47)]).toEqual([undefined, undefined]);
});

test("every territory has one number below 2^31, and finds its way back", () => {
  const seen = new Set<number>();
  for (const territory of allTerritories()) {
    const number = territoryNumber(territory);
    seen.add(number);
    expect(number < 2 ** 31 && (number >= 1_000_000 || number === 70_956), territory.name).toBe(true);
    const found = territoryOfNumber(number);
    expect(`${found?.scale}:${found?.code}`).toBe(`${territory.scale}:${territory.code}`);
  }
  expect(seen.size).toBe(allTerritories().length);
});

test("numbers of territories never change", () => {
  expect(
    (
      [
        ["commune", "26362"],
        ["commune", "2A004"],
        ["commune", "2B033"],
        ["department", "2A"],
        ["region", "84"],
        ["basin", "06"],
        ["collectivity", "988"],
        ["epci", "200000172"],
        ["country", "FRA"],
        ["continent", "EU"],
      ] as const
    ).map(([scale, code]) => territoryNumber({ scale, code })),
  ).toEqual([10_026_362, 10_020_004, 10_096_033, 12_000_020, 13_000_084, 15_000_006, 14_000_988, 1_200_000_172, 70_956, 16_000_004]);
  for (const number of [0, 1, 26, 97_843, 10_000_000, 11_999_999, 16_000_009, 999_999_999, 2_147_483_647])
    expect(territoryOfNumber(number), String(number)).toBeUndefined();
});
