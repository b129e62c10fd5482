import type { Connector } from "../../kit/definition.ts";

/**
 * The variable that should hold the address of a connector's feed and does not; null where nothing is missing. Such a connector has nothing to fetch, and is
 * not scheduled; one whose secret is missing is, and its run is refused with the name of the variable.
 */
export function missingAddress({ feed: { urlFrom } }: Connector, environment: Readonly<Record<string, string | undefined>>): string | null {
  return urlFrom !== undefined && !environment[urlFrom] ? urlFrom : null;
}
