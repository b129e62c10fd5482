import type { LoadedConnector } from "../registry/load-connectors.ts";
import type { Workshop } from "./workshop.ts";

/** Variables with the address or a secret of a connector's feed that the environment lacks: without them it cannot run. */
export function missingVariables({ definition }: LoadedConnector, environment: Workshop["environment"]): string[] {
  const { urlFrom, headersFrom = {} } = definition.feed;
  const needed = [...(urlFrom === undefined ? [] : [urlFrom]), ...Object.values(headersFrom)];
  return needed.filter((variable) => !environment[variable]);
}
