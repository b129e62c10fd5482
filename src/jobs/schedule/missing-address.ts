import type { Connector } from "../../kit/definition.ts";

/**
 * Returns the unset variable of a connector's address, or null. Such a connector is not scheduled; one without a secret is, and its run is
 * refused with the variable's name.
 */
export function missingAddress({ feed: { urlFrom } }: Connector, environment: Readonly<Record<string, string | undefined>>): string | null {
  return urlFrom !== undefined && !environment[urlFrom] ? urlFrom : null;
}
