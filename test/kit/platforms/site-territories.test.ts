import { describe, expect, it } from "vitest";
import { siteTerritories, siteTerritorySuggestion } from "../../../src/kit/platforms/site-territories.ts";
import { readValue } from "../../support/read-value.ts";

/** Returns the territories as `scale:code`, and the issues for the curator. */
function read(perimeter: string, scale?: string) {
  const record = scale === undefined ? { perimeter } : { perimeter, scale };
  const field = scale === undefined ? undefined : "scale";
  const { value, codes } = readValue(siteTerritories("perimeter", field), record);
  const places = (value as { scale: string; code: string }[]).map((place) => `${place.scale}:${place.code}`);
  return { places, codes, suggestion: readValue(siteTerritorySuggestion("perimeter", field), record).value };
}

describe("the territory of an aid as Aides-territoires writes it", () => {
  it.each([
    ["Aude (Département)", "department:11"],
    ["Occitanie (Région)", "region:76"],
    ["Martinique (Région)", "region:02"],
    ["Seine-Normandie (Bassin hydrographique)", "basin:03"],
    ["France", "country:FRA"],
    ["France métropolitaine", "mainland:FRA-MET"],
    ["Métropole de Lyon (EPCI)", "epci:200046977"],
    ["CC de la Région de Suippes (EPCI)", "epci:200042620"],
    ["Lyon (Commune – 69001)", "commune:69123"],
    ["Outre-mer", "overseas:FRA-OM"],
    ["Europe", "continent:EU"],
  ])("%s", (written, place) => {
    expect(read(written)).toEqual({ places: [place], codes: [], suggestion: null });
  });

  it.each([
    ["Aude", "Département", "department:11"],
    ["Pays de la Loire", "Région", "region:52"],
    ["Saint-Pierre-et-Miquelon", "Département", "collectivity:975"],
    ["France", "Pays", "country:FRA"],
    ["Europe", "Continent", "continent:EU"],
    ["France métropolitaine", "Ad-hoc", "mainland:FRA-MET"],
  ])("%s, with the scale %s in another field", (written, scale, place) => {
    expect(read(written, scale)).toEqual({ places: [place], codes: [], suggestion: null });
  });

  it.each([
    "PETR du Pays d'Exemple",
    "Parc naturel régional d'Exemple - Pays de France (Parc naturel régional)",
    "Bretagne, Normandie",
    "Landes",
  ])("%s is not one of our territories: reported as written, never guessed", (written) => {
    expect(read(written)).toEqual({ places: [], codes: ["unknown-perimeter"], suggestion: written });
  });
});
