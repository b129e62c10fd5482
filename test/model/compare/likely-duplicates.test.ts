import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { likenessOf } from "../../../src/model/compare/likeness.ts";
import { isCertain } from "../../../src/model/compare/likeness-rules.ts";
import { type LikelyDuplicate, likelyDuplicates, type PublishedLikeness } from "../../../src/model/compare/match-likenesses.ts";

const text = Array.from({ length: 60 }, (_, place) => `mot${place} de la phrase ${place % 7}`).join(" ");
const page = "https://region.exemple.fr/aides/gymnases";
const region = (code: string, name: string): Partial<AidContent> => ({
  financers: [{ name: `Région ${name}`, siren: null }],
  perimeters: [{ scale: "region", code, name }],
});
const bretagne = region("53", "Bretagne");
const occitanie = region("76", "Occitanie");

function of(connector: string, key: string, content: Partial<AidContent>): PublishedLikeness {
  return { ...likenessOf(key, content), connector };
}

const names = (found: readonly LikelyDuplicate[]) =>
  found.map(({ left, right }) => `${left.connector}/${left.key} ${right.connector}/${right.key}`);

describe("the same aid from two publishers", () => {
  it("is listed with its reasons, best first, each pair once", () => {
    const found = likelyDuplicates([
      of("region", "1", { name: "Rénovation des gymnases", ...bretagne, originUrl: page }),
      of("region", "2", { name: "Achat de bus électriques", ...bretagne, originUrl: `${page}/bus` }),
      of("agregateur", "b", { name: "Verdir sa flotte", originUrl: `${page}/bus` }),
      of("agregateur", "a", { name: "Rénovation des gymnases", ...bretagne, originUrl: page }),
    ]);
    expect(found).toEqual([
      {
        left: { connector: "agregateur", key: "a" },
        right: { connector: "region", key: "1" },
        match: { certainty: 1, reasons: ["same-link", "same-title", "same-territory", "same-financer"] },
      },
      {
        left: { connector: "agregateur", key: "b" },
        right: { connector: "region", key: "2" },
        match: { certainty: 0.7, reasons: ["same-link"] },
      },
    ]);
  });

  it("is more certain with a financer or a territory in common", () => {
    const certaintyWith = (content: Partial<AidContent>) =>
      likelyDuplicates([
        of("a", "1", { name: "Rénovation des gymnases", ...bretagne }),
        of("b", "1", { name: "Rénovation des gymnases", ...content }),
      ]).map(({ match }) => match.certainty);
    expect(certaintyWith({})).toEqual([0.85]);
    expect(certaintyWith({ financers: bretagne.financers ?? [] })).toEqual([0.87]);
    expect(certaintyWith(bretagne)).toEqual([0.89]);
    expect(certaintyWith(occitanie)).toEqual([]);
  });

  it("is found at three publishers as three pairs", () => {
    const aid = { name: "Rénovation des gymnases", description: text };
    expect(names(likelyDuplicates(["c", "a", "b"].map((connector) => of(connector, "1", aid))))).toEqual(["a/1 b/1", "a/1 c/1", "b/1 c/1"]);
  });

  it("is never seen within one connector", () => {
    const aid = { name: "Rénovation des gymnases", originUrl: page, description: text };
    expect(likelyDuplicates([of("a", "1", aid), of("a", "2", aid)])).toEqual([]);
  });
});

describe("different aids", () => {
  it.each([
    ["two regions' calls of one day", "Appel à projets 2026", { submissionDeadline: "2026-12-31" }],
    ["two regions' funds for one sector", "Fonds tourisme", {}],
    ["two regions' aids of a title that says something", "Soutien aux festivals de musique", {}],
  ])("%s", (_, name, content) => {
    expect(likelyDuplicates([of("a", "1", { name, ...content, ...bretagne }), of("b", "1", { name, ...content, ...occitanie })])).toEqual(
      [],
    );
  });

  it("aids that point to one portal of procedures", () => {
    const applicationUrl = "https://demarches.exemple.fr/demande";
    const aids = ["Achat de bus électriques", "Fouilles archéologiques", "Maisons de santé"].map((name, place) =>
      of(place === 0 ? "a" : "b", `${place}`, { name, applicationUrl }),
    );
    expect(likelyDuplicates(aids)).toEqual([]);
  });

  it("a title that every connector has", () => {
    const connectors = Array.from({ length: 20 }, (_, place) => `c${place}`);
    expect(likelyDuplicates(connectors.map((connector) => of(connector, "1", { name: "Aide à la voirie communale" })))).toEqual([]);
  });
});

