import { date, defineConnector, html, identifier, join, text, url } from "moisson/connector-kit";

export const connector = defineConnector({
  id: "site-foundation",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  feed: { url: "https://fondation.exemple.org/aides" },
  decode: {
    format: "html",
    records: "ul.appels > li",
    values: { id: "@data-id", titre: "a", lien: "a@href" },
    total: ".compteur",
  },
  details: {
    url: "lien",
    pauseSeconds: 0,
    read: { labels: { objet: "Objet", publics: "Publics", cloture: "Clôture" } },
  },
  fields: {
    externalId: identifier("id"),
    name: text("titre"),
    description: html("objet"),
    eligibility: html(join(["publics"])),
    submissionDeadline: date("cloture", ["dd/MM/yyyy"]),
    originUrl: url("lien"),
  },
});
