import { expect, it } from "vitest";
import { ruleMessage } from "../../src/french/rules.ts";
import { capture, field, firstOf, join, json, split, when } from "../../src/kit/expressions/expression.ts";
import { choose } from "../../src/kit/field-rules.ts";
import { constant } from "../../src/kit/rules/constant.ts";
import { date } from "../../src/kit/rules/date.ts";
import { perimeters } from "../../src/kit/rules/perimeters.ts";
import { terms } from "../../src/kit/rules/terms.ts";
import { text } from "../../src/kit/rules/text.ts";
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

it("every rule of every connector has words", async () => {
  for (const { definition } of await loadedConnectors()) {
    for (const [name, rule] of Object.entries(definition.fields)) {
      const said = ruleMessage(name as never, rule as never);
      expect(said, `${definition.id} ${name}`).toMatch(/^[a-zà«]/);
      expect(said).not.toMatch(/undefined|\[object/);
    }
  }
});
