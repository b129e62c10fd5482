import { dispositifAide } from "moisson/connector-kit";

/**
 * Transition écologique des entreprises (ADEME, DGE): the export on data.gouv.fr, in the national schema `dispositif-aide`.
 *
 * Oddities:
 * - the organisations in `porteurs` have only the roles instructeur and diffuseur;
 * - permanent aids may have an opening date;
 * - the export swaps day and month: 6 February becomes 2 June, and dates after the 12th of a month are missing. The connector
 *   `tee-programmes` reads the correct dates.
 */
export const connector = dispositifAide({
  id: "transition-ecologique-entreprises",
  title: "aides",
  publisher: {
    name: "Transition écologique des entreprises",
    kind: "state-service",
    territory: { scale: "country", code: "FRA" },
    website: "https://mission-transition-ecologique.beta.gouv.fr/",
    licence: "unknown",
  },
  reuse: { basis: "crpa", note: "descriptions d’aides de plusieurs administrations : demander s’il y a des droits de tiers" },
  state: "paused",
  because:
    "The export reads the site's dates month first: most deadlines are missing, others are wrong. tee-programmes reads the same programmes with correct dates.",
  feed: { urlFrom: "MOISSON_URL_TRANSITION_ECOLOGIQUE_ENTREPRISES" },
  format: "csv",
  otherSources: { link: true },
  expect: { atLeast: 100 },
});
