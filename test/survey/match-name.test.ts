import { describe, expect, it } from "vitest";
import { aidFields } from "../../src/model/aid/aid.ts";
import type { OwnField } from "../../src/model/survey/own-field.ts";
import { isForMachines, isPrivate, knownNames, nameScore } from "../../src/survey/profile/match-name.ts";
import { nameWords } from "../../src/survey/profile/name-words.ts";

const fields = Object.keys(knownNames) as OwnField[];

/** Returns our field whose name best matches a field of the feed. */
function bestFor(path: string): string {
  const scored = fields.map((field) => ({ field, score: nameScore(path, field) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score >= 0.5 ? best.field : "none";
}

it("words of a name ignore case, accents, plurals, articles, camelCase and prefixes of systems", () => {
  expect(nameWords("Date d’ouverture")).toEqual(["date", "ouverture"]);
  expect(nameWords("dateOuvertureCampagne")).toEqual(["date", "ouverture", "campagne"]);
  expect(nameWords("publicsBeneficiaire[].title")).toEqual(["public", "beneficiaire"]);
  expect(nameWords("title.rendered")).toEqual(["title"]);
  expect(nameWords("fields.date_de_fin")).toEqual(["date", "fin"]);
  expect(nameWords("dates_deadline-2")).toEqual(["date", "deadline"]);
  expect(nameWords("aide")).toEqual(["aide"]);
});

describe("publishers' names of fields", () => {
  const named: readonly (readonly [string, OwnField])[] = [
    ["titre", "name"],
    ["Nom de l’aide", "name"],
    ["aide_nom", "name"],
    ["post_title", "name"],
    ["referenceAdministrative", "externalId"],
    ["intervention_id", "externalId"],
    ["Uid", "externalId"],
    ["date_fin", "submissionDeadline"],
    ["dateCloture", "submissionDeadline"],
    ["Date limite de dépôt", "submissionDeadline"],
    ["pro_fin", "submissionDeadline"],
    ["date_debut", "startDate"],
    ["dates_open-1", "startDate"],
    ["début de validité", "startDate"],
    ["date_derniere_modification", "sourceUpdatedDate"],
    ["modificationDate", "sourceUpdatedDate"],
    ["publicsBeneficiaire[].title", "targetedAudiences"],
    ["filtres_beneficiaries", "targetedAudiences"],
    ["cible_projet", "targetedAudiences"],
    ["Bénéficiaires de l'aide", "targetedAudiences"],
    ["thematiques", "categories"],
    ["competences[].title", "categories"],
    ["type_de_subvention", "aidTypes"],
    ["nature de l'aide", "aidTypes"],
    ["url_agir", "originUrl"],
    ["Lien vers le descriptif complet", "originUrl"],
    ["Lien Je fais ma demande", "applicationUrl"],
    ["url_candidature", "applicationUrl"],
    ["description_longue", "description"],
    ["Chapo", "description"],
    ["eligibilite", "eligibility"],
    ["critère de sélection", "eligibility"],
    ["contact", "contact"],
    ["contact_email", "contactEmail"],
    ["eligibilite_geographique", "perimeters"],
    ["couverture_geo.libelle", "perimeters"],
    ["Taux de subvention max. (en %)", "subventionRateUpperBound"],
    ["AAP", "isCallForProject"],
    ["relations_programmes", "programs"],
  ];
  it.each(named)("%s is our %s", (path, field) => {
    expect(bestFor(path)).toBe(field);
  });

  it.each(["naf1etlib", "latitude", "couleur"])("%s is not an aid field", (path) => {
    expect(bestFor(path)).toBe("none");
  });

  it("a date is a date of change only if its name says so: a publication date is not", () => {
    expect(bestFor("date")).toBe("sourceUpdatedDate");
    expect(nameScore("date_publication", "sourceUpdatedDate")).toBe(0);
  });
});

it("fields that must not be shown, and technical fields", () => {
  expect(isPrivate("informationNonPubliee")).toBe(true);
  expect(isPrivate("publics")).toBe(false);
  expect(isForMachines("metaDescription")).toBe(true);
  expect(isForMachines("description")).toBe(false);
});

it("the lists of publishers' names belong to aid fields or the identifier", () => {
  expect(["externalId", ...aidFields]).toEqual(expect.arrayContaining(fields));
});
