import { html, identifier, join, site, text, url } from "moisson/connector-kit";

export const connector = site({
  id: "site-wordpress",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  software: "wordpress",
  feed: { url: "https://wordpress.exemple.fr/aides/" },
  details: { pauseSeconds: 0, read: { headings: { publics: "Pour qui ?" }, documents: "documents" } },
  ignored: ["documents"],
  fields: {
    externalId: identifier("lien"),
    name: text("titre"),
    description: html(join(["texte"])),
    eligibility: html("publics"),
    originUrl: url("lien"),
  },
});
