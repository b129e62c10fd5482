/** Kinds of publisher. Separate from the connector's definition, which is slow to load. */
export const publisherKinds = [
  "ministry",
  "agency",
  "state-service",
  "region",
  "department",
  "collectivity",
  "water-agency",
  "public-bank",
  "european",
  "aggregator",
  "any",
] as const;
