import { expect, it } from "vitest";
import { answerQuestion } from "../../../src/curation/answer-question.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit, marie } from "../../support/curate.ts";
import { addressOn, words } from "../letters/answered-letters.ts";
import { complete, record, waiting } from "../review/waiting-aids.ts";

async function published() {
  const catalogue = await ownCatalogue();
  const harvest = await waiting(catalogue, [record("a"), record("b")]);
  await complete(catalogue, harvest, "a");
  const france = [{ scale: "country" as const, code: "FRA", name: "France" }];
  await edit(catalogue, { connector: harvest.connector, externalId: "a" }, { perimeters: france, aidTypes: ["grant"] });
  const expenses = {
    connector: harvest.connector,
    publisher: null,
    field: "destinations",
    value: ["investment"],
    condition: null,
  } as const;
  await answerQuestion(catalogue, marie, expenses);
  const console = testConsole(catalogue, { folders: [harvest.folder] });
  const ops = await console.as("ops", "Olga");
  const { connector } = harvest;
  const choose = () => ops.act(`/connecteurs/${connector}/publication`, { politique: "publishable", raison: "vu avec le producteur" });
  const letters = () => catalogue.letters.list(connector);
  return { connector, ops, choose, letters, nobody: await console.as("nobody") };
}

it("a publisher hears of the first publication without a person, with the list of its aids", async () => {
  const { connector, ops, choose, letters, nobody } = await published();
  expect(words((await choose()).html)).toContain("1 lettre attend dans « Courriers », à relire et à envoyer");
  const [letter] = await letters();
  expect(letter).toMatchObject({ kind: "courtesy", by: "Olga", sentAt: null });
  const path = `/connecteurs/${connector}/courriers/${letter?.letterId}`;
  const address = addressOn((await ops.post(`${path}/adresse`)).html);
  const page = words((await nobody.get(address)).html);
  expect(page).toContain("Vos aides sont publiées");
  expect(page).toContain("1 aide aujourd'hui");
  expect(page).toContain("Rénover a");
  expect(page).not.toContain("Rénover b");
  expect(page).toContain("Dépenses d'investissement complété par Moisson, à confirmer");
  expect(page).toContain("c'est à nous de classer l'aide");
  expect(page).not.toContain("votre site");
  expect((await nobody.post(`${address}/demandes`, { demande: "arret", confirme: "oui" })).status).toBe(422);
});

it("it hears of it once, unless somebody revokes the letter or makes another", async () => {
  const { connector, ops, choose, letters } = await published();
  await choose();
  await choose();
  expect(await letters()).toHaveLength(1);
  expect((await ops.get(`/connecteurs/${connector}/courriers`)).html).toContain("Les collectes publient des aides de ce connecteur");
});
