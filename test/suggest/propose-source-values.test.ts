import { describe, expect, it } from "vitest";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { proposeSourceValues, type SourceFacts } from "../../src/suggest/propose-source-values.ts";
import { madeContent } from "../support/made-aids.ts";

const department: SourceFacts = {
  name: "Département Exemple",
  kind: "department",
  website: undefined,
  territory: { scale: "department", code: "26" },
};
const grants = ["Rénovation des écoles", "Bibliothèques de village", "Grands projets"].map((name, index) =>
  madeContent({
    name,
    description: "<p>Une subvention de 40 % pour les travaux des communes.</p>",
    originUrl: `https://www.departement.example/aides/${index}`,
  }),
);
const proposed = (aids: readonly AidContent[], source: Partial<SourceFacts> = {}) =>
  new Map(proposeSourceValues({ ...department, ...source }, aids).map((one) => [one.field, one]));

describe("values that a person may choose for all aids of a source", () => {
  it("are the terms that half of the aids' texts support, with one of the texts", () => {
    const found = proposed(grants);
    expect(found.get("aidTypes")).toMatchObject({ lacking: 3, values: ["grant"], reason: { kind: "texts", agreeing: 3, of: 3 } });
    expect(found.get("mobilizationSteps")).toMatchObject({ values: ["preop", "op"] });
    expect(found.get("aidTypes")?.reason).toMatchObject({ example: "Une subvention de 40 % pour les travaux des communes." });
  });

  it("follow the publisher's kind where the texts say nothing, and are left open for a publisher of any kind", () => {
    const silent = [madeContent({ name: "Fonds A" }), madeContent({ name: "Fonds B" })];
    expect(proposed(silent).get("aidTypes")).toMatchObject({ values: ["grant"], reason: { kind: "usual" } });
    expect(proposed(silent, { kind: "public-bank" }).get("aidTypes")).toMatchObject({ values: [], reason: null });
  });

  it("are all steps, or the first two where the texts say so clearly: never the implementation alone", () => {
    const unclear = { values: ["preop", "op", "postop"], reason: { kind: "unclear" } };
    const silent = [madeContent({ name: "Fonds A" }), madeContent({ name: "Fonds B" })];
    expect(proposed(silent).get("mobilizationSteps")).toMatchObject(unclear);
    const used = { ...(grants[0] as AidContent), mobilizationSteps: ["postop" as const] };
    expect(proposed([...grants, used]).get("mobilizationSteps")).toMatchObject(unclear);
    expect(proposed([...grants, ...grants, used]).get("mobilizationSteps")).toMatchObject({
      values: ["preop", "op"],
      reason: { kind: "texts", agreeing: 6, of: 7 },
    });
    const early = { ...(grants[0] as AidContent), mobilizationSteps: ["preop" as const] };
    expect(proposed([early, early, early, ...grants.slice(0, 2)]).get("mobilizationSteps")).toMatchObject(unclear);
  });

  it("are the expenses that half of the texts of grants support, and all expenses for loans", () => {
    const untyped = { description: "<p>Pour vos travaux et vos investissements.</p>" };
    const named = ["A", "B", "C"].map((name) => `Fonds ${name}`);
    const of = (type: "grant" | "loan") => proposed(named.map((name) => madeContent({ ...untyped, name, aidTypes: [type] })));
    expect(of("grant").get("destinations")).toMatchObject({ values: ["investment"] });
    expect(of("loan").get("destinations")).toMatchObject({ values: ["supply", "investment"], reason: { kind: "unclear" } });
  });

  it("are the publisher, its territory and its site, or the site of the links; an aggregator finances nothing", () => {
    const found = proposed(grants);
    expect(found.get("financers")?.values).toEqual(["Département Exemple"]);
    expect(found.get("perimeters")?.values).toEqual(["department:26"]);
    expect(found.get("contact")).toMatchObject({
      values: ["Département Exemple : https://www.departement.example/"],
      reason: { kind: "website", from: "links" },
    });
    expect(proposed(grants, { website: "https://drome.example/" }).get("contact")?.values).toEqual([
      "Département Exemple : https://drome.example/",
    ]);
    expect(proposed(grants, { kind: "aggregator" }).get("financers")?.values).toEqual([]);
    expect(proposed(grants, { kind: "aggregator" }).get("contact")?.values).toEqual([]);
  });

  it("ask for nothing that all aids have, nor for what cannot be the same in all", () => {
    const whole = grants.map((content) => ({ ...content, aidTypes: ["technical-engineering" as const], recurrence: "oneoff" as const }));
    const found = proposed(whole);
    expect(found.has("aidTypes")).toBe(false);
    expect(found.has("destinations")).toBe(false);
    expect(found.has("recurrence")).toBe(false);
    expect([...found.keys()]).not.toContain("submissionDeadline");
  });

  it("make aids without any deadline permanent, and leave others open", () => {
    expect(proposed(grants).get("recurrence")).toMatchObject({ values: ["ongoing"], reason: { kind: "no-deadline" } });
    const [first, ...others] = grants;
    const dated = [{ ...(first as AidContent), submissionDeadline: "2027-03-31" }, ...others];
    expect(proposed(dated).get("recurrence")).toMatchObject({ values: [], reason: null });
  });

  it("count the aids whose title names a theme", () => {
    expect(proposed(grants).get("categories")).toMatchObject({ values: [], named: 1 });
  });
});
