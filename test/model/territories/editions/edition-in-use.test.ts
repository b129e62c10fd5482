import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useEdition } from "../../../../src/model/territories/edition.ts";
import {
  findPerimeter,
  findPerimeterByName,
  findTerritories,
  inToday,
  isWithin,
  samePlaces,
  territoriesAround,
} from "../../../../src/model/territories/perimeters.ts";
import { useInvented } from "../../../support/territory-editions.ts";

const crest = { scale: "commune", code: "26108" } as const;
const aouste = { scale: "commune", code: "26011" } as const;
const saillans = { scale: "commune", code: "26289" } as const;
const crestois = { scale: "epci", code: "200040509" } as const;
const north = { scale: "epci", code: "200999991" } as const;
const south = { scale: "epci", code: "200999992" } as const;
const keys = (list: readonly { readonly scale: string; readonly code: string }[]) => list.map(({ scale, code }) => `${scale}:${code}`);

describe("an edition in which Aouste-sur-Sye joins Crest and its EPCI is divided", () => {
  beforeAll(() => {
    // What a run has read before must not stay.
    expect(findPerimeter(aouste)?.perimeter.name).toBe("Aouste-sur-Sye");
    expect(keys(territoriesAround(saillans))).toContain("epci:200040509");
    useInvented("7.0.0", {
      merged: { "26011": "26108" },
      renamed: { "26108": "Crest-Aouste" },
      dissolved: ["200040509"],
      founded: {
        "200999991": { name: "CC de Crest", members: ["26108", "26183", "26234", "26368", "26019", "26122", "26015"] },
        "200999992": { name: "CC de Saillans", members: ["26289", "26328", "26080", "26296", "26090", "26266"] },
      },
    });
  });
  afterAll(() => useEdition(null));

  it("finds a merged commune by its old code and its old name", () => {
    expect(findPerimeter(aouste)).toEqual({ perimeter: { ...crest, name: "Crest-Aouste" }, replaced: "26011" });
    expect(findPerimeterByName("Aouste-sur-Sye", ["commune"])).toEqual({ ...crest, name: "Crest-Aouste" });
    expect(keys(findTerritories("aouste sur sye"))).toEqual(["commune:26108"]);
  });

  it("finds a renamed commune by its old name", () => {
    expect(findPerimeterByName("Crest", ["commune"])?.name).toBe("Crest-Aouste");
  });

  it("finds a divided EPCI as it was, and the EPCI that replace it", () => {
    const found = findPerimeter(crestois);
    expect(found).toEqual({ perimeter: { ...crestois, name: "CC du Crestois et de Pays de Saillans Coeur de Drôme" } });
    expect(keys(inToday(found?.perimeter ?? { ...crestois, name: "" }))).toEqual(["epci:200999991", "epci:200999992"]);
    expect(keys(samePlaces(crestois))).toEqual(["epci:200040509", "epci:200999991", "epci:200999992"]);
    expect(findPerimeterByName("Communauté de communes du Crestois et de Pays de Saillans Coeur de Drôme", ["epci"])?.code).toBe(
      "200040509",
    );
  });

  it("knows which communes and departments a former EPCI had", () => {
    expect(isWithin(saillans, crestois)).toBe(true);
    expect(isWithin(south, crestois)).toBe(true);
    expect(isWithin(crestois, { scale: "department", code: "26" })).toBe(true);
    expect(isWithin(crestois, south)).toBe(false);
    expect(keys(territoriesAround(saillans))).toEqual(expect.arrayContaining([`epci:${south.code}`, "epci:200040509", "department:26"]));
    expect(keys(territoriesAround(saillans))).not.toContain(`epci:${north.code}`);
  });

  it("returns to the installed edition", () => {
    useEdition(null);
    expect(findPerimeter(aouste)).toEqual({ perimeter: { ...aouste, name: "Aouste-sur-Sye" } });
    expect(findPerimeter(north)).toBeUndefined();
  });
});
