/** Kinds of publishers. They are in a file of their own, because the connector's definition is slow to load. */
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
