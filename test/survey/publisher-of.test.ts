import { describe, expect, it } from "vitest";
import { publisherOf } from "../../src/survey/propose/publisher-of.ts";

describe("kind and territory from a publisher's name", () => {
  const named: readonly (readonly [string, string, string, string | null])[] = [
    ["x", "Région Bretagne", "region", "region:53"],
    ["x", "Conseil régional d'Occitanie", "region", "region:76"],
    ["x", "Département de la Drôme", "department", "department:26"],
    ["x", "Agence de l'eau Loire-Bretagne", "water-agency", "basin:04"],
    ["x", "Ministère de la Culture", "ministry", "country:FRA"],
    ["x", "Commission européenne", "european", "continent:EU"],
    ["x", "ADEME", "agency", null],
    ["x", "Région de nulle part", "region", null],
  ];
  it.each(named)("%s: %s", (id, name, kind, territory) => {
    const found = publisherOf(id, { name });
    const where = "publisher" in found && found.territory !== null ? `${found.territory.scale}:${found.territory.code}` : null;
    expect([found, where]).toEqual([
      expect.objectContaining({ publisher: expect.objectContaining({ kind, licence: "unknown" }) }),
      territory,
    ]);
  });
});

it("a missing name is replaced by the id", () => {
  expect(publisherOf("region-bretagne", {})).toMatchObject({
    publisher: { name: "region bretagne", kind: "region" },
    territory: { code: "53" },
  });
});

it("given values take precedence over guesses, and invalid ones are named", () => {
  const given = { name: "Région Bretagne", kind: "agency", territory: "department:29", licence: "odbl" };
  expect(publisherOf("x", given)).toMatchObject({
    publisher: { kind: "agency", licence: "odbl" },
    territory: { scale: "department", code: "29" },
  });
  expect(publisherOf("x", { kind: "empire" })).toMatchObject({ wrong: "kind" });
  expect(publisherOf("x", { territory: "region:999" })).toMatchObject({ wrong: "territory" });
  expect(publisherOf("x", { territory: "Bretagne" })).toMatchObject({ wrong: "territory" });
  expect(publisherOf("x", { licence: "agreement" })).toMatchObject({ wrong: "licence" });
});
