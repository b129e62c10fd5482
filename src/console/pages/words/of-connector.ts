import type { Visit } from "../../visit.ts";

/** The same request as pages of a connector's definition see it: these ask the path which connector is meant. */
export function ofConnector(visit: Visit, connector: string): Visit {
  return { ...visit, params: { ...visit.params, connecteur: connector } };
}
