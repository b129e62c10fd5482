import { describe, expect, it } from "vitest";
import type { AidContent, AidField } from "../../src/model/aid/aid.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import { NeighbourIndex } from "../../src/suggest/neighbours/neighbour-index.ts";
import { suggestFor } from "../../src/suggest/suggest-for.ts";

const aid = (filled: Partial<AidContent>) => wholeContent({ name: "Financer un projet", importShareLicence: "unknown", ...filled });
const suggestedIn = (description: string, field: AidField, others: Partial<AidContent> = {}) =>
  suggestFor(aid({ description, ...others }), null)
    .filter((one) => one.field === field)
    .map(({ value }) => value);

describe("suggestions from the text", () => {
  const sentences: readonly (readonly [AidField, string, unknown])[] = [
    ["submissionDeadline", "<p>Les dossiers sont à déposer avant le 31/03/27.</p>", "2027-03-31"],
    ["submissionDeadline", "<p>Date limite de dépôt des candidatures : fin juin 2027</p>", "2027-06-30"],
    ["submissionDeadline", "<p>Dépôt des dossiers avant fin mars 2027</p>", "2027-03-31"],
    ["submissionDeadline", "<p>Dépôt des dossiers jusqu'à fin février 2028</p>", "2028-02-29"],
    ["submissionDeadline", "<p>Candidatures du 1er mars 2027 au 30 juin 2027.</p>", "2027-06-30"],
    ["startDate", "<p>Candidatures du 1er mars 2027 au 30 juin 2027.</p>", "2027-03-01"],
    ["recurrence", "<p>Dépôt des demandes toute l'année.</p>", "ongoing"],
    ["recurrence", "<p>Les dossiers sont reçus au fil de l’eau.</p>", "ongoing"],
    ["recurrence", "<p>Dates limites de dépôt des dossiers : 31 mars et 30 septembre.</p>", "recurring"],
    ["subventionRateUpperBound", "<p>Subvention jusqu'à 80 % plafonnée à 10 000 €.</p>", 80],
    ["subventionComment", "<p>Subvention jusqu'à 80 % plafonnée à 10 000 €.</p>", "Subvention jusqu'à 80 % plafonnée à 10 000 €."],
    ["subventionRateLowerBound", "<p>Le taux d'aide est compris entre 20 et 50 %.</p>", 20],
    ["subventionRateUpperBound", "<p>Le taux d'aide est compris entre 20 et 50 %.</p>", 50],
    ["loanAmount", "<p>Prêt sans intérêt de 10 000 à 50 000 €.</p>", 50_000],
    ["contactEmail", "<p>Contact : service eau, eau@drome.example.fr</p>", "eau@drome.example.fr"],
    ["contactPhone", "<p>Renseignements au 04 75 00 00 00.</p>", "04 75 00 00 00"],
    ["targetedAudiences", "<h3>Bénéficiaires</h3><p>Communes et associations</p>", ["commune", "association"]],
    [
      "eligibility",
      "<p>But.</p><h3>Qui peut en bénéficier ?</h3><p>Les communes rurales de la Drôme</p><h3>Montant</h3><p>500 €</p>",
      "<p>Les communes rurales de la Drôme</p>",
    ],
    [
      "projectExamples",
      "<p>But.</p><h3>Exemples de projets</h3><ul><li>Toiture de l'école</li></ul>",
      "<ul><li>Toiture de l'école</li></ul>",
    ],
  ];
  for (const [field, description, value] of sentences) {
    it(`${field}: ${description}`, () => expect(suggestedIn(description, field)).toEqual([value]));
  }

  it("suggests no deadline from the end of works, from a day that does not exist, or from two days", () => {
    expect(suggestedIn("<p>Les travaux doivent être achevés avant le 31/12/2027.</p>", "submissionDeadline")).toEqual([]);
    expect(suggestedIn("<p>Déposez le dossier de solde des travaux avant le 31/12/2027.</p>", "submissionDeadline")).toEqual([]);
    expect(suggestedIn("<p>Dépôt des dossiers avant le 31/02/2027.</p>", "submissionDeadline")).toEqual([]);
    const two = "<p>Dépôt des dossiers avant le 1er mars 2027.</p><p>Dépôt des dossiers avant le 1er mai 2027.</p>";
    expect(suggestedIn(two, "submissionDeadline")).toEqual([]);
  });

  it("suggests no rate from taxes, bonuses or several conditions", () => {
    for (const text of ["TVA à 20 % non subventionnée", "Bonus de 10 % si bois", "Subvention de 20 % (communes), 30 % (associations)"]) {
      expect(suggestedIn(`<p>${text}</p>`, "subventionRateUpperBound")).toEqual([]);
    }
  });

  it("keeps the threshold of inhabitants beside the audience", () => {
    const [one] = suggestFor(aid({ eligibility: "<p>Bénéficiaires : communes de moins de 2 000 habitants.</p>" }), null).filter(
      ({ field }) => field === "targetedAudiences",
    );
    expect(one?.value).toEqual(["commune"]);
    expect(one?.conditions).toEqual([
      { audience: "commune", minPopulation: null, maxPopulation: 1999, sentence: "Bénéficiaires : communes de moins de 2 000 habitants." },
    ]);
  });

  it.each([
    ["communes de 500 à 5 000 habitants", 500, 5_000],
    ["communes comptant au moins 2.000 hab", 2_000, null],
    ["EPCI jusqu’à 20 000 habitants", null, 20_000],
  ])("reads the threshold of %s", (text, minPopulation, maxPopulation) => {
    const found = suggestFor(aid({ eligibility: `<p>Bénéficiaires : ${text}</p>` }), null).find(
      ({ field }) => field === "targetedAudiences",
    );
    expect(found?.conditions).toMatchObject([{ minPopulation, maxPopulation }]);
  });

  it("gives the sentence as evidence, and nothing for a filled field", () => {
    const content = aid({ description: "<p>Une aide.</p><p>Dépôt des dossiers avant le 31/03/2027.</p>" });
    const [deadline] = suggestFor(content, null).filter(({ field }) => field === "submissionDeadline");
    expect(deadline?.evidence).toEqual([{ kind: "sentence", from: "description", text: "Dépôt des dossiers avant le 31/03/2027." }]);
    expect(suggestFor({ ...content, submissionDeadline: "2027-01-01" }, null).map(({ field }) => field)).not.toContain(
      "submissionDeadline",
    );
  });

  it("reads hostile texts in bounded time", () => {
    const hostile = [
      "<p>".repeat(50_000),
      "1/".repeat(100_000),
      "avant le ".repeat(20_000),
      "a@".repeat(50_000),
      `<a href="${"x".repeat(90_000)}`,
      "1 ".repeat(60_000),
    ];
    const start = performance.now();
    for (const description of hostile) suggestFor(aid({ description: `<p>dépôt dossier 10 % € ${description}</p>` }), null);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("suggestions from neighbours", () => {
  const works = (place: number) => ({
    aidId: `works-${place}`,
    content: aid({
      name: "Isoler la toiture d'une école",
      description: "<p>Travaux d'isolation de toiture</p>",
      mobilizationSteps: ["op"],
    }),
  });
  const index = new NeighbourIndex([
    ...Array.from({ length: 9 }, (_, place) => works(place)),
    { aidId: "study", content: aid({ name: "Isoler la toiture", description: "<p>Étude de toiture</p>", mobilizationSteps: ["preop"] }) },
    ...Array.from({ length: 10 }, (_, place) => ({
      aidId: `music-${place}`,
      content: aid({ name: "Jouer de la musique", description: "<p>Concerts et festivals</p>", mobilizationSteps: ["postop"] }),
    })),
  ]);
  const content = aid({ name: "Rénover la toiture", description: "<p>Travaux de toiture d'une école</p>" });
  const steps = (except?: ReadonlySet<string>) =>
    suggestFor(content, index, except).filter(({ field, rule }) => field === "mobilizationSteps" && rule === "neighbours");

  it("suggests what similar aids have, and says how many agree", () => {
    const [one] = steps();
    expect(one?.value).toEqual(["op"]);
    expect(one?.evidence).toMatchObject([{ kind: "neighbours", agreeing: 9, of: 10, term: "op" }]);
  });

  it("is never sure with few labelled aids, because their precision was not measured", () => {
    const strengths = suggestFor(content, index).flatMap((one) => (one.rule.startsWith("neighbours") ? [one.strength] : []));
    expect(new Set(strengths)).toEqual(new Set([0]));
    const many = new NeighbourIndex(
      Array.from({ length: 200 }, (_, place) => works(place)).concat({ aidId: "other", content: aid({ name: "Autre" }) }),
    );
    const strong = suggestFor(content, many).flatMap((one) => (one.rule === "neighbours" ? [one.strength] : []));
    expect(Math.max(...strong)).toBeCloseTo(1);
  });

  it("does not compare a text in another language", () => {
    expect(suggestFor({ ...content, language: "en" }, index).filter(({ rule }) => rule.startsWith("neighbours"))).toEqual([]);
    expect(suggestFor({ ...content, language: "fr" }, index).filter(({ rule }) => rule === "neighbours")).not.toEqual([]);
  });

  it("does not let an excepted aid vote", () => {
    const [one] = steps(new Set(["study"]));
    expect(one?.evidence).toMatchObject([{ agreeing: 9, of: 9 }]);
    expect(steps(new Set(Array.from({ length: 9 }, (_, place) => `works-${place}`)))).toEqual([]);
  });
});
