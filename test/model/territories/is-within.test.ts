import { describe, expect, it } from "vitest";
import type { PerimeterRef, PerimeterScale } from "../../../src/model/territories/perimeter.ts";
import { isWithin, overseasMembers } from "../../../src/model/territories/perimeters.ts";

function ref(text: string): PerimeterRef {
  const [scale = "", code = ""] = text.split(":");
  return { scale: scale as PerimeterScale, code };
}

describe("isWithin", () => {
  it.each([
    ["commune:29019", "commune:29019"],
    ["commune:29019", "epci:242900314"],
    ["commune:29019", "department:29"],
    ["commune:29019", "region:53"],
    ["commune:29019", "mainland:FRA-MET"],
    ["commune:29019", "country:FRA"],
    ["commune:29019", "continent:EU"],
    ["commune:75101", "department:75"],
    ["commune:93066", "epci:200057867"],
    ["commune:93066", "epci:200054781"],
    ["epci:200057867", "epci:200054781"],
    ["epci:242900314", "department:29"],
    ["department:2A", "region:94"],
    ["department:974", "region:04"],
    ["region:04", "department:974"],
    ["region:04", "overseas:FRA-OM"],
    ["region:94", "mainland:FRA-MET"],
    ["commune:98735", "collectivity:987"],
    ["commune:98735", "overseas:FRA-OM"],
    ["collectivity:987", "overseas:FRA-OM"],
    ["collectivity:987", "country:FRA"],
    ["basin:04", "mainland:FRA-MET"],
    ["basin:10", "overseas:FRA-OM"],
    ["mainland:FRA-MET", "country:FRA"],
    ["overseas:FRA-OM", "country:FRA"],
    ["country:FRA", "continent:EU"],
  ])("%s in %s", (inner, outer) => expect(isWithin(ref(inner), ref(outer))).toBe(true));

  it.each([
    ["commune:29019", "commune:35238"],
    ["commune:29019", "epci:243500139"],
    ["commune:29019", "department:35"],
    ["commune:29019", "region:28"],
    ["commune:29019", "overseas:FRA-OM"],
    ["commune:29019", "basin:04"],
    ["region:53", "department:29"],
    ["department:29", "commune:29019"],
    ["department:29", "epci:242900314"],
    ["epci:200054781", "department:75"],
    ["country:FRA", "mainland:FRA-MET"],
    ["country:FRA", "overseas:FRA-OM"],
    ["continent:EU", "country:FRA"],
    ["continent:EU", "mainland:FRA-MET"],
    ["overseas:FRA-OM", "mainland:FRA-MET"],
    ["mainland:FRA-MET", "region:53"],
    ["collectivity:987", "mainland:FRA-MET"],
    ["commune:99999", "country:FRA"],
    ["region:53", "region:99"],
  ])("%s not in %s", (inner, outer) => expect(isWithin(ref(inner), ref(outer))).toBe(false));
});

describe("overseasMembers", () => {
  it.each([
    "region:01 Guadeloupe",
    "region:02 Martinique",
    "region:03 Guyane",
    "region:04 La Réunion",
    "region:06 Mayotte",
    "collectivity:975 Saint-Pierre-et-Miquelon",
    "collectivity:977 Saint-Barthélemy",
    "collectivity:978 Saint-Martin",
    "collectivity:984 Terres australes et antarctiques françaises",
    "collectivity:986 Wallis-et-Futuna",
    "collectivity:987 Polynésie française",
    "collectivity:988 Nouvelle-Calédonie",
    "collectivity:989 Île de Clipperton",
  ])("%s is a member, and is overseas and not in the mainland", (text) => {
    const member = overseasMembers().find(({ scale, code, name }) => `${scale}:${code} ${name}` === text);
    expect(member).toBeDefined();
    if (member === undefined) return;
    expect(isWithin(member, { scale: "overseas", code: "FRA-OM" })).toBe(true);
    expect(isWithin(member, { scale: "country", code: "FRA" })).toBe(true);
    expect(isWithin(member, { scale: "mainland", code: "FRA-MET" })).toBe(false);
  });

  it("there are thirteen", () => expect(overseasMembers()).toHaveLength(13));
});
