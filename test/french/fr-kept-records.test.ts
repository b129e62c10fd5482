import { describe, expect, it } from "vitest";
import { excludedCountMessage, excludedReasonMessage, keptRecordsMessage } from "../../src/french/rules.ts";

const closed = [{ when: { not: { field: "status", isOneOf: ["Closed"] } }, reason: "closed call" }];
const plainly = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("records that are left out, in French", () => {
  it.each([
    ["closed call", closed, "le champ « status » vaut « Closed »"],
    ["open only", [{ when: { field: "etat", isOneOf: ["ouvert"] }, reason: "open only" }], "le champ « etat » ne vaut pas « ouvert »"],
    ["etat: clos: 2025", { field: "etat", isOneOf: ["ouvert"] }, "le champ « etat » vaut « clos: 2025 »"],
    ["dc: type: clos", { field: "dc: type", isOneOf: ["ouvert"] }, "le champ « dc: type » vaut « clos »"],
    ["etat: (vide)", { field: "etat", isFilled: true }, "le champ « etat » est vide"],
    ["etat: clos", undefined, "le champ « etat » vaut « clos »"],
    ["langue: en, etat: clos", undefined, "langue: en, etat: clos"],
    ["an older reason", closed, "an older reason"],
  ])("the reason %s", (reason, keepWhen, said) => {
    expect(plainly(excludedReasonMessage(reason, keepWhen))).toBe(said);
  });

  it("which count, and how many do not", () => {
    expect(plainly(keptRecordsMessage(closed))).toBe("ceux dont le champ « status » ne vaut pas « Closed »");
    expect(keptRecordsMessage(undefined)).toBe("tous les enregistrements");
    expect(plainly(excludedCountMessage({ records: 354, of: 1454 }))).toBe(
      "1 100 fiches sur 1 454 sont laissées de côté, 354 sont gardées.",
    );
    expect(plainly(excludedCountMessage({ records: 1, of: 2 }))).toBe("1 fiche sur 2 est laissée de côté, 1 est gardée.");
    expect(plainly(excludedCountMessage({ records: 1, of: 1 }))).toBe("Aucune fiche n’est laissée de côté : elle est gardée.");
    expect(plainly(excludedCountMessage({ records: 3, of: 3, isBeginning: true }))).toContain("Seul le début du flux a été regardé");
    expect(excludedCountMessage({ records: 0, of: 3 })).toContain("aucune n’est gardée");
  });
});
