import { aidesTerritoiresApi } from "moisson/connector-kit";

/**
 * Aides-territoires itself, through its public API. In November 2021 it had some 3,000 aids, 473 of them for companies.
 *
 * Oddities:
 * - audience labels changed: "EPCI à fiscalité propre" until 2022, the plural until 2023, the singular since;
 * - category labels start with their theme;
 * - an aid has one territory, until 2023 with its scale in brackets. Moisson does not have parks, "pays", local action groups and other
 *   sets;
 * - some rates have one bound only. Some recurring aids have no deadline;
 * - texts have a line break after every tag.
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
