import { describe, expect, it } from "vitest";
import { adoptedEdits, differingFields } from "../../../src/curation/adoption/compare-contents.ts";
import { defaultPolicy } from "../../../src/model/aid/field-policy.ts";
import { madeContent } from "../../support/made-aids.ts";

const organisation = (name: string, siren: string | null = null) => ({ name, siren });

describe("differingFields", () => {
  it("returns the differing fields with both values, except fields missing in the export", () => {
    const publisher = madeContent({ name: "Aide aux gymnases", startDate: "2025-01-01", aidTypes: ["grant", "loan"], loanAmount: 100 });
    expect(differingFields(publisher, { name: "Rénover un gymnase", startDate: null, aidTypes: ["loan", "grant"] })).toEqual([
      { field: "name", publisher: "Aide aux gymnases", live: "Rénover un gymnase" },
      { field: "startDate", publisher: "2025-01-01", live: null },
    ]);
  });

  it("finds no difference in spelling: blanks that the site's export puts around tags, the order of a set", () => {
    const publisher = madeContent({
      description: "<p>Au cœur de l'<strong>eau</strong>.<br>Oui</p>",
      financers: [organisation("A"), organisation("B")],
    });
    const live = { description: "<p>Au cœur de l' <strong>eau</strong> .<br />Oui</p>", financers: [organisation("B"), organisation("A")] };
    expect(differingFields(publisher, live)).toEqual([]);
    expect(differingFields(publisher, { description: "<p>Au cœur de l'eau.<br>Non</p>" })).toHaveLength(1);
  });

  it("treats the site's false and 0 for unknown values as empty", () => {
    expect(
      differingFields(madeContent(), { isCharged: false, isCallForProject: false, loanAmount: 0, subventionRateLowerBound: 0 }),
    ).toEqual([]);
    expect(differingFields(madeContent({ isCharged: true, loanAmount: 5 }), { isCharged: false, loanAmount: 0 })).toHaveLength(2);
    expect(differingFields(madeContent(), { isCharged: true })).toHaveLength(1);
  });

  it("matches an organisation by name, with or without SIREN in the export", () => {
    const publisher = madeContent({ financers: [organisation("Agence de l'Eau", "180000001")] });
    expect(differingFields(publisher, { financers: [organisation("agence de l’eau")] })).toEqual([]);
    expect(
      differingFields(madeContent({ financers: [organisation("ADEME")] }), { financers: [organisation("ADEME", "385290309")] }),
    ).toEqual([]);
    expect(differingFields(publisher, { financers: [organisation("Agence de l'Eau", "999999999")] })).toHaveLength(1);
  });
});

describe("adoptedEdits", () => {
  const imported = madeContent({
    name: "Aide aux gymnases",
    nameInitial: "Aide aux gymnases",
    description: "<p>Toit.</p>",
    eligibility: "<p>Communes.</p>",
    originUrl: "https://exemple.fr/a",
    submissionDeadline: "2025-06-30",
    importDataMention: "Source : la Région",
    financers: [organisation("Région", "200053767")],
    contact: "<p>Mairie</p>",
  });
  const live = {
    content: {
      name: "Rénover un gymnase",
      nameInitial: "Gymnases",
      description: "<p>Toit et sol.</p>",
      eligibility: null,
      originUrl: "https://exemple.fr/b",
      submissionDeadline: "2024-06-30",
      importDataMention: "Autre",
      categories: ["sport" as const],
      subventionRateUpperBound: 80,
      financers: [organisation("Région"), organisation("Département")],
    },
  };

  it("keeps rewritten names, corrected texts, terms and amounts, but no field that follows the publisher, is empty or is missing", () => {
    expect(adoptedEdits(imported, live, defaultPolicy)).toEqual({
      name: "Rénover un gymnase",
      description: "<p>Toit et sol.</p>",
      categories: ["sport"],
      subventionRateUpperBound: 80,
      financers: [organisation("Région", "200053767"), organisation("Département")],
    });
  });

  it("follows the connector's policies", () => {
    expect(adoptedEdits(imported, live, (field) => (field === "submissionDeadline" ? "fill" : "publisher"))).toEqual({
      submissionDeadline: "2024-06-30",
    });
  });
});
