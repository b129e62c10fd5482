import { describe, expect, it } from "vitest";
import { excludedCountMessage, excludedReasonMessage, keptRecordsMessage, ruleMessage } from "../../src/french/rules.ts";
import { capture, field, firstOf, join, json, split, when } from "../../src/kit/expressions/expression.ts";
import { choose } from "../../src/kit/field-rules.ts";
import { constant } from "../../src/kit/rules/constant.ts";
import { date } from "../../src/kit/rules/date.ts";
import { perimeters } from "../../src/kit/rules/perimeters.ts";
import { terms } from "../../src/kit/rules/terms.ts";
import { text } from "../../src/kit/rules/texts.ts";
import { yesNo } from "../../src/kit/rules/yes-no.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";

const plain = (words: string) => words.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");

it.each([
  ["name", text("titre"), "le champ « titre », sur une ligne"],
  ["name", text(firstOf("libelle", "titre")), "le premier rempli parmi le champ « libelle » et le champ « titre », sur une ligne"],
  ["submissionDeadline", date("fin", ["dd/MM/yyyy", "iso"]), "le champ « fin », date écrite jj/mm/aaaa ou comme 2026-11-25"],
  [
    "submissionDeadline",
    date(when({ field: "type", isOneOf: ["AAP", "AMI"] }, "fin"), ["d MMMM yyyy HH:mm"]),
    "le champ « fin » si le champ « type » vaut « AAP » ou « AMI », date écrite j mois aaaa hh:mn",
  ],
  [
    "targetedAudiences",
    terms(split("publics", ";"), "targetedAudiences"),
    "le champ « publics », coupé à chaque « ; », d’après la correspondance des mots",
  ],
  ["aidTypes", constant(["grant"]), "toujours « Subvention »"],
  [
    "perimeters",
    perimeters("lieu", { written: "name", scales: ["region", "department"] }),
    "le champ « lieu », noms de territoires (région, département)",
  ],
  ["isCharged", yesNo("payant", { yes: ["P"] }), "le champ « payant », oui ou non (« P » veut dire oui)"],
  [
    "recurrence",
    choose([{ when: { field: "fin", isFilled: true }, use: constant("oneoff") }], constant("ongoing")),
    "si le champ « fin » est rempli, toujours « Ponctuelle » ; sinon, toujours « Permanente »",
  ],
  [
    "name",
    text(join([field("a"), json("b", { path: "[].c" }), capture("d", "(.+)")], ", ")),
    "le champ « a », « [].c » dans le champ « b » et ce que le motif « (.+) » trouve dans le champ « d » mis bout à bout, sur une ligne",
  ],
] as const)("%s", (aidField, rule, said) => {
  expect(plain(ruleMessage(aidField, rule as never))).toBe(said);
});

it("every rule of every connector can be put into words", async () => {
  for (const { definition } of await loadedConnectors()) {
    for (const [name, rule] of Object.entries(definition.fields)) {
      const said = ruleMessage(name as never, rule as never);
      expect(said, `${definition.id} ${name}`).toMatch(/^[a-zà«]/);
      expect(said).not.toMatch(/undefined|\[object/);
    }
  }
});

const closed = [{ when: { not: { field: "status", isOneOf: ["Closed"] } }, reason: "closed call" }];
const plainly = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("excluded records, in French", () => {
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

  it("the kept records, and the number of excluded ones", () => {
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
