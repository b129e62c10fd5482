import { choose, constant, date, defineConnector, html, identifier, perimeters, terms, text, url } from "moisson/connector-kit";

/**
 * ADEME, calls for projects: the XML feed before AGIR. Oddities: `appel_cloture` = 1 marks a closed call, which stays in the feed. A
 * regional call has no region field; we search the title for the region's name and fall back to France, like the first importer. Links
 * contain spaces.
 */
export const connector = defineConnector({
  id: "ademe-appels-a-projets",
  publisher: {
    name: "ADEME",
    siren: "385290309",
    kind: "agency",
    territory: { scale: "country", code: "FRA" },
    website: "https://www.ademe.fr/",
    licence: "unknown",
  },
  state: "retired",
  because: "The feed gave way to AGIR (connector ademe-agir); Aides-territoires stopped reading it in March 2023.",
  importIdPrefix: "ADEME_",
  feed: { url: "https://appelsaprojets-bo.ademe.fr/App_services/DMA/xml_appels_projets.ashx?tlp=1" },
  decode: { format: "xml", recordPath: "/*/appel" },
  keepWhen: [{ when: { not: { field: "appel_cloture", isOneOf: ["1"] } }, reason: "closed call" }],
  ignored: ["date_publication"],
  fields: {
    externalId: identifier("@id"),
    name: text("titre"),
    description: html("presentation"),
    originUrl: url("lien_page_edition"),
    submissionDeadline: date("date_cloture", ["dd/MM/yyyy", "dd/MM/yyyy HH:mm:ss"]),
    targetedAudiences: terms("cibles.cible", "targetedAudiences"),
    financers: constant([{ name: "ADEME", siren: "385290309" }]),
    perimeters: choose(
      [{ when: { field: "couverture_geographique", isOneOf: ["Nationale"] }, use: constant([{ scale: "country", code: "FRA" }]) }],
      perimeters("titre", { written: "mention", scales: ["region"], otherwise: { scale: "country", code: "FRA" } }),
    ),
  },
});
