import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Aid } from "../../src/model/aid/aid.ts";
import { canHoldPerson } from "../../src/privacy/can-hold-person.ts";
import { readableView } from "../../src/privacy/readable-view.ts";
import { recogniseIn } from "../../src/privacy/recognise-people.ts";
import { withoutPeopleInAid } from "../../src/privacy/without-people-in-aid.ts";
import { exampleAid } from "../support/example-aid.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { realTexts } from "../support/real-texts.ts";
import { hasSharedData, whySkipped } from "../support/shared-data.ts";

const open = (changes: Partial<Aid>) => withoutPeopleInAid(exampleAid(changes), "mailbox");

describe("an aid without people", () => {
  it("is unchanged if it names nobody, services and mailboxes included", () => {
    const aid = exampleAid({
      contact: '<p>Accueil : 04 75 00 00 00, <a href="mailto:accueil@exemple.fr" rel="noopener">accueil@exemple.fr</a></p>',
      contactEmail: "habitat@exemple.fr",
      contactPhone: "04 75 00 00 00",
      description: "<p>Rue du Général Leclerc, lycée Jean Moulin, ADEME &amp; Région.</p>",
      programs: ["France 2030"],
    });
    expect(withoutPeopleInAid(aid, "keep")).toEqual(aid);
  });

  it.each<[keyof Aid, string, string | null]>([
    ["description", "<p>Le toit.</p><p>Contact : Mme Claire Dupont</p>", "<p>Le toit.</p>"],
    ["eligibility", "<ul><li>Communes</li><li>claire.dupont@exemple.fr</li></ul>", "<ul><li>Communes</li></ul>"],
    ["projectExamples", "<p>M. Pissard, éleveur</p>", null],
    ["contact", "<p>Mme Claire Dupont<br>habitat@exemple.fr</p>", "<p>habitat@exemple.fr</p>"],
    ["contactEmail", "claire.dupont@exemple.fr", null],
    ["contactPhone", "06 12 34 56 78", null],
    ["contactDetail", "Mme Claire Dupont, service habitat", "Service habitat"],
    ["subventionComment", "Voir avec Mme Claire Dupont", null],
    ["importDataMention", "Données de la Région", "Données de la Région"],
    ["originUrl", "https://exemple.fr/?de=claire.dupont%40exemple.fr", null],
    ["originUrl", "https://exemple.fr/?de=accueil@exemple.fr", "https://exemple.fr/?de=accueil@exemple.fr"],
    ["name", "Aide de Mme Claire Dupont", "Aide d’une personne"],
    ["name", "Mme Claire Dupont", "Aide"],
  ])("%s: %s", (field, written, left) => {
    expect(open({ [field]: written })[field]).toBe(left);
  });

  it("organisations, programmes and key words that are people are left out", () => {
    const aid = open({
      financers: [
        { name: "M. Jean Durand", siren: null },
        { name: "Région", siren: null },
      ],
      keywords: ["toit", "claire.dupont@exemple.fr"],
    });
    expect([aid.financers, aid.keywords]).toEqual([[{ name: "Région", siren: null }], ["toit"]]);
  });

  it("a number in a field of its own belongs to the person in the field before", () => {
    const phone = "04 75 00 00 01";
    expect(open({ contactDetail: "Claire DUPONT", contactPhone: phone }).contactPhone).toBeNull();
    expect(open({ contactEmail: "claire.dupont@exemple.fr", contactPhone: phone }).contactPhone).toBeNull();
    expect(open({ contactDetail: "Service habitat", contactPhone: phone }).contactPhone).toBe(phone);
  });

  it("shows the publisher's page where the gate leaves no way to reach a service", () => {
    const page = '<p><a href="https://exemple.fr/aide?a=1&amp;b=2" rel="noopener">Voir le contact sur la page du producteur</a></p>';
    const from = (changes: Partial<Aid>) => open({ contactEmail: null, contactPhone: null, contactDetail: null, ...changes }).contact;
    const originUrl = "https://exemple.fr/aide?a=1&b=2";
    expect(from({ originUrl, contact: "<p>Mme Claire Dupont, 04 75 00 00 01</p>" })).toBe(page);
    expect(from({ originUrl, contact: "<p>Mme Claire Dupont, service habitat</p>" })).toBe(`<p>Service habitat</p>${page}`);
    expect(from({ originUrl, contact: "<p>Mme Claire Dupont, habitat@exemple.fr</p>" })).toBe("<p>habitat@exemple.fr</p>");
    expect(from({ originUrl, contact: "<p>Mme Claire Dupont</p>", contactEmail: "habitat@exemple.fr" })).toBeNull();
    expect(from({ originUrl, contact: "<p>Service habitat</p>" })).toBe("<p>Service habitat</p>");
    expect(from({ originUrl: null, applicationUrl: null, contact: "<p>Mme Claire Dupont</p>" })).toBeNull();
  });

  it("leave-out removes whole contacts", () => {
    const contact = { contact: "<p>Accueil</p>", contactEmail: "accueil@exemple.fr", contactPhone: "3939", contactDetail: "Accueil" };
    const none = { contact: null, contactEmail: null, contactPhone: null, contactDetail: null };
    expect(withoutPeopleInAid(exampleAid(contact), "leave-out")).toMatchObject(none);
    expect(withoutPeopleInAid(exampleAid(contact), "keep")).toMatchObject(contact);
  });
});

