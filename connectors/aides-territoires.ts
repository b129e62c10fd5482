import { aidesTerritoiresApi } from "moisson/connector-kit";

/**
 * Aides-territoires itself, through its public API: 473 aids for companies in November 2021, some 3,000 in all.
 *
 * Oddities:
 * - labels changed: "EPCI à fiscalité propre" until 2022, plural until 2023, singular since. Category labels start with their theme;
 * - the territory is one name, with its scale in brackets until 2023. Parks, "pays", local action groups and other sets are not
 *   territories here;
 * - rates with one bound only; aids that come back without a deadline; texts with a line break after every tag.
 */
export const connector = aidesTerritoiresApi({
  id: "aides-territoires",
  servedBy: "site",
  publisher: {
    name: "Aides-territoires",
    kind: "state-service",
    territory: { scale: "country", code: "FRA" },
    website: "https://aides-territoires.beta.gouv.fr",
    licence: "unknown",
  },
  state: "paused",
  because:
    "Its aids are those that the other connectors bring to it: read as a feed they would all be there twice. Run by name to compare.",
  feed: { url: "https://aides-territoires.beta.gouv.fr/api/aids/all/?itemsPerPage=100" },
  token: { url: "https://aides-territoires.beta.gouv.fr/api/connexion/", keyFrom: "AIDES_TERRITOIRES_API_KEY" },
});
