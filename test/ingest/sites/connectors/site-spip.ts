import { html, identifier, join, site, text, url } from "moisson/connector-kit";

export const connector = site({
  id: "site-spip",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  software: "spip",
  feed: { url: "https://spip.exemple.fr/spip.php?rubrique3" },
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
