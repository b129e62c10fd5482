import type { Connector } from "../../../connector-kit/definition.ts";
import { addressVariable, checkConnector } from "../../../registry/check-connector.ts";

/** Fetch wants a connector: one that says nothing but its name. */
export function draftStandIn(id: string): Connector {
  const field = (kind: string) => ({ kind, of: { kind: "field", path: "id" } });
  const checked = checkConnector({
    id,
    publisher: { name: id, kind: "any", territory: { scale: "country", code: "FRA" }, licence: "unknown" },
    feed: { urlFrom: addressVariable(id) },
    decode: { format: "json" },
    fields: { externalId: field("identifier"), name: field("text") },
  });
  if ("connector" in checked) return checked.connector;
  throw new Error(`"${id}" is no name of a connector.`);
}
