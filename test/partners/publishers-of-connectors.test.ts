import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { publishersOfTerritories, statePublishers } from "../../src/partners/listed-publishers.ts";
import { publishersOfConnectors } from "../../src/partners/publishers-of-connectors.ts";

const listed = [...publishersOfTerritories(), ...statePublishers].map((one) => ({ ...one, key: one.seed, siren: one.siren ?? null }));

function ownerOf(publisher: Partial<ConnectorInput["publisher"]>): string | undefined {
  const france = { scale: "country", code: "FRA" } as const;
  const whole = { name: "Quelqu'un", kind: "agency", territory: france, licence: "unknown", ...publisher } as const;
  return publishersOfConnectors([{ id: "un-flux", publisher: whole }], listed).owners.get("un-flux");
}

describe("the publisher of a connector", () => {
  it("is found by SIREN, by kind and territory, by name", () => {
    expect(ownerOf({ name: "Agence de la transition écologique", siren: "385290309" })).toBe("organisation:ademe");
    expect(ownerOf({ name: "Région Sud", kind: "region", territory: { scale: "region", code: "93" } })).toBe("region:93");
    expect(ownerOf({ name: "Corse", kind: "region", territory: { scale: "region", code: "94" } })).toBe("region:94");
    expect(ownerOf({ name: "MINISTÈRE de la culture", kind: "ministry" })).toBe("organisation:ministere-culture");
  });

  it("is never guessed: another kind of body in the same territory, or another SIREN, is another publisher", () => {
    const bretagne = { scale: "region", code: "53" } as const;
    expect(ownerOf({ name: "DREAL Bretagne", kind: "state-service", territory: bretagne })).toBe("connector:un-flux");
    expect(ownerOf({ name: "Mégalis", kind: "collectivity", territory: bretagne })).toBe("connector:un-flux");
    expect(ownerOf({ name: "ADEME", siren: "123456789" })).toBe("connector:un-flux");
  });

  it("is unknown for shared templates; a publisher of two connectors is listed once", () => {
    expect(ownerOf({ name: "Un modèle", kind: "any" })).toBeUndefined();
    const publisher = {
      name: "Office de l'eau",
      kind: "agency",
      territory: { scale: "country", code: "FRA" },
      licence: "unknown",
    } as const;
    const { unlisted, owners } = publishersOfConnectors(
      [
        { id: "a", publisher },
        { id: "b", publisher },
      ],
      listed,
    );
    expect(unlisted.map(({ seed }) => seed)).toEqual(["connector:a"]);
    expect([...owners]).toEqual([
      ["a", "connector:a"],
      ["b", "connector:a"],
    ]);
  });
});
