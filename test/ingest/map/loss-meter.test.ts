import { describe, expect, it } from "vitest";
import { LossMeter } from "../../../src/ingest/map/loss-meter.ts";
import type { FieldRules } from "../../../src/kit/field-rules.ts";
import { date, html, identifier, join, json, list, organisations, terms, text, url } from "../../../src/kit/index.ts";
import { type Issue, issue } from "../../../src/model/issue.ts";
import { compiledConnector } from "../../support/sound-connector.ts";

const fields: Partial<FieldRules> = { externalId: identifier("id"), name: text("titre"), description: html("texte") };

/** Returns the losses of a record as `kind path: value, value`. */
function lossesOf(
  values: Record<string, unknown>,
  content: Record<string, unknown>,
  {
    rules = {},
    issues = [],
    ...rest
  }: { rules?: Partial<FieldRules>; issues?: Issue[]; ignored?: string[]; placeholders?: string[]; noise?: string[] } = {},
): string[] {
  const connector = compiledConnector({ ...rest, fields: { ...fields, ...rules } as FieldRules }).connector;
  return new LossMeter(connector)
    .measure({ values, externalId: "1", content, issues })
    .filter(({ lost }) => lost.length > 0)
    .map(({ kind, path, lost }) => `${kind} ${path}: ${lost.join(", ")}`);
}

describe("a record loses", () => {
  it("links, documents and images that are nowhere in the aid", () => {
    const texte = '<a href="/fiche/1">Fiche</a> https://a.fr/p. <img src="https://a.fr/i.png"> [doc](https://a.fr/r.pdf)';
    expect(lossesOf({ texte }, { description: "<p>Fiche doc</p>" })).toEqual([
      "link texte: https://a.fr/p, /fiche/1",
      "image texte: https://a.fr/i.png",
      "document texte: https://a.fr/r.pdf",
    ]);
  });

  it("mail addresses, phone numbers and dates", () => {
    const values = { contact: "Service des aides, aides@a.fr, +33 (0)1 02 03 04 05, avant le 1er mars 2027" };
    expect(lossesOf(values, { contact: "Service des aides, avant" })).toEqual([
      "mail contact: aides@a.fr",
      "phone contact: +33 (0)1 02 03 04 05",
      "date contact: 1er mars 2027",
      "word contact: le",
    ]);
  });

  it("words, in the field where they are", () => {
    expect(lossesOf({ etapes: [{ texte: "Déposez un dossier" }] }, { description: "<p>un</p>" })).toEqual([
      "word etapes[].texte: deposez, dossier",
    ]);
  });

  it("members of JSON in a cell, but not the values that the rule compares", () => {
    const rules = { instructors: organisations(json("porteurs", { where: { key: "roles", isOneOf: ["instructeur"] } }), { name: "nom" }) };
    const porteurs = "[{ nom: 'ADEME', roles: ['instructeur'] }, { nom: 'Agence', roles: ['diffuseur'] }]";
    expect(lossesOf({ porteurs }, { instructors: [{ name: "ADEME", siren: null }] }, { rules })).toEqual(["word porteurs[].nom: agence"]);
  });
});

describe("a record does not lose", () => {
  it.each([
    ["a link without its tracking, scheme and final slash", "http://www.a.fr/p/?utm_source=x", "https://a.fr/p"],
    ["a mistyped scheme that was repaired", "htpp://a.fr/p", "https://a.fr/p"],
    ["a phone number in another notation", "0102030405", "<p>01 02 03 04 05</p>"],
    ["a date in another notation", "2027-03-01", "<p>1<sup>er</sup> mars 2027, 01/03/2027</p>"],
    ["entities, accents, tags and capitals", "<p>L&rsquo;&Eacute;COLE</p>", "l’école"],
    ["the emphasised first letter of a word", "**R**enseigner", "<p><strong>R</strong>enseigner</p>"],
    ["a mail address behind mailto:", "[écrire](mailto:A@a.fr)", '<a href="mailto:a@a.fr">écrire</a>'],
  ])("%s", (_, texte, description) => {
    expect(lossesOf({ texte }, { description })).toEqual([]);
  });

  it("the day before in UTC, if the aid has the day in Paris", () => {
    expect(
      lossesOf({ fin: "2019-07-07T22:00:00.000Z" }, { submissionDeadline: "2019-07-08" }, { rules: { startDate: date("fin", ["iso"]) } }),
    ).toEqual([]);
  });

  it("words that a rule translates or compares, ignored fields, placeholders and noise", () => {
    const values = { public: "Communes", slug: "une-aide", tech: { id: "a" }, note: "à définir", titre: "Aide, gda_editeur" };
    const options = { ignored: ["slug", "tech.id"], placeholders: ["à définir"], noise: [", gda_editeur"] };
    expect(lossesOf(values, { name: "Aide" }, { ...options, rules: { targetedAudiences: terms("public", "targetedAudiences") } })).toEqual(
      [],
    );
  });

  it("what an issue reports", () => {
    const issues = [issue("map", "unreadable-url", { field: "originUrl", value: "https://jean:x@a.fr/p" })];
    expect(lossesOf({ lien: "https://jean:x@a.fr/p" }, {}, { issues, rules: { originUrl: url("lien") } })).toEqual([]);
  });

  it("what another field of the aid contains", () => {
    const rules = { keywords: list("mots"), contact: html(join(["a", "b"])) };
    expect(lossesOf({ mots: "eau", a: "x@a.fr" }, { keywords: ["Eau"], contactEmail: "x@a.fr" }, { rules })).toEqual([]);
  });
});

it("a hostile text takes a time proportional to its length", () => {
  const hostile = ["a", "@", ".", "<", "0 ", "www.", "[](", "1/1/", "<a ", "http:", "+33", "{"].map((piece) =>
    piece.repeat(100_000 / piece.length),
  );
  const before = process.cpuUsage();
  lossesOf(Object.fromEntries(hostile.map((value, index) => [`f${index}`, value])), { description: hostile.join(" ") });
  const { user } = process.cpuUsage(before);
  expect(user / 1000).toBeLessThan(4000);
});
