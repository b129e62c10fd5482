import { describe, expect, it } from "vitest";
import { sourcesCsv } from "../../../src/publish/open-data/make-open-data.ts";

describe("sources of a dump", () => {
  it("contain no formula, whatever a publisher's name or attribution", () => {
    const source = { licence: "openlicence20", aids: 2, inNationalSchema: 1, updated: "2026-11-02" } as const;
    const csv = sourcesCsv({
      aids: 2,
      inNationalSchema: 1,
      leftOut: {},
      sources: [{ ...source, publisher: "+Région", mentions: ['=HYPERLINK("http://x")', "Données de la région"] }],
      updatedFrom: null,
      updatedTo: null,
    });
    const [, line] = csv.split("\n");
    expect(line).toContain('"\'+Région"');
    expect(line).toContain('"\'=HYPERLINK(""http://x"") | Données de la région"');
    expect(line).toContain('"2","1","2026-11-02"');
  });
});
