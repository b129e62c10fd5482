import { expect, it } from "vitest";
import { perimeters } from "../../../src/kit/rules/perimeters.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { doRunOf } from "../editor/connector/do-waiting.ts";

it("decides a publisher's own name for a territory", async () => {
  const catalogue = await newCatalogue(testDatabase);
  const harvest = await newHarvest(catalogue, {
    guards: guardsOff,
    fields: { perimeters: perimeters("lieu", { written: "name", scales: ["region"] }) } as never,
  });
  await harvest.day([{ id: "1", titre: "Aide", texte: "<p>Texte</p>", lieu: "Pays des Abers" }]);
  const console = testConsole(catalogue, { folders: [harvest.folder] });
  const marie = await console.as("bizdev", "Marie");
  const path = `/mots/decider?${new URLSearchParams({ vocabulaire: "perimeters", mot: "Pays des Abers" })}`;
  expect((await marie.get(path)).html).toContain('name="territoires"');
  const unknown = await marie.post(path, { producteur: harvest.connector, territoires: "Lune" });
  expect(unknown.status).toBe(422);
  expect(unknown.html).toContain("Nous ne connaissons pas «\u00a0Lune\u00a0»");
  const twice = await marie.post(path, { producteur: harvest.connector, territoires: "Paris" });
  expect(twice.status).toBe(422);
  await marie.post(path, { producteur: harvest.connector, territoires: "Finistère\nBretagne" });
  const [run] = await catalogue.runs.open();
  const runId = await doRunOf(console.services.jobs, `/${run?.runId}`);
  await marie.act("/mots/essais", { essai: `${harvest.connector} ${runId}` });
  expect((await harvest.aid("1")).perimeters).toMatchObject([
    { scale: "department", code: "29" },
    { scale: "region", code: "53" },
  ]);
  await catalogue.drop();
});
