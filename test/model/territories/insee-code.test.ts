import { describe, expect, it } from "vitest";
import { communes } from "../../../src/model/territories/communes.ts";
import { basins, collectivities, europe, france, mainland, overseas } from "../../../src/model/territories/fixed-territories.ts";
import type { Perimeter } from "../../../src/model/territories/perimeter.ts";
import { findPerimeter, findPerimeterByName, parseInseeCode, toInseeCode } from "../../../src/model/territories/perimeters.ts";
import { departments, regions } from "../../../src/model/territories/regions.ts";

function* everyWithCode(): Generator<Perimeter> {
  for (const [code, { name }] of communes().current) yield { scale: "commune", code, name };
  for (const department of departments().values()) yield department.perimeter;
  yield* regions().values();
  yield* collectivities;
  yield france;
}

describe("parseInseeCode", () => {
  it.each([
    ["COM-29019", { scale: "commune", code: "29019" }],
    ["COM-2A004", { scale: "commune", code: "2A004" }],
    ["DEP-2A", { scale: "department", code: "2A" }],
    ["dep-2b ", { scale: "department", code: "2B" }],
    ["DEP-974", { scale: "department", code: "974" }],
    ["REG-53", { scale: "region", code: "53" }],
    ["REG-01", { scale: "region", code: "01" }],
    ["PAYS-99100", { scale: "country", code: "FRA" }],
    ["EPCI-200000172", { scale: "epci", code: "200000172" }],
    ["COM-987", { scale: "collectivity", code: "987" }],
    ["DEP-978", { scale: "collectivity", code: "978" }],
    ["REG-988", { scale: "collectivity", code: "988" }],
    ["COM-98735", { scale: "commune", code: "98735" }],
    ["COM-97801", { scale: "commune", code: "97801" }],
  ])("%s", (code, ref) => expect(parseInseeCode(code)).toEqual(ref));

  it.each([
    "",
    "53",
    "REG53",
    "REG-",
    "REG-5",
    "DEP-290",
    "COM-29",
    "COM-290199",
    "PAYS-99109",
    "PAYS-FRA",
    "XYZ-53",
    "REG-53|REG-11",
    "EPCI-2000",
  ])("%j is not a code", (code) => expect(parseInseeCode(code)).toBeUndefined());
});

describe("toInseeCode", () => {
  it("parseInseeCode parses the code of every territory that has one, and the territory is found", () => {
    let count = 0;
    for (const perimeter of everyWithCode()) {
      const code = toInseeCode(perimeter);
      const ref = parseInseeCode(code ?? "");
      if (ref?.scale !== perimeter.scale || ref.code !== perimeter.code) expect.fail(`${code} is read as ${JSON.stringify(ref)}`);
      if (findPerimeter(ref)?.perimeter.name !== perimeter.name) expect.fail(`${code} is not found`);
      count++;
    }
    expect(count).toBeGreaterThan(35_000);
  });

  it("collectivities are written COM, France PAYS-99100", () => {
    expect(toInseeCode({ scale: "collectivity", code: "987" })).toBe("COM-987");
    expect(toInseeCode(france)).toBe("PAYS-99100");
  });

  it("basins, EPCI, mainland, overseas and Europe have no code", () => {
    const brest = findPerimeterByName("Brest Métropole", ["epci"]);
    for (const perimeter of [...basins, mainland, overseas, europe, ...(brest ? [brest] : [])]) expect(toInseeCode(perimeter)).toBeNull();
  });
});
