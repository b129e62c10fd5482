import { describe, expect, it } from "vitest";
import { findPerimeter, regionsAndDepartments } from "../../src/model/territories/perimeters.ts";
import { publishersOfTerritories, seedOfTerritory, statePublishers } from "../../src/partners/listed-publishers.ts";

const listed = publishersOfTerritories();
const nameOf = (seed: string) => listed.find((one) => one.seed === seed)?.name;

describe("publishers of territories", () => {
  it("have their official names, with articles", () => {
    const names = {
      "region:53": "Région Bretagne",
      "region:94": "Collectivité de Corse",
      "region:02": "Collectivité territoriale de Martinique",
      "department:26": "Département de la Drôme",
      "department:01": "Département de l'Ain",
      "department:35": "Département d'Ille-et-Vilaine",
      "department:08": "Département des Ardennes",
      "department:29": "Département du Finistère",
      "department:47": "Département de Lot-et-Garonne",
      "department:67": "Collectivité européenne d'Alsace",
      "department:75": "Ville de Paris",
      "department:971": "Département de la Guadeloupe",
      "epci:200046977": "Métropole de Lyon",
      "collectivity:987": "Polynésie française",
    };
    expect(Object.fromEntries(Object.keys(names).map((seed) => [seed, nameOf(seed)]))).toEqual(names);
  });

  it("use an elision only before vowels", () => {
    const wrong = listed
      .map(({ name }) => name)
      .filter((name) => /^Département (?:(?:du|de|de la) [AEIOUYÉÎ]|(?:d'|de l')[^AEIOUYÉÎH])/.test(name));
    expect(wrong).toEqual([]);
  });

  it("cover every region and department, without duplicates", () => {
    const seeds = new Set(listed.map(({ seed }) => seed));
    const territories = regionsAndDepartments().map(({ scale, code }) => `${scale}:${code}`);
    expect(territories.filter((territory) => !seeds.has(seedOfTerritory(territory)))).toEqual([]);
    const all = [...listed, ...statePublishers];
    expect(new Set(all.map(({ seed }) => seed)).size).toBe(all.length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { territory } of all) {
      const [scale, code = ""] = territory.split(":");
      expect(findPerimeter({ scale, code } as never), territory).toBeDefined();
    }
  });
});
