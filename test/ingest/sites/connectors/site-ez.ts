import { date, html, identifier, join, site, text, url } from "moisson/connector-kit";

export const connector = site({
  id: "site-ez",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  software: "ez",
  feed: { url: "https://ez.exemple.fr/Guide/Aides" },
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
