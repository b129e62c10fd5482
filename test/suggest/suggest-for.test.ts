import { describe, expect, it } from "vitest";
import type { AidContent, AidField } from "../../src/model/aid/aid.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import { suggestFor } from "../../src/suggest/suggest-for.ts";

const aid = (filled: Partial<AidContent>) => wholeContent({ name: "Financer un projet", importShareLicence: "unknown", ...filled });
const suggestedIn = (description: string, field: AidField, others: Partial<AidContent> = {}) =>
  suggestFor(aid({ description, ...others }))
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
    const [one] = suggestFor(aid({ eligibility: "<p>Bénéficiaires : communes de moins de 2 000 habitants.</p>" })).filter(
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
    const found = suggestFor(aid({ eligibility: `<p>Bénéficiaires : ${text}</p>` })).find(({ field }) => field === "targetedAudiences");
    expect(found?.conditions).toMatchObject([{ minPopulation, maxPopulation }]);
  });

  it("gives the sentence as evidence, and nothing for a filled field", () => {
    const content = aid({ description: "<p>Une aide.</p><p>Dépôt des dossiers avant le 31/03/2027.</p>" });
    const [deadline] = suggestFor(content).filter(({ field }) => field === "submissionDeadline");
    expect(deadline?.evidence).toEqual([{ kind: "sentence", from: "description", text: "Dépôt des dossiers avant le 31/03/2027." }]);
    expect(suggestFor({ ...content, submissionDeadline: "2027-01-01" }).map(({ field }) => field)).not.toContain("submissionDeadline");
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
    for (const description of hostile) suggestFor(aid({ description: `<p>dépôt dossier 10 % € ${description}</p>` }));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
