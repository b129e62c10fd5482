import type { Child } from "hono/jsx";
import { connectorNames, nameOfConnector } from "../../registry/connector-names.ts";
import type { Visit } from "../visit.ts";
import type { Column, FilterField } from "./list.ts";

/** Filter of a list by connector. */
export const connectorFilter: FilterField = {
  name: "connecteur",
  label: "Connecteur",
  kind: "choice",
  choices: async ({ console: { jobs } }) =>
    [...connectorNames(await jobs.connectors())]
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label, "fr")),
};

/** Column with a link to the connector of the row. */
export const connectorColumn: Column<{ readonly connector: string }> = {
  title: "Connecteur",
  text: ({ connector }) => connector,
  cell: ({ connector }, visit) => <ConnectorLink visit={visit} connector={connector} />,
};

/** A link to a connector, with its display name. */
export async function ConnectorLink({ visit, connector }: { readonly visit: Visit; readonly connector: string }): Promise<Child> {
  return <a href={`/connecteurs/${connector}`}>{nameOfConnector(await visit.console.jobs.connectors(), connector)}</a>;
}
