import { defineConnector, html, identifier, text, url } from "moisson/connector-kit";

/** The list is the result of a search form. The pages are written by a script from the JSON that they contain. */
export const connector = defineConnector({
  id: "site-search",
  publisher: { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" }, licence: "unknown" },
  feed: {
    url: "https://dispositifs.exemple.fr/recherche",
    body: { kind: "form", fields: { theme: "aides" } },
    paging: { kind: "page", pageParameter: "page", parametersIn: "body" },
  },
  decode: { format: "html", records: ".resultat", values: { lien: "a@href", nom: "a" } },
  details: {
    url: "lien",
    pauseSeconds: 0,
    read: { data: { fiche: { from: "json", selector: "#__NEXT_DATA__", path: "props.pageProps.dispositif" } } },
  },
  ignored: ["nom"],
  fields: {
    externalId: identifier("lien"),
    name: text("fiche.titre"),
    description: html("fiche.texte"),
    eligibility: html("fiche.publics"),
    originUrl: url("lien"),
  },
});
