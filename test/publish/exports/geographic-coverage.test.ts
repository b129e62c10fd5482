import { describe, expect, it } from "vitest";
import type { PerimeterScale } from "../../../src/model/territories/perimeter.ts";
import { overseasMembers } from "../../../src/model/territories/perimeters.ts";
import { geographicCoverage } from "../../../src/publish/exports/dispositif-aide-row.ts";
import { territory } from "../../support/example-aid.ts";

function coverage(...texts: string[]): string | undefined {
  return geographicCoverage(
    texts.map((text) => {
      const [scale = "", code = ""] = text.split(":");
      return territory(scale as PerimeterScale, code);
    }),
  );
}

describe("geographicCoverage", () => {
  it.each([
    [["region:53"], "REG-53"],
    [["region:53", "department:14", "commune:29019", "collectivity:987"], "COM-29019|COM-987|DEP-14|REG-53"],
    [["country:FRA"], "PAYS-99100"],
    [["department:2A", "department:2B"], "REG-94"],
    [["department:2B", "region:94", "department:2A"], "REG-94"],
    [["epci:242900314", "commune:29019"], "COM-29019|EPCI-242900314"],
    [["mainland:FRA-MET"], "REG-11|REG-24|REG-27|REG-28|REG-32|REG-44|REG-52|REG-53|REG-75|REG-76|REG-84|REG-93|REG-94"],
    [[], ""],
  ])("%j is %s", (texts, written) => expect(coverage(...texts)).toBe(written));

  it.each([["department:2A"], ["department:2B"], ["commune:2A004"], ["basin:04"], ["continent:EU"]])(
    "%s cannot be written, and is not dropped from a longer list",
    (text) => {
      expect(coverage(text)).toBeUndefined();
      expect(coverage("region:53", text)).toBeUndefined();
    },
  );

  it.each([[overseasMembers()], [[territory("overseas", "FRA-OM")]]])("writes all thirteen overseas territories one by one", (places) => {
    expect(geographicCoverage(places)).toBe(
      "COM-975|COM-977|COM-978|COM-984|COM-986|COM-987|COM-988|COM-989|REG-01|REG-02|REG-03|REG-04|REG-06",
    );
  });
});
