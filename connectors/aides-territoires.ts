import { aidesTerritoiresApi } from "moisson/connector-kit";

/**
 * Aides-territoires itself, through its public API. In November 2021 it had some 3,000 aids, 473 of them for companies.
 *
 * Oddities:
 * - audience labels changed: "EPCI à fiscalité propre" until 2022, the plural until 2023, the singular since;
 * - category labels start with their theme;
 * - an aid has one territory; until 2023, its scale follows in brackets. Moisson cannot represent parks, "pays", local action groups and
 *   other groups of communes;
 * - some rates have only a minimum or only a maximum. Some recurring aids have no deadline;
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
  reuse: { basis: "unknown", note: "rassemble les aides d’autres producteurs : noter plutôt la licence de chaque aide" },
  state: "paused",
  because:
    "Its aids come from the other connectors. If its feed were imported, each aid would exist twice. Run it by name, only to compare.",
  feed: { url: "https://aides-territoires.beta.gouv.fr/api/aids/all/?itemsPerPage=100" },
  token: { url: "https://aides-territoires.beta.gouv.fr/api/connexion/", keyFrom: "AIDES_TERRITOIRES_API_KEY" },
});
