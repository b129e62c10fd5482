import { aidesTerritoiresApi, choose, constant, firstOf, html, section, terms, when } from "moisson/connector-kit";

/** Headings of older descriptions. Most aids have none of them, so a missing heading is not reported. */
const conditions = "Opérations éligibles";
const service = "Service Instructeur et Référent";
const hasConditions = { field: "description", hasWords: [conditions] };
const namesTheService = { field: "description", hasWords: [service] };

/**
 * Département de la Drôme, services to collectivities: 166 aids announced, shaped like Aides-territoires' own public API, most keys null.
 *
 * Oddities:
 * - the feed begins with a byte order mark; `next` may name a further page, which no earlier importer followed;
 * - financers differ from aid to aid (the department, the chamber of agriculture…). They are a text here, a list in the API it copies;
 * - older descriptions hold the conditions ("Opérations éligibles" up to "Type d’aide") and the contact ("Service Instructeur et Référent");
 *   those of today have other headings, in capitals;
 * - labels are plural, as in the edit form of Aides-territoires; `recurrence` is a label too; all dates were null so far;
 * - short titles longer than our 64 characters, e-mail addresses with a stray letter before the link, links around whole paragraphs.
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
