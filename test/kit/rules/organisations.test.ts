import { describe, expect, it } from "vitest";
import { field, json, split } from "../../../src/kit/expressions/expression.ts";
import { organisations } from "../../../src/kit/rules/organisations.ts";
import { readValue, type WrittenTerms } from "../../support/read-value.ts";

const ademe = { name: "ADEME", siren: "385290309" };
const written: WrittenTerms = {
  financers: { "22": ["ADEME|385290309"], "Ademe (national)": ["ADEME|385290309"], "Non spécifié": [], Duo: ["A", "B"] },
};

describe("organisations", () => {
  it("Drôme: the feed's financer is kept as written, even if it is not the publisher", () => {
    expect(readValue(organisations("financers"), { financers: "Chambre d’agriculture de la Drôme" })).toMatchObject({
      value: [{ name: "Chambre d’agriculture de la Drôme", siren: null }],
      codes: [],
    });
  });

  it("2021-01-15, a financer was renamed: the term file maps both names to one organisation", () => {
    expect(readValue(organisations("f"), { f: ["ademe (NATIONAL)", "Zone", "22"] }, { terms: written }).value).toEqual([
      ademe,
      { name: "Zone", siren: null },
    ]);
  });

  it("an ignored name is left out; one name may be two organisations", () => {
    expect(readValue(organisations("f"), { f: ["Non spécifié", "Duo"] }, { terms: written }).value).toEqual([
      { name: "A", siren: null },
      { name: "B", siren: null },
    ]);
  });

  it("the publisher's order is kept, without duplicates", () => {
    const { value } = readValue(organisations(split("f", ";")), { f: "Zorro; Abbé;zorro ;Mairie" });
    expect(value).toEqual(["Zorro", "Abbé", "Mairie"].map((name) => ({ name, siren: null })));
  });

  it("the template's numbers: an unknown number is unmapped, not a financer's name", () => {
    const rule = organisations(split("Porteurs", ","), { onlyKnown: true });
    expect(readValue(rule, { Porteurs: "22, 999" }, { terms: written })).toMatchObject({
      value: [ademe],
      issues: [{ code: "unmapped-term", value: "999", params: { vocabulary: "financers" } }],
    });
  });

  it("objects in a cell, by key; a SIRET gives its SIREN", () => {
    const rule = organisations(field("porteurs"), { name: "nom", siren: "siret" });
    const porteurs = [
      { nom: "ADEME", siret: "385 290 309 00454" },
      { nom: "Autre", siret: null },
      { nom: "Faux", siret: "12" },
      "texte",
      { nom: "" },
    ];
    expect(readValue(rule, { porteurs })).toMatchObject({
      value: [ademe, { name: "Autre", siren: null }, { name: "Faux", siren: null }],
      codes: ["unexpected-value", "unexpected-value"],
    });
  });

  it("one object instead of a list", () => {
    expect(readValue(organisations("p", { name: "nom" }), { p: { nom: "ADEME" } }).value).toEqual([{ name: "ADEME", siren: null }]);
  });

  it("JSON in a cell, filtered by role", () => {
    const rule = organisations(json("porteurs", { where: { key: "roles", isOneOf: ["instructeur"] } }), { name: "nom" });
    const porteurs = JSON.stringify([
      { nom: "ADEME", roles: ["instructeur", "diffuseur"] },
      { nom: "CCI", roles: ["diffuseur"] },
    ]);
    expect(readValue(rule, { porteurs }).value).toEqual([{ name: "ADEME", siren: null }]);
  });

  it("a name that is too long is an issue and is never cut", () => {
    expect(readValue(organisations("f"), { f: "x".repeat(256) })).toMatchObject({
      value: [],
      issues: [{ code: "text-too-long", params: { limit: 255 } }],
    });
  });
});
