import { choose, constant, date, defineConnector, html, identifier, join, labelled, perimeters, text, url } from "moisson/connector-kit";

/**
 * Aides pour le développement durable en Nouvelle-Aquitaine (ADDNA): the database of the DREAL's web site, which phpMyAdmin exported to
 * XML.
 *
 * Oddities:
 * - fields are `<column name="…">`; the text "NULL" means no value;
 * - audiences (`targeted_audiances`, sic) and tags are free text, with too many different words for a term file. The audiences are added to
 *   the conditions;
 * - financers are free text. `start_date` and `eligibility` are always NULL;
 * - a territory is a name with a code; in one aid, the code is a postcode ("Corrèze (19800)"). Like the first importer, we read an empty
 *   territory as France;
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
  reuse: { basis: "crpa", note: "liste d’aides de plusieurs administrations : demander s’il y a des droits de tiers" },
  state: "retired",
  because: "This database dump was imported once. The site later published a CSV file (connector dreal-nouvelle-aquitaine), then closed.",
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
