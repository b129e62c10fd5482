import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Aid, aidFields } from "../../src/model/aid/aid.ts";
import { canonicalAid } from "../../src/model/aid/canonical-aid.ts";
import { slugsOf } from "../../src/model/vocabularies.ts";
import { anyAid, exampleAid, territory } from "../support/example-aid.ts";
import { propertyRuns } from "../support/property-runs.ts";

describe("canonicalAid", () => {
  it("has every field in the schema's order, also empty ones", () => {
    expect(Object.keys(canonicalAid(exampleAid()))).toEqual([
      "aidId",
      "connector",
      "externalId",
      ...aidFields,
      "status",
      "withdrawnAt",
      "missingForPublication",
      "missingForDescription",
    ]);
    expect(JSON.parse(JSON.stringify(canonicalAid(exampleAid())))).toMatchObject({ contact: null, keywords: [], withdrawnAt: null });
  });

  it("says which fields we filled, and nothing about aids without any", () => {
    const filledByMoisson = [{ field: "contact" as const, rule: "connector-default", confirmed: false }];
    expect(canonicalAid({ ...exampleAid(), filledByMoisson })).toMatchObject({ filledByMoisson });
    expect(canonicalAid(exampleAid())).not.toHaveProperty("filledByMoisson");
  });

  it("terms are in the order of their vocabulary, without duplicates", () => {
    const aid = exampleAid({ targetedAudiences: ["researcher", "commune", "association", "commune"], aidTypes: ["loan", "grant"] });
    expect(canonicalAid(aid)).toMatchObject({ targetedAudiences: ["commune", "association", "researcher"], aidTypes: ["grant", "loan"] });
  });

  it("financers stay in the publisher's order", () => {
    const financers = [
      { name: "Zone", siren: null },
      { name: "Agence", siren: "385290309" },
    ];
    expect(canonicalAid(exampleAid({ financers })).financers).toEqual(financers);
  });

  it("other lists are in code-point order: capitals before small letters, accents after, emoji last", () => {
    const keywords = ["🚲", "été", "zone", "Zone", "ﬁn", "eau", "eau"];
    expect(canonicalAid(exampleAid({ keywords })).keywords).toEqual(["Zone", "eau", "zone", "été", "ﬁn", "🚲"]);
  });

  it("territories are in the order of scale and code, without duplicates", () => {
    const perimeters = [territory("region", "53"), territory("department", "2A"), territory("department", "01"), territory("region", "53")];
    expect(canonicalAid(exampleAid({ perimeters })).perimeters).toEqual([
      territory("department", "01"),
      territory("department", "2A"),
      territory("region", "53"),
    ]);
  });

  it("is valid, independent of the order of lists, and idempotent", () => {
    fc.assert(
      fc.property(anyAid, (aid) => {
        const once = JSON.stringify(canonicalAid(aid));
        const shuffled = {
          ...aid,
          programs: aid.programs.toReversed(),
          categories: aid.categories.toReversed(),
          perimeters: aid.perimeters.toReversed(),
        };
        expect(JSON.stringify(canonicalAid(shuffled))).toBe(once);
        const read = Aid.parse(JSON.parse(once));
        expect(JSON.stringify(canonicalAid(read))).toBe(once);
        expect(slugsOf("categories").filter((slug) => read.categories.includes(slug))).toEqual(read.categories);
      }),
      { numRuns: propertyRuns(200) },
    );
  });
});
