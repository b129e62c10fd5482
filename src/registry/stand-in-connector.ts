import type { Connector } from "../kit/definition.ts";
import { addressVariable, checkConnector } from "./check-connector.ts";

/** Returns a connector with only an id, so that fetch can download an unknown feed. Null for an invalid id. */
export function standInConnector(id: string): Connector | null {
  const field = (kind: string) => ({ kind, of: { kind: "field", path: "id" } });
  const checked = checkConnector({
    id,
    publisher: { name: id, kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
    feed: { urlFrom: addressVariable(id) },
    decode: { format: "json" },
    fields: { externalId: field("identifier"), name: field("text") },
  });
  return "connector" in checked ? checked.connector : null;
}
