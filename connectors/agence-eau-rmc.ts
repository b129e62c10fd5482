import { capture, constant, defineConnector, identifier, text, url } from "moisson/connector-kit";

/** The list does not contain conditions. This sentence comes from the first importer. */
const conditions =
  "<p>Rendez-vous sur le site de l'agence de l'eau Rhône Méditerranée Corse " +
  "pour obtenir les informations relatives aux conditions d'éligibilité.</p>";

/**
 * Agence de l'eau Rhône-Méditerranée-Corse: the list of aids on its web site (JCMS). The page lists 12 aids by default; with `pagerAll` it
 * lists all.
 *
 * Oddities:
 * - the list has titles and links only. The description is in a `meta` element of each aid's page and is not fetched;
 * - the identifier is the third-last part of the link (`pro_1234` in `/jcms/pro_1234/fr/titre`). At Aides-territoires it has no prefix;
 * - links lack the leading slash;
 * - the list has no deadline, audience or conditions. All aids get the first importer's values; its deadline is the end of the agency's
 *   programme.
 */
export const connector = defineConnector({
  id: "agence-eau-rmc",
  publisher: {
    name: "Agence de l'eau Rhône-Méditerranée-Corse",
    kind: "water-agency",
    territory: { scale: "basin", code: "06" },
    website: "https://www.eaurmc.fr/",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  state: "retired",
  because:
    "This is a web page, not a feed. Only the first importers read it; they gave all aids the deadline 31 December 2025, which is past.",
  feed: {
    url:
      "https://www.eaurmc.fr/jcms/gbr_5503/fr/les-aides-financieres-primes-et-appels-a-projets?PortalAction_ppi_6464_start=0" +
      "&PortalAction_ppi_6464_pageSize=12&PortalAction_ppi_6464_pagerAll=true&PortalAction_ppi_6464_sort=&PortalAction_ppi_6464_reverse=false",
  },
  decode: { format: "html", records: "li.weaurmc-redevance", values: { titre: "a", lien: "a@href" } },
  fields: {
    externalId: identifier(capture("lien", "^(?:.*/)?([^/]+)/[^/]+/[^/]+$")),
    name: text("titre"),
    eligibility: constant(conditions),
    originUrl: url("lien"),
    submissionDeadline: constant("2025-12-31"),
    targetedAudiences: constant(["epci"]),
    financers: constant([{ name: "Agence de l'eau Rhône-Méditerranée-Corse", siren: null }]),
    perimeters: constant([{ scale: "basin", code: "06" }]),
  },
});
