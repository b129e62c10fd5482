import { describe, expect, it } from "vitest";
import { perimeterScales } from "../../../src/model/territories/perimeter.ts";
import { findPerimeter } from "../../../src/model/territories/perimeters.ts";

describe("findPerimeter", () => {
  it.each([
    ["commune", "29019", "Brest"],
    ["commune", "2A004", "Ajaccio"],
    ["commune", "97105", "Basse-Terre"],
    ["commune", "98735", "Papeete"],
    ["epci", "242900314", "Brest Métropole"],
    ["epci", "200057867", "Plaine Commune"],
    ["basin", "04", "Loire-Bretagne"],
    ["basin", "12", "Corse"],
    ["department", "04", "Alpes-de-Haute-Provence"],
    ["department", "2A", "Corse-du-Sud"],
    ["department", "974", "La Réunion"],
    ["region", "04", "La Réunion"],
    ["region", "75", "Nouvelle-Aquitaine"],
    ["department", "75", "Paris"],
    ["collectivity", "987", "Polynésie française"],
    ["mainland", "FRA-MET", "France métropolitaine"],
    ["overseas", "FRA-OM", "Outre-mer"],
    ["country", "FRA", "France"],
    ["continent", "EU", "Europe"],
  ] as const)("%s %s is %s", (scale, code, name) => {
    expect(findPerimeter({ scale, code })).toEqual({ perimeter: { scale, code, name } });
  });

  it("a code that exists only at another scale is unknown", () => {
    expect(findPerimeter({ scale: "region", code: "29" })).toBeUndefined();
    expect(findPerimeter({ scale: "department", code: "53019" })).toBeUndefined();
    expect(findPerimeter({ scale: "commune", code: "29" })).toBeUndefined();
    expect(findPerimeter({ scale: "country", code: "EU" })).toBeUndefined();
  });

  it.each(perimeterScales)("an empty or malformed code of scale %s is unknown", (scale) => {
    for (const code of ["", "  ", "0", "__proto__", "constructor", "99999", "🇫🇷"]) {
      expect(findPerimeter({ scale, code })).toBeUndefined();
    }
  });

  it.each(["975", "977", "978", "984", "986", "987", "988", "989"])(
    "overseas collectivity %s is found at every scale except EPCI",
    (code) => {
      for (const scale of ["collectivity", "department", "region", "commune"] as const) {
        expect(findPerimeter({ scale, code })?.perimeter).toMatchObject({ scale: "collectivity", code });
      }
      expect(findPerimeter({ scale: "epci", code })).toBeUndefined();
    },
  );

  it.each([
    ["a commune merged into a new one", "01033", "01033", "Valserhône"],
    ["a delegated commune", "14081", "14654", "Saint-Pierre-en-Auge"],
    ["a commune that moved to another department", "49144", "44180", "Vallons-de-l'Erdre"],
    ["Ajaccio under the code of undivided Corsica", "20004", "2A004", "Ajaccio"],
    ["an associated commune", "01120", "01262", "Montluel"],
    ["an arrondissement of Paris", "75101", "75056", "Paris"],
    ["an arrondissement of Lyon", "69389", "69123", "Lyon"],
    ["an arrondissement of Marseille", "13201", "13055", "Marseille"],
  ])("%s gives today's commune", (_, old, code, name) => {
    const found = findPerimeter({ scale: "commune", code: old });
    expect(found?.perimeter).toEqual({ scale: "commune", code, name });
    expect(found?.replaced).toBe(old === code ? undefined : old);
  });

  it("Saint-Barthélemy and Saint-Martin under their codes of Guadeloupe are today's collectivities", () => {
    const perimeter = { scale: "collectivity", code: "977", name: "Saint-Barthélemy" };
    expect(findPerimeter({ scale: "commune", code: "97123" })).toEqual({ perimeter, replaced: "97123" });
    expect(findPerimeter({ scale: "commune", code: "97127" })?.perimeter.code).toBe("978");
  });

  it("codes are read in any case and with outer blanks", () => {
    expect(findPerimeter({ scale: "department", code: " 2b " })?.perimeter.name).toBe("Haute-Corse");
  });
});
