import { bareHost, hostOfAddress } from "../model/publisher/publisher-request.ts";
import { addressVariable } from "./address-variable.ts";
import type { Connector } from "./definition.ts";

/** Returns true if a connector reads web pages, which their publisher did not write for us. */
export function readsSite({ details, decode }: Pick<Connector, "details" | "decode">): boolean {
  return details !== undefined || decode.format === "html";
}

/** Returns the hosts of a connector's feed and pages, without `www.`. `environment`: addresses that replace those of definitions. */
export function hostsOfConnector(
  { id, feed, details }: Pick<Connector, "id" | "feed" | "details">,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const listed = hostOfAddress(environment[addressVariable(id)]?.trim() || feed.url || "");
  return [...new Set([...(listed === null ? [] : [listed]), ...(details?.hosts ?? []).map(bareHost)])];
}
