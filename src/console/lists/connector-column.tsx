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
  return <a href={`/connecteurs/${connector}`}>{await connectorName(visit, connector)}</a>;
}

/** The display name of a connector, as text. */
export function ConnectorName({ visit, connector }: { readonly visit: Visit; readonly connector: string }): Promise<Child> {
  return connectorName(visit, connector);
}

/** Returns the display name of a connector; its id if the connector is gone. */
export async function connectorName({ console: { jobs } }: Visit, connector: string): Promise<string> {
  return nameOfConnector(await jobs.connectors(), connector);
}
