import { choose, constant, date, defineConnector, html, identifier, join, labelled, perimeters, text, url } from "moisson/connector-kit";

/**
 * Aides pour le développement durable en Nouvelle-Aquitaine (ADDNA): one XML dump by phpMyAdmin of the database of the DREAL's site.
 *
 * Oddities:
 * - fields are `<column name="…">`; the text "NULL" means nothing;
 * - audiences (`targeted_audiances`, sic) and tags have too many different words for a vocabulary. The audiences are added to the
 *   conditions;
 * - financers are free text. `start_date` and `eligibility` are always NULL;
 * - territories are names with a code, once with a postcode ("Corrèze (19800)"). As in the first importer, an empty territory means France;
 * - links contain spaces.
 */
export const connector = defineConnector({
  id: "addna",
  publisher: {
    name: "Aides pour le développement durable en Nouvelle-Aquitaine",
    kind: "state-service",
    territory: { scale: "region", code: "75" },
    licence: "unknown",
  },
  state: "retired",
  because: "A dump that was imported once; the site went on as the CSV of connector dreal-nouvelle-aquitaine, and closed.",
  importIdPrefix: "ADDNA_",
  feed: { urlFrom: "MOISSON_URL_ADDNA" },
  decode: { format: "xml", recordPath: "/*/database/table", keyedBy: "name" },
  ignored: ["@name", "start_date", "date_created", "tags"],
  placeholders: ["NULL"],
  fields: {
    externalId: identifier("id"),
    name: text("name"),
    description: html("description"),
    eligibility: html(join(["eligibility", labelled("Bénéficiaires : ", "targeted_audiances")])),
    contact: html("contact"),
    originUrl: url("origin_url"),
    submissionDeadline: date("submission_deadline", ["iso"]),
    financerSuggestion: text("backers"),
    perimeters: choose(
      [
        {
          when: {
            any: [
              { field: "perimeter", isFilled: false },
              { field: "perimeter", isOneOf: ["NULL"] },
            ],
          },
          use: constant([{ scale: "country", code: "FRA" }]),
        },
      ],
      perimeters("perimeter", { written: "terms" }),
    ),
  },
});
