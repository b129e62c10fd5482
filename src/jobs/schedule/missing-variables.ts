import type { Connector } from "../../kit/definition.ts";
import { secretNames } from "../../kit/feed.ts";

/**
 * Returns the unset variables of a connector's address and secrets, without which it cannot run. `stored`: names of secrets entered in the
 * console.
 */
export function missingVariables(
  { feed }: Connector,
  environment: Readonly<Record<string, string | undefined>>,
  stored: ReadonlySet<string> = new Set(),
): string[] {
  const secrets = secretNames(feed).filter((name) => !stored.has(name));
  const needed = feed.urlFrom === undefined ? secrets : [feed.urlFrom, ...secrets];
  return needed.filter((name) => !environment[name]?.trim());
}

/**
 * Returns the unset variable of a connector's address, or null. A connector without its address is not scheduled. A connector without a
 * secret is scheduled; its run ends as `refused` and names the variable.
 */
export function missingAddress({ feed: { urlFrom } }: Connector, environment: Readonly<Record<string, string | undefined>>): string | null {
  return urlFrom !== undefined && !environment[urlFrom] ? urlFrom : null;
}
