import { choose, constant, date, defineConnector, html, identifier, perimeters, terms, text, url } from "moisson/connector-kit";

/**
 * ADEME, calls for projects: the XML feed that preceded AGIR.
 *
 * Oddities:
 * - closed calls stay in the feed, with `appel_cloture` = 1;
 * - a regional call has no field for its region. Like the first importer, we search its title for a region and fall back to France;
 * - links contain spaces.
 */
export const connector = defineConnector({
  id: "ademe-appels-a-projets",
  title: "appels à projets",
  publisher: {
    name: "ADEME",
    siren: "385290309",
    kind: "agency",
    territory: { scale: "country", code: "FRA" },
    website: "https://www.ademe.fr/",
    licence: "unknown",
  },
  reuse: { basis: "crpa", note: "établissement public industriel et commercial : demander si L321-3 s’applique" },
  state: "retired",
  because: "AGIR (connector ademe-agir) replaced this feed. Aides-territoires stopped reading it in March 2023.",
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