it("the order in which aids come changes nothing", () => {
  const aid = fc.record({
    connector: fc.constantFrom("a", "b", "c"),
    name: fc.constantFrom("Appel à projets", "Rénovation des gymnases", "Achat de bus électriques"),
    originUrl: fc.constantFrom(null, page, `${page}/2`, `${page}/3`),
    description: fc.constantFrom(null, text),
  });
  fc.assert(
    fc.property(fc.array(aid, { maxLength: 10 }), (contents) => {
      const aids = contents.map(({ connector, ...content }, place) => of(connector, `${place}`, content));
      const found = likelyDuplicates(aids);
      expect(likelyDuplicates(aids.toReversed())).toEqual(found);
      const certainties = found.map(({ match }) => match.certainty);
      expect(certainties).toEqual(certainties.toSorted((a, b) => b - a));
      for (const { left, right } of found) expect(left.connector < right.connector).toBe(true);
      // The pairs of one connector are the same, whatever else is compared.
      expect(likelyDuplicates(aids, "b")).toEqual(found.filter(({ left, right }) => [left.connector, right.connector].includes("b")));
    }),
  );
});

describe("an aid of Aides-territoires and of its publisher", () => {
  const site = "https://aides-territoires.beta.gouv.fr/aides";
  const pair = (theirs: Partial<AidContent>, ours: Partial<AidContent>) =>
    likelyDuplicates([of("aides-territoires", "1", theirs), of("region", "1", ours)])[0]?.match ?? null;

  it("is recognised by the publisher's title in the address, even if it is cut off or has lost an apostrophe", () => {
    const page = { name: "Valoriser le patrimoine", originUrl: `${site}/9338-aide-aux-projets-des-reseaux-bretons-luvre-d/` };
    expect(pair({ ...page, ...bretagne }, { name: "Aide aux projets des réseaux bretons : l'œuvre d'un fonds", ...bretagne })).toEqual({
      certainty: 0.89,
      reasons: ["same-title", "same-territory", "same-financer"],
    });
    expect(pair({ ...page, ...bretagne }, { name: "Aide aux projets des réseaux bretons de lecture", ...bretagne })).toBeNull();
  });

  it("is proposed, but not certain, if the verb differs or the programme is in brackets", () => {
    const named = { name: "Financer les études de faisabilité des chaufferies (Chèque bois énergie)", ...bretagne };
    expect(pair(named, { name: "Chèque bois énergie", ...bretagne })?.certainty).toBe(0.59);
    const rewritten = pair({ name: "Restaurer les orgues à tuyaux" }, { name: "Aide à la restauration des orgues à tuyaux" });
    expect(rewritten).toEqual({ certainty: 0.6, reasons: ["similar-title"] });
    expect(rewritten !== null && isCertain(rewritten)).toBe(false);
  });

  it("is not certain with the title alone, because another region may have the same aid", () => {
    const title = { name: "Rénovation des gymnases" };
    const [alone, inPlace] = [pair(title, title), pair({ ...title, ...bretagne }, { ...title, ...bretagne })];
    expect([alone, inPlace].map((match) => match !== null && isCertain(match))).toEqual([false, true]);
  });

  it("is certain with a title and days that are equal once day and month are swapped", () => {
    const due = (submissionDeadline: string) => ({ name: "Rénovation des gymnases", submissionDeadline, ...bretagne });
    expect(pair(due("2026-02-06"), due("2026-06-02"))?.reasons).toContain("swapped-dates");
    expect(pair(due("2026-02-06"), due("2026-07-02"))?.certainty).toBeLessThan(0.8);
  });

  it("is not certain with a title if amounts or audiences differ: a loan for companies, another one for communes", () => {
    const loan = { name: "Prêt rénovation gymnases", ...bretagne };
    expect(pair({ ...loan, loanAmount: 50_000 }, { ...loan, loanAmount: 80_000 })?.certainty).toBeLessThan(0.8);
    expect(pair({ ...loan, targetedAudiences: ["commune"] }, { ...loan, targetedAudiences: ["private-sector"] })?.certainty).toBeLessThan(
      0.8,
    );
    expect(pair({ ...loan, loanAmount: 50_000 }, { ...loan, subventionRateUpperBound: 80 })?.certainty).toBeGreaterThan(0.8);
  });
});
