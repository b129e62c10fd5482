import { defineConnector, html, identifier, text, url } from "moisson/connector-kit";

export const connector = defineConnector({
  id: "site-agency",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  feed: { url: "https://agence.exemple.fr/liste.csv" },
  decode: { format: "csv", delimiter: ";" },
  details: { url: "adresse", pauseSeconds: 0, read: { data: { service: { from: "jsonLd" } } } },
  fields: {
    externalId: identifier("id"),
    name: text("titre"),
    description: html("service.description"),
    eligibility: html("service.audience.name"),
    originUrl: url("adresse"),
  },
});
