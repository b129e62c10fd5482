import { describe, expect, it } from "vitest";
import { proposeConnector } from "../../src/survey/propose/propose-connector.ts";
import { lookupOf } from "../support/read-value.ts";
import { plainOptions, proposalFor, records, ruleOf, surveyOf } from "./survey-of.ts";

const sentence = "La Région accompagne les communes qui rénovent leurs écoles, sur présentation de trois devis détaillés.";

/** Returns the proposal for aids with more columns. */
function withColumns(columns: (number: number) => Record<string, unknown>) {
  return proposalFor(
    records(20, (n) => ({ code: `AIDE-${n}`, titre: `Aide à la rénovation des écoles n° ${n}`, presentation: sentence, ...columns(n) })),
  );
}

function reads(proposal: Awaited<ReturnType<typeof withColumns>>, field: string): readonly string[] {
  return proposal.fields.find((found) => found.field === field)?.from ?? [];
}

describe("a proposal that the values contradict is not made", () => {
  it("names of recipients are no titles", async () => {
    const proposal = await proposalFor(
      records(20, (n) => ({
        nomBeneficiaire: `SARL DUPONT ${n}`,
        dispositif: `Aide à la modernisation des vergers, volet ${n}`,
        montant: 50 * n,
      })),
    );
    expect(reads(proposal, "name")).toEqual(["dispositif"]);
  });

  it("UUIDs are no titles", async () => {
    const uuid = (n: number) => `65d5b6c7-102c-4440-ac3b-768f708edc${String(n).padStart(2, "0")}`;
    const proposal = await proposalFor(
      records(20, (n) => ({ titre: uuid(n), sujet_de_la_fiche: `Soutien aux radios locales, année ${2000 + n}` })),
    );
    expect(reads(proposal, "name")).toEqual(["sujet_de_la_fiche"]);
  });

  it("sizes of companies are no financers", async () => {
    const proposal = await withColumns((n) => ({ structure_sizes: ["tpe", "pme", "eti"][n % 3] }));
    expect(reads(proposal, "financers")).toEqual([]);
  });

  it("paths of files are no description", async () => {
    const proposal = await proposalFor(
      records(20, (n) => ({ titre: `Aide à la rénovation des écoles n° ${n}`, content: `uploads/2024/fiche-${n}.pdf` })),
    );
    expect(reads(proposal, "description")).toEqual([]);
  });

  it("links that share a page are no contact, no page and no form", async () => {
    const proposal = await withColumns((n) => ({
      contact: `mailto:?subject=Aide ${n}&body=https://example.org/${n}`,
      lien: `https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.org%2F${n}`,
    }));
    expect([reads(proposal, "contact"), reads(proposal, "originUrl"), reads(proposal, "applicationUrl")]).toEqual([[], [], []]);
  });

  it("amounts are no conditions", async () => {
    const proposal = await withColumns((n) => ({ conditions: String(1000 * n) }));
    expect(reads(proposal, "eligibility")).toEqual([]);
    expect(reads(await withColumns((n) => ({ montant: String(1000 * n) })), "eligibility")).toEqual([]);
  });

  it("a second deadline is no date of update", async () => {
    const proposal = await withColumns((n) => ({ closeDate: `2026-03-${10 + (n % 9)}`, s2Date: `2026-09-${10 + (n % 9)}` }));
    expect(reads(proposal, "sourceUpdatedDate")).toEqual([]);
  });

  it("days in the future are no date of update, but a deadline", async () => {
    const survey = await surveyOf(
      records(20, (n) => ({ titre: `Aide à la rénovation des écoles n° ${n}`, date: `2026-09-${10 + (n % 9)}` })),
      { today: "2026-05-01" },
    );
    const proposal = proposeConnector(survey, lookupOf({}), plainOptions);
    expect(reads(proposal, "sourceUpdatedDate")).toEqual([]);
    expect(reads(proposal, "submissionDeadline")).toEqual(["date"]);
  });
});

