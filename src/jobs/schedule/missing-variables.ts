import type { Connector } from "../../kit/definition.ts";
import { secretNames } from "../../kit/secret-names.ts";

/**
 * Variables with the address or a secret of a connector's feed that the environment lacks: without them it cannot run. `stored`: names of secrets that were
 * typed in the console, which lack nowhere.
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
