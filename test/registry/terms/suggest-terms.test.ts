import { describe, expect, it } from "vitest";
import { slugsOf, type VocabularyName } from "../../../src/model/vocabularies.ts";
import { type KnownTerm, suggestTerms } from "../../../src/registry/terms/suggest-terms.ts";
import synonyms from "../../../src/registry/terms/synonyms.json" with { type: "json" };

const known: KnownTerm[] = [
  { connector: "region-a", vocabulary: "categories", term: "zones d'activités", targets: ["attractivite", "foncier"] },
  { connector: "region-b", vocabulary: "categories", term: "zones d'activités", targets: ["attractivite"] },
  { connector: "region-a", vocabulary: "targetedAudiences", term: "touriste", targets: [] },
  { connector: "region-b", vocabulary: "categories", term: "tourisme de montagne", targets: ["tourisme", "montagne"] },
];
const best = (...asked: Parameters<typeof suggestTerms>) => suggestTerms(...asked)[0];

describe("what a publisher's word may mean", () => {
  it("is what others decided of the same words, by how many of them", () => {
    const suggested = suggestTerms("categories", "Zones d’Activités", known);
    expect(suggested.slice(0, 2).map(({ slug }) => slug)).toEqual(["attractivite", "foncier"]);
    expect(suggested[0]?.certainty).toBeGreaterThanOrEqual(0.95);
    expect(suggested[0]?.evidence[0]).toEqual({ code: "same-words", connectors: ["region-a", "region-b"], weight: 0.95 });
    expect(suggested[1]?.certainty).toBeLessThan(0.6);
  });

  it("may be nothing, where others ignored it", () => {
    expect(best("targetedAudiences", "Touriste", known)).toMatchObject({ slug: null, certainty: 0.95 });
  });

  it.each([
    ["targetedAudiences", "TPE et PME", "private-sector"],
    ["targetedAudiences", "Mairies", "commune"],
    ["targetedAudiences", "Exploitants agricoles", "farmer"],
    ["categories", "Patrimoine", "patrimoine"],
    ["categories", "Restauration des zones humides", "milieux-humides"],
    ["categories", "Gestion des déchets", "recyclage-valorisation"],
    ["aidTypes", "Avance remboursable", "recoverable-advance"],
    ["recurrence", "Toute l'année", "ongoing"],
  ] as const)("%s: %s is first of all %s", (vocabulary, term, slug) => {
    expect(suggestTerms(vocabulary, term, []).map((suggested) => suggested.slug)).toContain(slug);
    expect(best(vocabulary, term, [])?.slug).toBe(slug);
  });

  it("may be several of our terms", () => {
    const suggested = suggestTerms("categories", "Culture et patrimoine", []).map(({ slug }) => slug);
    expect(suggested.slice(0, 2).toSorted()).toEqual(["culture", "patrimoine"]);
  });

  it("counts what the aids with it speak of, unless the others do too", () => {
    const withTerm = ["Aide à la plantation de haies bocagères, biodiversité", "Protéger la biodiversité", "Biodiversité en ville"];
    const suggested = suggestTerms("categories", "Axe 3", known, { withTerm, others: ["Aide au sport", "Théâtre pour tous"] });
    expect(suggested[0]).toMatchObject({ slug: "biodiversite", evidence: [{ code: "aids-speak-of-it", share: 1, usual: 0, aids: 3 }] });
    expect(suggestTerms("categories", "Axe 3", known, { withTerm, others: withTerm })).toEqual([]);
  });

  it("says nothing of a word that says nothing", () => {
    expect(suggestTerms("categories", "Autres", known)).toEqual([]);
    expect(suggestTerms("categories", "", known)).toEqual([]);
    expect(suggestTerms("categories", "🌾", known)).toEqual([]);
  });

  it("proposes terms of the vocabulary only, five at most, each sure between 0 and 1, the surest first", () => {
    for (const term of [
      "eau énergie sport culture forêt tourisme emploi santé",
      "développement durable des territoires",
      "a".repeat(5000),
    ]) {
      const suggested = suggestTerms("categories", term, known);
      expect(suggested.length).toBeLessThanOrEqual(5);
      for (const { slug, certainty } of suggested) {
        expect(slugsOf("categories")).toContain(slug);
        expect(certainty).toBeGreaterThan(0);
        expect(certainty).toBeLessThanOrEqual(1);
      }
      expect(suggested.map(({ certainty }) => certainty)).toEqual(suggested.map(({ certainty }) => certainty).toSorted((a, b) => b - a));
    }
  });
});

it.each(Object.entries(synonyms))("the synonyms of %s belong to terms of ours", (vocabulary, ofTerms) => {
  expect(slugsOf(vocabulary as VocabularyName)).toEqual(expect.arrayContaining(Object.keys(ofTerms)));
});
