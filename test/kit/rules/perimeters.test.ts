import { describe, expect, it } from "vitest";
import { split } from "../../../src/kit/expressions/expression.ts";
import { perimeters } from "../../../src/kit/rules/perimeters.ts";
import type { PerimeterScale } from "../../../src/model/territories/perimeter.ts";
import { readValue, type WrittenTerms } from "../../support/read-value.ts";

const france = { scale: "country", code: "FRA", name: "France" };
const written: WrittenTerms = {
  perimeters: { "- France entière -": ["country:FRA"], "Marais Poitevin": [], "71016": ["department:40"], DOM: ["region:01", "region:02"] },
};
const keys = (value: unknown) => (value as { scale: string; code: string }[]).map(({ scale, code }) => `${scale}:${code}`);

describe("a code with its scale", () => {
  it.each([
    ["75", "region", "Nouvelle-Aquitaine"],
    ["75", "department", "Paris"],
    ["04", "region", "La Réunion"],
    ["04", "department", "Alpes-de-Haute-Provence"],
    ["2A", "department", "Corse-du-Sud"],
    [4, "region", "La Réunion"],
    [1, "department", "Ain"],
  ])("%s as a %s is %s", (code, scale, name) => {
    const read = readValue(perimeters("c", { written: "code", scales: [scale as PerimeterScale] }), { c: [code] });
    expect(read).toMatchObject({ value: [{ scale, name }], codes: [] });
  });

  it("an unknown code is an issue", () => {
    expect(readValue(perimeters("c", { written: "code", scales: ["region"] }), { c: "00" })).toMatchObject({
      value: [],
      issues: [{ code: "unknown-perimeter", value: "00" }],
    });
  });
});

describe("a name in a title", () => {
  const rule = perimeters("titre", { written: "mention", scales: ["region"], otherwise: { scale: "country", code: "FRA" } });

  it.each([
    ["Bois en Bretagne et Normandie", ["region:53", "region:28"]],
    ["AAP CHALEUR ILE DE FRANCE", ["region:11"]],
    ["Région Occitanie : déchets", ["region:76"]],
    ["Réunion d'information", ["country:FRA"]],
    ["Fonds chaleur", ["country:FRA"]],
    [null, ["country:FRA"]],
  ])("%s", (titre, expected) => {
    const { value, codes } = readValue(rule, { titre });
    expect(keys(value)).toEqual(expected);
    expect(codes).toEqual([]);
  });
});

describe("the national schema's codes", () => {
  it("mixed scales joined by |", () => {
    const { value, codes } = readValue(perimeters(split("g", "|"), { written: "insee" }), {
      g: "DEP-2A|REG-53|PAYS-99100|COM-987|COM-29019",
    });
    expect(keys(value)).toEqual(["department:2A", "region:53", "country:FRA", "collectivity:987", "commune:29019"]);
    expect(codes).toEqual([]);
  });
  it("an old commune becomes its successor, with an issue", () => {
    const { value, issues } = readValue(perimeters("g", { written: "insee" }), { g: "COM-01033" });
    expect(value).toHaveLength(1);
    // Bellegarde-sur-Valserine kept its code when it became Valserhône; Châtillon-en-Michaille did not.
    expect(issues).toEqual([]);
    const old = readValue(perimeters("g", { written: "insee" }), { g: "COM-01091" });
    expect(keys(old.value)).toEqual(["commune:01033"]);
    expect(old.issues).toEqual([{ code: "old-commune-code", value: "COM-01091", params: { code: "01033" } }]);
  });
  it("the same territory twice is one", () => {
    expect(readValue(perimeters("g", { written: "insee" }), { g: ["REG-53", "REG-53"] }).value).toHaveLength(1);
  });
});

describe("names and terms", () => {
  it("the term file takes precedence over names of territories", () => {
    const rule = perimeters("r", { written: "name", scales: ["region", "department"] });
    const read = readValue(rule, { r: ["- France entière -", "Mayotte", "marais poitevin", "Lune"] }, { terms: written });
    expect(keys(read.value)).toEqual(["country:FRA", "region:06"]);
    expect(read.codes).toEqual(["unknown-perimeter"]);
  });
  it("by the term file only: unknown names are unmapped", () => {
    const read = readValue(perimeters("r", { written: "terms" }), { r: ["71016", "Bretagne", "DOM"] }, { terms: written });
    expect(keys(read.value)).toEqual(["department:40", "region:01", "region:02"]);
    expect(read.issues).toEqual([{ code: "unmapped-term", value: "Bretagne", params: { vocabulary: "perimeters" } }]);
  });
  it("an empty field gives an empty list", () => {
    expect(readValue(perimeters("r", { written: "name" }), { r: "" })).toMatchObject({ value: [], codes: [] });
  });
});

describe("mentioned in a title", () => {
  const rule = perimeters("t", { written: "mention", scales: ["region"] });
  it.each([
    ["Économie circulaire en Île-de-France", ["region:11"]],
    ["AAP ÉNERGIE HAUTS-DE-FRANCE 2023", ["region:32"]],
    ["Bois en Provence Alpes Côte d'Azur et Corse", ["region:93", "region:94"]],
    ["Géothermie à La Réunion", ["region:04"]],
    ["Chaleur renouvelable Grand Est, Grand Est", ["region:44"]],
    ["Réunion d'information", []],
    ["Une normandie de tissus", []],
    ["Aide aux Normands", []],
    ["", []],
  ])("%s: %j", (title, found) => {
    const read = readValue(rule, { t: title });
    expect(keys(read.value)).toEqual(found);
    expect(read.codes).toEqual([]);
  });
});

it("France has its name", () => {
  expect(readValue(perimeters("g", { written: "insee" }), { g: "PAYS-99100" }).value).toEqual([france]);
});
