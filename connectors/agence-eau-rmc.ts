import { capture, constant, defineConnector, identifier, text, url } from "moisson/connector-kit";

/** The first importer's sentence, because the list has no conditions. */
const conditions =
  "<p>Rendez-vous sur le site de l'agence de l'eau Rhône Méditerranée Corse " +
  "pour obtenir les informations relatives aux conditions d'éligibilité.</p>";

/**
 * Agence de l'eau Rhône-Méditerranée-Corse, the list of aids on its web site (JCMS). The page shows 12 by default; `pagerAll` gives all.
 *
 * Oddities:
 * - the list has title and link only. The description is in a `meta` element of each aid's page and is not fetched;
 * - the identifier is the third-last part of the link (`pro_1234` of `/jcms/pro_1234/fr/titre`), without a prefix at Aides-territoires;
 * - links lack the leading slash;
 * - one deadline for all, the end of the agency's programme; deadline, audience and conditions are the first importer's.
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
  state: "retired",
  because: "A page and no feed, read by the first importers only; the one deadline they gave to all aids, 31 December 2025, is over.",
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
