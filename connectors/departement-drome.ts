import { aidesTerritoiresApi, choose, constant, firstOf, html, section, terms, when } from "moisson/connector-kit";

/** Headings of older descriptions. Most aids do not have them, so a missing heading is not reported. */
const conditions = "Opérations éligibles";
const service = "Service Instructeur et Référent";
const hasConditions = { field: "description", hasWords: [conditions] };
const namesTheService = { field: "description", hasWords: [service] };

/**
 * Département de la Drôme, services to collectivities: 166 aids in the format of Aides-territoires' public API. Most keys are null.
 *
 * Oddities:
 * - the feed begins with a byte order mark;
 * - `next` may name a further page, which no earlier importer followed;
 * - financers differ from aid to aid (the department, the chamber of agriculture…). They are a text here and a list in Aides-territoires'
 *   API;
 * - older descriptions contain the conditions ("Opérations éligibles" up to "Type d’aide") and the contact ("Service Instructeur et
 *   Référent"). Recent ones have other headings, in capitals;
 * - labels are plural, as in the edit form of Aides-territoires. `recurrence` contains a label, not a slug;
 * - all dates are null so far;
 * - some short titles are longer than our limit of 64 characters. Some e-mail addresses have a stray letter before the link, and some links
 *   surround whole paragraphs.
 */
export const connector = aidesTerritoiresApi({
  id: "departement-drome",
  servedBy: "publisher",
  publisher: {
    name: "Département de la Drôme",
    siren: "222600017",
    kind: "department",
    territory: { scale: "department", code: "26" },
    website: "https://collectivites.ladrome.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  importIdPrefix: "CDDr_",
  schedule: "30 2 * * *",
  feed: { urlFrom: "MOISSON_URL_DEPARTEMENT_DROME" },
  fields: {
    description: html(firstOf(when(namesTheService, section("description", { to: service })), "description")),
    eligibility: html(firstOf("eligibility", when(hasConditions, section("description", { from: conditions, to: "Type d’aide" })))),
    contact: html(firstOf("contact", when(namesTheService, section("description", { from: service })))),
    mobilizationSteps: choose(
      [{ when: { field: "mobilization_steps", isFilled: true }, use: terms("mobilization_steps", "mobilizationSteps") }],
      constant(["preop", "op"]),
    ),
  },
  expect: { atLeast: 80 },
});
