import type { Column, FilterField } from "./list.ts";

/** Filter of a list by connector. */
export const connectorFilter: FilterField = {
  name: "connecteur",
  label: "Connecteur",
  kind: "choice",
  choices: async ({ console: { jobs } }) => (await jobs.connectors()).map(({ definition: { id } }) => ({ value: id, label: id })),
};

/** Column with a link to the connector of the row. */
export const connectorColumn: Column<{ readonly connector: string }> = {
  title: "Connecteur",
  text: ({ connector }) => connector,
  cell: ({ connector }) => <a href={`/connecteurs/${connector}`}>{connector}</a>,
};
