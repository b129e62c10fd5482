import { describe, expect, it } from "vitest";
import { entryQuestions } from "../../../src/jobs/entry/entry-questions.ts";
import type { AidField } from "../../../src/model/aid/aid.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { newEnteredFile, wholeEntry } from "./entered-file.ts";

/** One other answer to each question, and the field of the aid with its value. */
const others: readonly (readonly [name: string, answer: string | readonly string[], field: AidField, value: unknown])[] = [
  ["name", "Planter des arbres", "name", "Planter des arbres"],
  ["description", "Autre\ntexte", "description", "<p>Autre<br>texte</p>"],
  ["eligibility", "", "eligibility", null],
  ["projectExamples", "Une mare", "projectExamples", "<p>Une mare</p>"],
  ["contact", "Service forêt", "contact", "<p>Service forêt</p>"],
  ["contactEmail", "foret@departement.example", "contactEmail", "foret@departement.example"],
  ["contactPhone", "", "contactPhone", null],
  ["originUrl", "https://departement.example/arbres", "originUrl", "https://departement.example/arbres"],
  ["applicationUrl", "", "applicationUrl", null],
  ["targetedAudiences", ["commune"], "targetedAudiences", ["commune"]],
  ["aidTypes", ["loan"], "aidTypes", ["loan"]],
  ["destinations", ["supply"], "destinations", ["supply"]],
  ["mobilizationSteps", ["postop"], "mobilizationSteps", ["postop"]],
  ["categories", ["montagne"], "categories", ["montagne"]],
  ["recurrence", "Ponctuelle", "recurrence", "oneoff"],
  ["startDate", "2027-01-05", "startDate", "2027-01-05"],
  ["predepositDate", "", "predepositDate", null],
  ["submissionDeadline", "2027-04-30", "submissionDeadline", "2027-04-30"],
  ["isCallForProject", "non", "isCallForProject", false],
  ["shortTitle", "ARBRES27", "shortTitle", "ARBRES27"],
  ["financers", "Département de la Drôme", "financers", [{ name: "Département de la Drôme", siren: null }]],
  ["instructors", "", "instructors", []],
  ["scale", "Toute la France", "perimeters", [expect.objectContaining({ scale: "country" })]],
  ["perimeters", "Isère", "perimeters", [expect.objectContaining({ code: "38" })]],
  ["subventionRateUpperBound", "60", "subventionRateUpperBound", 60],
  ["subventionComment", "au plus", "subventionComment", "au plus"],
  ["loanAmount", "9000", "loanAmount", 9000],
  ["recoverableAdvanceAmount", "", "recoverableAdvanceAmount", null],
  ["otherFinancialAidComment", "tuteurs offerts", "otherFinancialAidComment", "tuteurs offerts"],
  ["isCharged", "oui", "isCharged", true],
  ["europeanAid", "Sectorielle", "europeanAid", "sectorial"],
  ["programs", "", "programs", []],
  ["keywords", "arbre", "keywords", ["arbre"]],
  ["sourceUpdatedDate", "2026-11-03", "sourceUpdatedDate", "2026-11-03"],
];

describe("an aid entered without a file", { timeout: 180_000 }, () => {
  it("has another answer to each question in this test", () => {
    expect(others.map(([name]) => name).sort()).toEqual(
      Object.keys(entryQuestions)
        .filter((name) => name !== "externalId")
        .sort(),
    );
  });

  it("is corrected answer by answer: each changes its field, and no other", async () => {
    const catalogue = await ownCatalogue();
    const file = await newEnteredFile(catalogue, "Agence des haies");
    await file.enter(wholeEntry);
    let before = (await file.aid("00042")).imported;
    for (const [name, answer, field, value] of others) {
      const form = await file.form("00042");
      delete form[`aide.${name}`];
      const run = await file.apply(await file.bizdev.post(file.path, { ...form, [`aide.${name}`]: answer }));
      expect(run.report?.counts.received, name).toBe(1);
      const after = (await file.aid("00042")).imported;
      expect(after[field], name).toEqual(value);
      const also = { name: ["nameInitial"], subventionRateUpperBound: ["subventionRateLowerBound"] }[name] ?? [];
      const changed = Object.keys(after).filter(
        (key) => JSON.stringify(after[key as AidField]) !== JSON.stringify(before[key as AidField]),
      );
      expect(
        changed.filter((key) => key !== field && !also.includes(key)),
        name,
      ).toEqual([]);
      before = after;
      if (name === "scale") {
        await file.enter({ "aide.scale": "Département" }, "00042");
        before = (await file.aid("00042")).imported;
      }
    }
  });
});
