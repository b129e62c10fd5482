import type { Connector } from "../../kit/definition.ts";
import { secretNames } from "../../kit/secret-names.ts";

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
