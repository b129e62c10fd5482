import { describe, expect, it } from "vitest";
import { findTerritories, isWithin, regionsAndDepartments, territoriesAround } from "../../../src/model/territories/perimeters.ts";

describe("territories that a person searches for", () => {
  it.each([
    ["Drôme", ["department:26"]],
    ["la drome", ["department:26"]],
    ["26", ["department:26"]],
    ["7", ["department:07"]],
    ["2a", ["department:2A"]],
    ["84", ["department:84", "region:84"]],
    ["26362", ["commune:26362"]],
    ["200 040 459", ["epci:200040459"]],
    ["region:84", ["region:84"]],
    ["Paris", ["department:75", "commune:75056"]],
    ["Saint-Denis", ["commune:11339", "commune:30247", "commune:93066", "commune:97411"]],
    ["Saint-Martin", expect.arrayContaining(["collectivity:978"])],
    ["France", ["country:FRA"]],
    ["Atlantide", []],
    ["planet:3", []],
    ["", []],
  ])("%s", (searched, found) => {
    expect(findTerritories(searched).map(({ scale, code }) => `${scale}:${code}`)).toEqual(found);
  });
});

describe("the territories that contain a territory", () => {
  it("are the same as by `isWithin`", () => {
    const around = (scale: "commune" | "epci" | "department", code: string) =>
      territoriesAround({ scale, code }).map((outer) => `${outer.scale}:${outer.code}`);
    expect(around("commune", "26362")).toEqual([
      expect.stringMatching(/^epci:\d{9}$/),
      "department:26",
      "region:84",
      "mainland:FRA-MET",
      "country:FRA",
      "continent:EU",
    ]);
    expect(around("department", "974")).toEqual(["region:04", "overseas:FRA-OM", "country:FRA", "continent:EU"]);
    expect(territoriesAround({ scale: "commune", code: "00000" })).toEqual([]);
    for (const one of regionsAndDepartments()) {
      for (const outer of regionsAndDepartments()) {
        const isSame = one.scale === outer.scale && one.code === outer.code;
        expect(territoriesAround(one).includes(outer)).toBe(!isSame && isWithin(one, outer));
      }
    }
  });
});
