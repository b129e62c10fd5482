import { html, identifier, join, site, text, url } from "moisson/connector-kit";

export const connector = site({
  id: "site-sites-faciles",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  software: "sites-faciles",
  feed: { url: "https://sites-faciles.exemple.fr/aides/" },
  details: { pauseSeconds: 0, read: { headings: { publics: "Bénéficiaires" }, documents: "documents" } },
  ignored: ["documents"],
  fields: {
    externalId: identifier("lien"),
    name: text("titre"),
    description: html(join(["texte"])),
    eligibility: html("publics"),
    originUrl: url("lien"),
  },
});
