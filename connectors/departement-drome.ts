import {
  choose,
  constant,
  date,
  defineConnector,
  firstOf,
  html,
  identifier,
  list,
  organisations,
  perimeters,
  rate,
  section,
  terms,
  text,
  url,
  when,
  yesNo,
} from "moisson/connector-kit";

/** Headings of older descriptions. Most aids have none of them, which is no news. */
const conditions = "Opérations éligibles";
const service = "Service Instructeur et Référent";
const hasConditions = { field: "description", hasWords: [conditions] };
const namesTheService = { field: "description", hasWords: [service] };

/** All dates were null so far: the API that the feed copies writes ISO, its edit form `31/12/2024`. */
const days = ["iso", "dd/MM/yyyy"];

/**
 * Département de la Drôme, services to collectivities: 166 aids announced, shaped like Aides-territoires' own public API, most keys null.
 *
 * Oddities:
 * - the feed begins with a byte order mark; `next` may name a further page, which no earlier importer followed;
 * - who pays differs from aid to aid (the department, the chamber of agriculture…), and is a text where the API it copies has a list;
 * - older descriptions hold the conditions ("Opérations éligibles" up to "Type d’aide") and the contact ("Service Instructeur et Référent");
 *   those of today have other headings, in capitals;
 * - labels in the plural, as the edit form of Aides-territoires shows them; `recurrence` too is a label;
 * - short titles beyond our 64 characters, e-mail addresses with a stray letter before the link, links around whole paragraphs.
 */
export const connector = defineConnector({
  id: "departement-drome",
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
  feed: { urlFrom: "MOISSON_URL_DEPARTEMENT_DROME", paging: { kind: "nextLink", path: "next" } },
  decode: { format: "json", recordPath: "results", total: "count" },
  ignored: ["slug", "author", "status", "date_created", "date_published", "is_imported", "import_uniqueid", "import_share_licence"],
  fields: {
    externalId: identifier("id"),
    name: text("name"),
    shortTitle: text("short_title"),
    description: html(firstOf(when(namesTheService, section("description", { to: service })), "description")),
    eligibility: html(firstOf("eligibility", when(hasConditions, section("description", { from: conditions, to: "Type d’aide" })))),
    projectExamples: html("project_examples"),
    contact: html(firstOf("contact", when(namesTheService, section("description", { from: service })))),
    originUrl: url("origin_url"),
    applicationUrl: url("application_url"),
    isCallForProject: yesNo("is_call_for_project"),
    inFranceRelance: yesNo("in_france_relance"),
    startDate: date("start_date", days),
    predepositDate: date("predeposit_date", days),
    submissionDeadline: date("submission_deadline", days),
    recurrence: terms("recurrence", "recurrence"),
    aidTypes: terms("aid_types", "aidTypes"),
    targetedAudiences: terms("targeted_audiences", "targetedAudiences"),
    destinations: terms("destinations", "destinations"),
    mobilizationSteps: choose(
      [{ when: { field: "mobilization_steps", isFilled: true }, use: terms("mobilization_steps", "mobilizationSteps") }],
      constant(["preop", "op"]),
    ),
    categories: terms("categories", "categories"),
    programs: list("programs"),
    financers: choose(
      [{ when: { field: "financers", isFilled: true }, use: organisations("financers") }],
      constant([{ name: "Département de la Drôme", siren: "222600017" }]),
    ),
    instructors: organisations("instructors"),
    perimeters: choose(
      [
        {
          when: { field: "perimeter", isFilled: true },
          use: perimeters("perimeter", { written: "name", scales: ["department", "region", "country", "epci", "commune"] }),
        },
      ],
      constant([{ scale: "department", code: "26" }]),
    ),
    perimeterSuggestion: text("perimeter_suggestion"),
    subventionRateLowerBound: rate("subvention_rate", { bound: "lower" }),
    subventionRateUpperBound: rate("subvention_rate", { bound: "upper" }),
    subventionComment: text("subvention_comment"),
    sourceUpdatedDate: date("date_updated", days),
  },
  expect: { atLeast: 80 },
});
