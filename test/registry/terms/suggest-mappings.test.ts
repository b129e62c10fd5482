import { describe, expect, it } from "vitest";
import { slugsOf, type VocabularyName } from "../../../src/model/vocabularies.ts";
import type { DecidedTerm } from "../../../src/registry/terms/read-decided-terms.ts";
import { suggestMappings } from "../../../src/registry/terms/suggest-mappings.ts";
import { sureTargets } from "../../../src/registry/terms/sure-targets.ts";
import synonyms from "../../../src/registry/terms/synonyms.json" with { type: "json" };

const known: DecidedTerm[] = [
  { connector: "region-a", vocabulary: "categories", term: "zones d'activités", targets: ["attractivite", "foncier"] },
  { connector: "region-b", vocabulary: "categories", term: "zones d'activités", targets: ["attractivite"] },
  { connector: "region-a", vocabulary: "targetedAudiences", term: "touriste", targets: [] },
  { connector: "region-b", vocabulary: "categories", term: "tourisme de montagne", targets: ["tourisme", "montagne"] },
];
const best = (...word: Parameters<typeof suggestMappings>) => suggestMappings(...word)[0];

describe("suggestions for a publisher's word", () => {
  it("are the decisions of other connectors on the same words, by frequency", () => {
    const suggested = suggestMappings("categories", "Zones d’Activités", known);
    expect(suggested.slice(0, 2).map(({ slug }) => slug)).toEqual(["attractivite", "foncier"]);
    expect(suggested[0]?.certainty).toBeGreaterThanOrEqual(0.95);
    expect(suggested[0]?.evidence[0]).toEqual({ code: "same-words", connectors: ["region-a", "region-b"], weight: 0.95 });
    expect(suggested[1]?.certainty).toBeLessThan(0.6);
  });

  it("are not sure if all reasons rest on the same words", () => {
    expect(best("categories", "Transition écologique", [])).toMatchObject({ slug: "transition-energetique" });
    expect(sureTargets(suggestMappings("categories", "Transition écologique", []))).toBeNull();
  });

  it("may be to ignore the word, as others do", () => {
    expect(best("targetedAudiences", "Touriste", known)).toMatchObject({ slug: null, certainty: 0.95 });
  });

  it.each([
    ["Collectivités et assimilées", ["commune", "department", "epci", "region"]],
    ["PNR, PETR et associations", ["association", "epci"]],
    ["Structures de l’ESS", ["association", "private-sector"]],
    ["Communes, bailleurs sociaux", ["commune", "public-org"]],
  ])("are all audiences of %s, and no others", (term, slugs) => {
    expect(
      suggestMappings("targetedAudiences", term, [])
        .map(({ slug }) => slug ?? "")
        .sort(),
    ).toEqual(slugs);
  });

  it("never take a threshold of inhabitants for the inhabitants", () => {
    const suggested = suggestMappings("targetedAudiences", "Communes de moins de 10 000 habitants en zone de revitalisation", []);
    expect(suggested[0]?.slug).toBe("commune");
    expect(suggested.map(({ slug }) => slug)).not.toContain("private-person");
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
  ] as const)("%s: the first suggestion for %s is %s", (vocabulary, term, slug) => {
    expect(suggestMappings(vocabulary, term, []).map((suggested) => suggested.slug)).toContain(slug);
    expect(best(vocabulary, term, [])?.slug).toBe(slug);
  });

  it("may be several of our terms", () => {
    const suggested = suggestMappings("categories", "Culture et patrimoine", []).map(({ slug }) => slug);
    expect(suggested.slice(0, 2).toSorted()).toEqual(["culture", "patrimoine"]);
  });

  it("use the topics of aids with the word, unless other aids have them too", () => {
    const withTerm = ["Aide à la plantation de haies bocagères, biodiversité", "Protéger la biodiversité", "Biodiversité en ville"];
    const suggested = suggestMappings("categories", "Axe 3", known, { withTerm, others: ["Aide au sport", "Théâtre pour tous"] });
    expect(suggested[0]).toMatchObject({ slug: "biodiversite", evidence: [{ code: "aids-speak-of-it", share: 1, usual: 0, aids: 3 }] });
    expect(suggestMappings("categories", "Axe 3", known, { withTerm, others: withTerm })).toEqual([]);
  });

  it("are empty for a word without meaning", () => {
    expect(suggestMappings("categories", "Autres", known)).toEqual([]);
    expect(suggestMappings("categories", "", known)).toEqual([]);
    expect(suggestMappings("categories", "🌾", known)).toEqual([]);
  });

  it("are at most five terms of the vocabulary, by descending certainty between 0 and 1", () => {
    for (const term of [
      "eau énergie sport culture forêt tourisme emploi santé",
      "développement durable des territoires",
      "a".repeat(5000),
    ]) {
      const suggested = suggestMappings("categories", term, known);
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

it.each(Object.entries(synonyms))("the synonyms of %s belong to our terms", (vocabulary, ofTerms) => {
  expect(slugsOf(vocabulary as VocabularyName)).toEqual(expect.arrayContaining(Object.keys(ofTerms)));
});