describe("one field for several of ours, several for one", () => {
  it("reads an e-mail address and a phone number in one cell", async () => {
    const proposal = await withColumns((n) => ({
      "Service / contact": `Aides aux communes - 02 43 59 ${10 + n} 12 - aides${n}@example.org`,
    }));
    for (const [field, value] of [
      ["contactEmail", "aides7@example.org"],
      ["contactPhone", "02 43 59 17 12"],
    ] as const) {
      const rule = ruleOf(proposal, field) as { of: { kind: string; pattern: string } };
      expect(rule).toMatchObject({ kind: "text", of: { kind: "capture", of: { path: "Service / contact" } } });
      expect(new RegExp(rule.of.pattern, "u").exec("Aides aux communes - 02 43 59 17 12 - aides7@example.org")?.[1]).toBe(value);
    }
    expect(reads(proposal, "contact")).toEqual(["Service / contact"]);
  });

  it("reads both bounds of a rate that is written as a range", async () => {
    const proposal = await withColumns((n) => ({ Taux: n % 2 === 0 ? "entre 20 et 50 %" : "30 %" }));
    expect(ruleOf(proposal, "subventionRateLowerBound")).toMatchObject({ bound: "lower", of: { path: "Taux" } });
    expect(ruleOf(proposal, "subventionRateUpperBound")).toMatchObject({ bound: "upper", of: { path: "Taux" } });
  });

  it("reads the later of two deadlines", async () => {
    const proposal = await withColumns((n) => ({
      "Date limite 1re session": `${10 + (n % 9)}/04/2026`,
      "Date limite 2e session": `${10 + (n % 9)}/10/2026`,
    }));
    expect(ruleOf(proposal, "submissionDeadline")).toMatchObject({ kind: "date", pick: "latest" });
    expect(reads(proposal, "submissionDeadline")).toEqual(["Date limite 1re session", "Date limite 2e session"]);
  });

  it("reads the day in a sentence, and sentences without a day as permanent", async () => {
    const proposal = await withColumns((n) => ({ "Dépôt des dossiers": n % 3 === 0 ? "au fil de l'eau" : "avant le 31/03/2026" }));
    expect(ruleOf(proposal, "submissionDeadline")).toMatchObject({ kind: "date", of: { kind: "capture" }, formats: ["dd/MM/yyyy"] });
    expect(JSON.stringify(ruleOf(proposal, "recurrence"))).toContain('"isOneOf":["au fil de l\'eau"]');
  });

  it("an amount is no description by itself, and comes after the texts", async () => {
    const amounts = (n: number) => ({ Plafond: `${5000 + n} €` });
    const alone = await proposalFor(records(20, (n) => ({ titre: `Aide à la rénovation des écoles n° ${n}`, ...amounts(n) })));
    expect(reads(alone, "description")).toEqual([]);
    const beside = await proposalFor(records(20, (n) => ({ titre: `Aide n° ${n} aux écoles`, ...amounts(n), descriptif: sentence })));
    expect(reads(beside, "description")).toEqual(["descriptif", "Plafond"]);
  });
});

describe("lists in cells", () => {
  it("one semicolon in one cell is not the separator of a list with commas", async () => {
    const proposal = await withColumns((n) => ({
      beneficiaires:
        n === 3 ? "Communes; Associations" : ["Communes, Associations loi 1901, Particuliers", "Associations, Communes"][n % 2],
    }));
    expect(ruleOf(proposal, "targetedAudiences")).toMatchObject({ of: { kind: "split", separator: "," } });
  });
});

describe("everyday and foreign names", () => {
  const named: readonly (readonly [string, string, (n: number) => string])[] = [
    ["Dépôt des dossiers", "applicationUrl", (n) => `https://demarches.example.org/${n}`],
    ["En savoir +", "originUrl", (n) => `https://example.org/aides/${n}`],
    ["Antragsfrist", "submissionDeadline", (n) => `2026-03-${10 + (n % 9)}`],
    ["Fecha de cierre", "submissionDeadline", (n) => `2026-03-${10 + (n % 9)}`],
    ["Scadenza", "submissionDeadline", (n) => `2026-03-${10 + (n % 9)}`],
    ["Zielgruppe", "targetedAudiences", (n) => ["Gemeinden", "Vereine"][n % 2] as string],
    ["Fördersatz", "subventionRateUpperBound", (n) => `${20 + n} %`],
  ];
  it.each(named)("%s is our %s", async (path, field, value) => {
    expect(reads(await withColumns((n) => ({ [path]: value(n) })), field)).toEqual([path]);
  });
});
