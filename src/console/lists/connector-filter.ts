import type { FilterField } from "./list.ts";

/** Filter of a list by connector. */
export const connectorFilter: FilterField = {
  name: "connecteur",
  label: "Connecteur",
  kind: "choice",
  choices: async ({ console: { jobs } }) => (await jobs.connectors()).map(({ definition: { id } }) => ({ value: id, label: id })),
};
