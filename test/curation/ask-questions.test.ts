import { describe, expect, it } from "vitest";
import { answerQuestion } from "../../src/curation/answer-question.ts";
import { askQuestions, readQuestions } from "../../src/curation/read-questions.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { organisations } from "../../src/kit/rules/organisations.ts";
import { terms } from "../../src/kit/rules/terms.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { ownCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import { marie } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const field = "mobilizationSteps";
const record = (id: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  ...{ id, titre: `Fonds ${id}`, texte: `<p>Une subvention pour les travaux ${id}.</p>`, lien: `https://example.org/${id}` },
  ...{ rythme: "Permanente", publics: ["Communes"], sorte: ["Subvention"], organisme: "ADEME" },
  ...changes,
});
const engineering = { sorte: ["Ingénierie technique"], texte: "<p>Un conseil pour votre commune.</p>", organisme: "CCI" };

async function asked(catalogue: TestCatalogue, records: readonly unknown[]) {
  const fields = { aidTypes: terms("sorte", "aidTypes"), instructors: organisations("organisme") };
  const harvest = await newHarvest(catalogue, { guards: guardsOff, fields } as unknown as Partial<ConnectorInput>);
  await harvest.day(records);
  const question = async () => {
    const [loaded] = await loadConnectors([harvest.folder]);
    if (loaded === undefined) throw new Error("no connector");
    return (await askQuestions(catalogue, loaded, "2026-11-25")).find((one) => one.field === field);
  };
  return { harvest, question };
}

describe("a question about a source", () => {
  it("has a proposal of its own for the aids of each type that would get another one", async () => {
    const catalogue = await ownCatalogue();
    const ids = ["a", "b", "c"];
    const { question } = await asked(catalogue, [
      ...ids.map((id) => record(id)),
      ...["d", "e", "f", "g"].map((id) => record(id, { ...engineering, texte: "<p>Un diagnostic, puis le suivi après travaux.</p>" })),
      record("h", { sorte: ["Prêt"] }),
    ]);
    const found = await question();
    expect(found?.proposed.values).toEqual(["preop", "op", "postop"]);
    expect(found?.parts).toMatchObject([{ types: ["grant"], aids: 3, proposed: { values: ["preop", "op"] } }]);
    expect(found?.parts[0]?.examples.map(({ externalId }) => externalId)).toEqual(ids);
  });

  it("shows aids of all types and operators, and always the same ones", async () => {
    const catalogue = await ownCatalogue();
    const { question } = await asked(catalogue, [
      ...["a", "b", "c", "d", "e", "f"].map((id) => record(id)),
      record("g", { organisme: "Bpifrance" }),
      record("h", engineering),
      record("i", { ...engineering, organisme: "ADEME" }),
    ]);
    const examples = async () => (await question())?.examples.map(({ externalId }) => externalId);
    expect(await examples()).toEqual(["a", "h", "g", "i", "b"]);
    expect(await examples()).toEqual(["a", "h", "g", "i", "b"]);
  });

  it("no longer concerns the aids that an answer has left out, which still lack the field", async () => {
    const catalogue = await ownCatalogue();
    const { harvest, question } = await asked(catalogue, [record("a"), record("b"), record("c", engineering)]);
    const { connector } = harvest;
    const scope = { connector, publisher: null, field, value: ["preop", "op"] } as const;
    await answerQuestion(catalogue, marie, { ...scope, condition: { types: ["grant"], except: ["b"] } });
    await catalogue.search.bringIn();
    const filter = { connectors: [connector], territories: null, today: "2026-11-25" };
    const concerned = async () => (await readQuestions(catalogue, filter)).find((one) => one.field === field)?.aids;
    expect([(await question())?.aids, (await question())?.examples.map(({ externalId }) => externalId), await concerned()]).toEqual([
      ...[1, ["c"], 1],
    ]);
    expect((await harvest.aid("b")).missingForDescription).toContain(field);
    await answerQuestion(catalogue, marie, { ...scope, condition: { types: ["technical-engineering"] } });
    await catalogue.search.bringIn();
    expect([await question(), await concerned()]).toEqual([undefined, undefined]);
  });
});
