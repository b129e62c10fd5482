import { date, html, identifier, join, site, text, url } from "moisson/connector-kit";

export const connector = site({
  id: "site-drupal",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  software: "drupal",
  feed: { url: "https://drupal.exemple.fr/aides" },
  details: { pauseSeconds: 0, read: { labels: { publics: "Bénéficiaires", cloture: "Date limite" } } },
  fields: {
    externalId: identifier("lien"),
    name: text("titre"),
    description: html(join(["texte"])),
    eligibility: html("publics"),
    submissionDeadline: date("cloture", ["dd/MM/yyyy"]),
    originUrl: url("lien"),
  },
});