/** Returns true if the quick check passes over a text that names people. */
function isMissed(text: string): boolean {
  const view = readableView(text);
  return !canHoldPerson(view) && recogniseIn(view).length > 0;
}

describe("the quick check for people", () => {
  const piece = fc.constantFrom(
    ...[
      "Mme",
      "M.",
      "Claire",
      "DUPONT",
      "Karin",
      "BERNARD",
      "de",
      "La",
      "Tour",
      "J.",
      "Contact :",
      "contacter",
      "chargée de mission",
      "ADEME",
    ],
    ...["c.dupont@exemple.fr", "claire (at) exemple.fr", "04 75 00 00 01", "+33 6 12 34 56 78", "(0)4.75.00.00.01", "2021-2027", "10 000"],
    ...[
      "<p>",
      "</p>",
      "<br>",
      "<strong>",
      "</strong>",
      "&nbsp;",
      "&eacute;",
      "\n",
      ",",
      "le toit",
      "rue",
      "Rémi",
      "Re\u0301mi",
      "Cl\u00adaire",
      "%40",
    ],
    ...[
      "capitaine",
      "MM.",
      "et",
      "Montagne",
      "FORÊT",
      "présidente",
      "explique",
      "d’",
      "Berg",
      "prénom :",
      "linkedin.com/in/claire",
      "0033 6 12 34 56 78",
    ],
    ...["directrice", "Monsieur", "madame", "Nguyễn", "O’Brien", "d’Arcy", "Jean-Pierre", "MARTIN", "–", "Agence", "\\u0043laire"],
  );

  it("never misses a person that the full search finds", () => {
    const texts = fc.array(fc.tuple(piece, fc.constantFrom(" ", " ", " ", "")), { maxLength: 14 }).map((all) => all.flat().join(""));
    fc.assert(
      fc.property(texts, (text) => !isMissed(text)),
      { numRuns: propertyRuns(20_000) },
    );
  });

  it.skipIf(!hasSharedData)(`never misses a person of real aids${whySkipped}`, async () => {
    const missed: string[] = [];
    for await (const { file, text } of realTexts(["publishers"])) if (isMissed(text)) missed.push(`${file}: ${text}`);
    expect(missed).toEqual([]);
  });

  it("makes the full search unnecessary for most texts of aids", () => {
    expect(
      canHoldPerson(
        readableView("<p>L’ADEME et la Région aident les communes de moins de 5 000 habitants en 2021-2027, <strong>à 80 %</strong>.</p>"),
      ),
    ).toBe(false);
  });
});
