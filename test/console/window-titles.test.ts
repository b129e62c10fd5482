import { expect, it } from "vitest";
import { ownCatalogue } from "../support/catalogues.ts";
import { testConsole } from "../support/console-client.ts";
import { newHarvest } from "../support/harvest.ts";

const publisher = (name: string) =>
  ({ name, kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" }) as const;

it("the title of the window tells apart the queues, and the same page of two objects", async () => {
  const catalogue = await ownCatalogue();
  const harvests = [
    await newHarvest(catalogue, { id: "region-un", publisher: publisher("Région Une") }),
    await newHarvest(catalogue, { id: "region-deux", publisher: publisher("Région Deux") }),
  ];
  for (const harvest of harvests) await harvest.day([{ id: "a", titre: "Financer le projet" }]);
  const admin = await testConsole(catalogue, { folders: harvests.map(({ folder }) => folder) }).as("admin");
  const pages = ["", "/propositions", "/echues", "/doublons"].map((queue) => `/relecture${queue}`);
  const titles: string[] = [];
  for (const page of [...pages, ...harvests.map(({ connector }) => `/connecteurs/${connector}/definition`)])
    titles.push(/<title>([^<]*)<\/title>/.exec((await admin.get(page)).html)?.[1] ?? page);
  expect(titles[1]).toBe("Relecture : propositions – Moisson".replace(" :", "\u00a0:"));
  expect(titles[4]).toMatch(/^Définition – Région Une – Connecteurs – Moisson$/);
  expect(new Set(titles).size).toBe(titles.length);
});
