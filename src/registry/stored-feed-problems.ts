import type { Connector } from "../kit/definition.ts";
import type { Feed } from "../kit/feed.ts";
import { secretNames } from "../kit/secret-names.ts";
import type { RegistryProblem } from "./registry-error.ts";

/** How secrets begin that a connector of the catalogue may name: `AGENCE_NEUVE_`. */
function secretPrefix(connectorId: string): string {
  return `${connectorId.toUpperCase().replaceAll("-", "_")}_`;
}

/**
 * What is wrong with a feed that was written in the console, where nobody reviews code: it reaches no private host that its file does not allow, names no
 * secret but its file's and those that bear its own name, and sends no secret of its file to another server than its file does.
 * @param ofFile the feed as the file has it; null where there is no file
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

/** Wherever a feed's secrets are sent. */
function serversOf({ url, urlFrom, dataset, auth }: Feed): string {
  const tokens = auth?.kind === "tokenExchange" ? auth.url : auth?.kind === "clientCredentials" ? auth.tokenUrl : undefined;
  return JSON.stringify([url, dataset?.api, tokens].map((address) => address && new URL(address).origin).concat(urlFrom));
}
