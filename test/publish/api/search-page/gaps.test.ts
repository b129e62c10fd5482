import { expect, it } from "vitest";
import { answerQuestion } from "../../../../src/curation/answer-question.ts";
import type { AidContent, AidField } from "../../../../src/model/aid/aid.ts";
import { connectorOf, testApi } from "../../../support/api-client.ts";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { marie } from "../../../support/curate.ts";
import { importPublished } from "../../../support/published-aids.ts";

/** An aid that is published at the first level: nothing but what publication needs, and a town where a search finds it. */
const bare: Partial<AidContent> = {
  ...{ contact: null, financers: [], categories: [], mobilizationSteps: [], aidTypes: ["grant"] },
  perimeters: [{ scale: "department", code: "26", name: "Drôme" }],
};

/** Imports one aid with gaps. Returns what a clerk of Crest, a spreadsheet and an old client see of it. */
async function seen(given: Partial<AidContent>, answer: { readonly field: AidField; readonly value: unknown } | null = null) {
  const catalogue = await ownCatalogue();
  await importPublished(catalogue, "agence", { a: { name: "Toiture des écoles", ...bare, ...given } });
  if (answer !== null) await answerQuestion(catalogue, marie, { connector: "agence", publisher: null, condition: null, ...answer });
  while ((await catalogue.search.catchUp()) > 0);
  const api = await testApi(catalogue, { connectors: [connectorOf("agence")] });
  const page = (await api.get("/recherche/?commune=Crest&projet=")).text;
  const [card = ""] = /<article[\s\S]*<\/article>/.exec(page) ?? [];
  const [record] = ((await api.get("/api/aids/")).json as { results: { recurrence: string; description: string }[] }).results;
  return {
    card: card.replace(/<[^>]+>/g, " ").replace(/[\s\u00a0\u202f]+/g, " "),
    table: (await api.get("/api/aids.csv")).text,
    feed: (await api.get("/api/aids.atom")).text,
    old: record?.description ?? "",
  };
}

it("a clerk sees what the publisher does not give, and what we have not classified, each in its own words", async () => {
  const { card } = await seen({ recurrence: null });
  expect(card).toContain("Financeur non précisé par le producteur");
  expect(card).toContain("Jusqu’à quand non précisé par le producteur");
  expect(card).toContain("montant non précisé par le producteur");
  expect(card).toContain("Qui appeler Non précisé par le producteur");
  expect(card).toContain("Pas encore classée : thématiques, état d’avancement du projet, types de dépenses.");
});

it("an aid without known financer names who runs it", async () => {
  const { card } = await seen({ instructors: [{ name: "ADEME", siren: null }] });
  expect(card).toContain("Instruite par ADEME ; financeur non précisé par le producteur");
});

it("a permanence that nobody states is said nowhere, also not of a call", async () => {
  for (const [given, said] of [
    [{}, "ans date limite annoncée"],
    [{ isCallForProject: true }, "ates à vérifier auprès du producteur"],
  ] as const) {
    const { card, table, feed, old } = await seen({ recurrence: "ongoing", ...given });
    for (const text of [card, table, feed, old]) {
      expect(text).toContain(said);
      expect(text).not.toContain("toute l’année");
    }
    expect(table).not.toContain("Permanente");
  }
});

it.each(["oneoff", "recurring"] as const)("an aid that is %s without a date asks to check the dates", async (recurrence) => {
  const { card, feed, old } = await seen({ recurrence });
  for (const text of [card, feed, old]) expect(text).toContain("ates à vérifier auprès du producteur");
});

it("a value that an answer has filled is marked as ours until somebody has confirmed it", async () => {
  const { card } = await seen({}, { field: "mobilizationSteps", value: ["preop", "op"] });
  expect(card).toContain("Complété par Moisson, à confirmer auprès du producteur : état d’avancement du projet.");
  expect(card).toContain("Pas encore classée : thématiques, types de dépenses.");
});
