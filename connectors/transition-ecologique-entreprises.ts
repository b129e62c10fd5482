import { dispositifAide } from "moisson/connector-kit";

/**
 * Transition écologique des entreprises (ADEME, DGE), the export on data.gouv.fr in the national schema. Oddities: `porteurs` has the
 * roles instructeur and diffuseur only. Permanent aids may have an opening date. The export reads its own dates with the month first: 6
 * February becomes 2 June, and a date after the 12th is lost (`tee-programmes` has the right ones).
 */
export const connector = dispositifAide({
  id: "transition-ecologique-entreprises",
  publisher: {
    name: "Transition écologique des entreprises",
    kind: "state-service",
    territory: { scale: "country", code: "FRA" },
    website: "https://mission-transition-ecologique.beta.gouv.fr/",
    licence: "unknown",
  },
  schedule: "40 3 * * *",
  feed: { urlFrom: "MOISSON_URL_TRANSITION_ECOLOGIQUE_ENTREPRISES" },
  format: "csv",
  expect: { atLeast: 100 },
});
