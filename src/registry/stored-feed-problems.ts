import type { Connector } from "../kit/definition.ts";
import type { Feed } from "../kit/feed.ts";
import { secretNames } from "../kit/secret-names.ts";
import type { RegistryProblem } from "./registry-error.ts";

/** Prefix of secrets that a connector of the catalogue may use: `AGENCE_NEUVE_`. */
function secretPrefix(connectorId: string): string {
  return `${connectorId.toUpperCase().replaceAll("-", "_")}_`;
}

/**
 * Checks a feed edited in the console, where nobody reviews code. It may not reach private hosts beyond its file's, may use only secrets
 * of its file or with its own prefix, and may not send its file's secrets to another server. `ofFile`: the file's feed, or null.
 */
export function storedFeedProblems({ id, feed }: Pick<Connector, "id" | "feed">, ofFile: Feed | null): Omit<RegistryProblem, "file">[] {
  const problems: Omit<RegistryProblem, "file">[] = [];
  const allowed = new Set(ofFile?.allowHosts ?? []);
  const hosts = (feed.allowHosts ?? []).filter((host) => !allowed.has(host));
  if (hosts.length > 0)
    problems.push({ key: "feed.allowHosts", message: `${hosts.join(", ")}: only a connector's file may allow private hosts` });

  const ownedByFile = new Set(ofFile === null ? [] : secretNames(ofFile));
  const names = secretNames(feed);
  const foreign = names.filter((name) => !ownedByFile.has(name) && !name.startsWith(secretPrefix(id)));
  if (foreign.length > 0)
    problems.push({ key: "feed", message: `${foreign.join(", ")}: secrets named here begin with ${secretPrefix(id)}` });

  const sentElsewhere = names.some((name) => ownedByFile.has(name)) && ofFile !== null && serversOf(feed) !== serversOf(ofFile);
  if (sentElsewhere) problems.push({ key: "feed.url", message: "is on another server than the file's: its secrets would be sent there" });
  return problems;
}

/** Lists every server that receives a feed's secrets. */
function serversOf({ url, urlFrom, dataset, auth }: Feed): string {
  const tokens = auth?.kind === "tokenExchange" ? auth.url : auth?.kind === "clientCredentials" ? auth.tokenUrl : undefined;
  return JSON.stringify([url, dataset?.api, tokens].map((address) => address && new URL(address).origin).concat(urlFrom));
}
