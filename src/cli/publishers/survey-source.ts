import { existsSync, statSync } from "node:fs";
import { fetchFeed } from "../../ingest/fetch/fetch-feed.ts";
import type { ConnectorInput } from "../../kit/definition.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { namesSecret, shownAddress } from "../../platform/shown-address.ts";
import { addressVariable, placeholderConnector } from "../../registry/check-connector.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";

/** A feed to analyse, and the `feed` section of its connector. */
export interface SurveySource {
  readonly part: FeedPart;
  readonly feed: ConnectorInput["feed"];
  /** The address without secrets; absent for a file. */
  readonly address?: string;
}

/**
 * Reads a feed from a file or an address. An address with a secret is not written into the connector. Throws `WrongUse`, and the errors of
 * `fetchFeed`.
 */
export async function surveySource(
  from: string,
  id: string,
  { environment, config }: CommandContext,
  spoolFolder: string,
): Promise<SurveySource> {
  const isAddress = /^https?:\/\//i.test(from);
  if (!isAddress && !(existsSync(from) && statSync(from).isFile())) throw new WrongUse(`no such file: ${from}`);
  const connector = placeholderConnector(id);
  if (connector === null) throw new WrongUse(`"${id}" is no name of a connector: lower-case words joined by hyphens (region-exemple)`);
  const request = {
    connector,
    environment,
    allowHosts: config.allowHosts,
    spoolFolder: async () => spoolFolder,
    ...(isAddress ? { url: from } : { file: from }),
  };
  const [part] = (await fetchFeed(request)).parts;
  if (part === undefined) throw new WrongUse(`${from} is empty`);
  const address = isAddress ? shownAddress(from) : undefined;
  const urlFrom = { urlFrom: addressVariable(id) };
  if (address === undefined) return { part, feed: urlFrom };
  return { part, feed: holdsSecret(from) ? urlFrom : { url: new URL(from).href }, address };
}

function holdsSecret(address: string): boolean {
  const url = new URL(address);
  return url.username !== "" || url.password !== "" || [...url.searchParams.keys()].some(namesSecret);
}
