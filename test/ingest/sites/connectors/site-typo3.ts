import { html, identifier, join, site, text, url } from "moisson/connector-kit";

export const connector = site({
  id: "site-typo3",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  software: "typo3",
  feed: { url: "https://typo3.exemple.fr/aides" },
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
