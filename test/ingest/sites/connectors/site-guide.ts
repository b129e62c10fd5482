import { date, defineConnector, html, identifier, join, text, url } from "moisson/connector-kit";

/** A guide written by hand. Its pages have bold paragraphs in place of headings. */
export const connector = defineConnector({
  id: "site-guide",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  feed: { url: "https://guide.exemple.fr/guide/index.php" },
  decode: { format: "html", records: "table.guide tr:has(a)", values: { titre: "a", lien: "a@href", service: "td:last-child" } },
  details: {
    url: "lien",
    pauseSeconds: 0,
    required: ["objectifs"],
    read: {
      within: "#contenu",
      headings: { objectifs: "Objectifs", operations: "Opérations éligibles" },
      labels: { publics: "Bénéficiaires", cloture: "Date limite", contact: "Contact" },
    },
  },
  ignored: ["service"],
  fields: {
    externalId: identifier("lien"),
    name: text("titre"),
    description: html(join(["objectifs", "operations"])),
    eligibility: html("publics"),
    submissionDeadline: date("cloture", ["dd/MM/yyyy"]),
    contact: html("contact"),
    originUrl: url("lien"),
  },
});
