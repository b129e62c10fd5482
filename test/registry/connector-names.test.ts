import { describe, expect, it } from "vitest";
import { connectorNames, sharedNameProblems, titleFor } from "../../src/registry/connector-names.ts";

type Named = Parameters<typeof sharedNameProblems>[0][number];
type Publisher = Named["definition"]["publisher"];

const publisher: Publisher = {
  name: "Région Île-de-France",
  kind: "region",
  territory: { scale: "region", code: "11" },
  licence: "unknown",
};

function named(id: string, title?: string): Named {
  return { definition: { id, publisher, state: "active", ...(title !== undefined && { title }) } };
}

describe("names of connectors", () => {
  it("are unique, and two connectors in use with one name are a problem", () => {
    const both = [named("region-ile-de-france"), named("region-ile-de-france-appels")];
    expect([...connectorNames(both).values()]).toEqual([
      "Région Île-de-France (region-ile-de-france)",
      "Région Île-de-France (region-ile-de-france-appels)",
    ]);
    expect(sharedNameProblems(both)).toEqual([
      'region-ile-de-france, region-ile-de-france-appels: have the same name "Région Île-de-France"; give each a "title"',
    ]);
  });

  it.each([
    ["region-ile-de-france", [], undefined],
    ["region-ile-de-france", [named("region-ile-de-france")], undefined],
    ["region-ile-de-france-2", [named("region-ile-de-france")], "2"],
    ["region-ile-de-france-appels-a-projets", [named("region-ile-de-france")], "appels a projets"],
    ["region-ile-de-france-appels", [named("region-ile-de-france"), named("autre", "appels")], "region-ile-de-france-appels"],
    ["region-ile-de-france-appels", [named("region-ile-de-france", "guide des aides")], undefined],
  ] as const)("a new connector %s beside %j has the title %s, and no problem", (id, others, title) => {
    expect(titleFor({ id, publisher }, others)).toBe(title);
    const rest = others.filter(({ definition }) => definition.id !== id);
    expect(sharedNameProblems([...rest, named(id, title)])).toEqual([]);
  });
});
