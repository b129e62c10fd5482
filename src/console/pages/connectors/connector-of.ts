import { french } from "../../../french/typography.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { CannotDo, NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { type ConnectorRow, readConnectorRows } from "./read-rows.ts";

/** The connector of the address. @throws NotFound */
export async function connectorRowOf(visit: Visit): Promise<ConnectorRow> {
  const id = param(visit, "connecteur");
  const row = (await readConnectorRows(visit)).rows.find((one) => one.id === id);
  if (row === undefined) throw new NotFound("Ce connecteur n’existe pas, ou n’existe plus.");
  return row;
}

/** The connector of the address, as it runs. @throws NotFound, CannotDo where its definition cannot be read */
export async function loadedConnectorOf(visit: Visit): Promise<LoadedConnector> {
  const { id } = await connectorRowOf(visit);
  const loaded = (await visit.console.jobs.connectors()).find(({ definition }) => definition.id === id);
  if (loaded === undefined)
    throw new CannotDo(french`La définition de ce connecteur ne peut pas être lue : corrigez-la d'abord, puis recommencez.`);
  return loaded;
}
