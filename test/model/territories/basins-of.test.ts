import { describe, expect, it } from "vitest";
import { basinsOf, findPerimeter } from "../../../src/model/territories/perimeters.ts";
import { departments } from "../../../src/model/territories/regions.ts";

const namesOf = (code: string) => {
  const commune = findPerimeter({ scale: "commune", code });
  if (commune === undefined) throw new Error(`no commune ${code}`);
  return basinsOf(commune.perimeter).map(({ name }) => name);
};

describe("the water basins of a territory", () => {
  it.each([
    ["26108", "Crest", ["Rhône-Méditerranée"]],
    ["29019", "Brest", ["Loire-Bretagne"]],
    ["2A004", "Ajaccio", ["Corse"]],
    ["97411", "Saint-Denis", ["La Réunion"]],
    ["48095", "Mende", ["Loire-Bretagne", "Adour-Garonne", "Rhône-Méditerranée"]],
  ])("%s %s: %j", (code, _, basins) => expect(namesOf(code)).toEqual(basins));

  it("every department lies in one", () => {
    expect([...departments().values()].filter(({ perimeter }) => basinsOf(perimeter).length === 0)).toEqual([]);
  });
});
