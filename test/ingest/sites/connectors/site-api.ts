import { date, defineConnector, html, identifier, join, literal, text } from "moisson/connector-kit";

/** The API lists identifiers only. The site answers 200 for pages that do not exist. */
export const connector = defineConnector({
  id: "site-api",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  feed: { url: "https://api.exemple.fr/api/aides.json" },
  decode: { format: "json", recordPath: "aides", total: "total" },
  details: {
    url: join([literal("/fiche/"), "slug"], ""),
    pauseSeconds: 0,
    required: ["titre", "objet"],
    read: { values: { titre: "h1" }, labels: { objet: "Objet", publics: "Publics", cloture: "Clôture" } },
  },
  fields: {
    externalId: identifier("id"),
    name: text("titre"),
    description: html("objet"),
    eligibility: html(join(["publics"])),
    submissionDeadline: date("cloture", ["dd/MM/yyyy"]),
  },
});
