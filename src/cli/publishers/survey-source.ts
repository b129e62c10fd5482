import { existsSync, statSync } from "node:fs";
import { fetchFeed } from "../../ingest/fetch/fetch-feed.ts";
import type { FetchedPart, FetchRequest } from "../../ingest/fetch/fetched-feed.ts";
import { fetchAddress, namedSitemaps, sampleSite } from "../../ingest/sample-site.ts";
import { addressVariable } from "../../kit/address-variable.ts";
import type { ConnectorInput } from "../../kit/definition.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedRefused } from "../../model/run/run-error.ts";
import { createClock } from "../../platform/clock.ts";
import { namesSecret, shownAddress } from "../../platform/shown-address.ts";
import { placeholderConnector } from "../../registry/check-connector.ts";
import { lookAtPage } from "../../survey/site/look-at-page.ts";
import type { CommandContext } from "../context.ts";
import { pageFault } from "../english/site-pages.ts";
import { NotDone, WrongUse } from "../exit.ts";

/** A feed to analyse, and the `feed` section of its connector. */
export interface SurveySource {
  readonly part: FeedPart;
  readonly feed: ConnectorInput["feed"];
  /** The address without secrets; absent for a file. */
  readonly address?: string;
}

/**
 * Reads a feed from a file or an address. If the address is a web page, also reads a few pages of its list. An address with a secret is not
 * written into the connector. `list`: number of the list, if the page has several. Throws `WrongUse`, `NotDone` for a page without a list, and
 * the errors of `fetchFeed`, and `FeedRefused` (`site-refused`).
 */
export async function surveySource(
  from: string,
  id: string,
  { environment, config, hasCatalogue, withCatalogue }: CommandContext,
  { spoolFolder, list }: { readonly spoolFolder: string; readonly list: number },
): Promise<SurveySource> {
  const now = createClock(config.fixedNow).now();
  const isAddress = /^https?:\/\//i.test(from);
  if (!isAddress && !(existsSync(from) && statSync(from).isFile())) throw new WrongUse(`no such file: ${from}`);
  const connector = placeholderConnector(id);
  if (connector === null) throw new WrongUse(`"${id}" is no name of a connector: lower-case words joined by hyphens (region-exemple)`);
  // Without a catalogue, no publisher can have asked us anything.
  if (isAddress && hasCatalogue()) {
    const refusal = await withCatalogue(({ publisherRequests }) => publisherRequests.refusalOfAddress(from));
    if (refusal !== null) throw new FeedRefused("site-refused", refusal);
  }
  const place = {
    connector,
    environment,
    allowHosts: config.allowHosts,
    spoolFolder: async () => spoolFolder,
  };
  const request = isAddress ? { ...place, url: from } : { ...place, file: from };
  const parts = "url" in request ? await fetchAddress(request) : (await fetchFeed(request)).parts;
  const [received] = parts;
  if (received === undefined) throw new WrongUse(`${from} is empty`);
  const address = isAddress ? shownAddress(from) : undefined;
  const part = address === undefined ? received : await withPages(request, [received, ...parts.slice(1)], { address, list, now });
  const urlFrom = { urlFrom: addressVariable(id) };
  if (address === undefined) return { part, feed: urlFrom };
  return { part, feed: holdsSecret(from) ? urlFrom : { url: new URL(from).href }, address };
}

/** Returns a list with a few of its pages, if the address is a web page, a sitemap, or a feed that says little about each aid. */
async function withPages(
  request: FetchRequest,
  parts: readonly [FetchedPart, ...FetchedPart[]],
  { address, list, now }: { readonly address: string; readonly list: number; readonly now: Date },
): Promise<FeedPart> {
  const look = await lookAtPage(parts, address);
  if (look === null) return parts[0];
  const chosen = look.lists[list - 1];
  if (chosen !== undefined) return sampleSite(request, parts, { pages: chosen.pages, now });
  const sitemaps = await namedSitemaps(request, new URL(address));
  const feeds = [...look.feeds.map((feed) => feed.address), ...sitemaps].map((feed) => `\n  ${feed}`).join("");
  const named = feeds === "" ? "" : `; the page names other data:${feeds}`;
  if (look.fault === null) throw new WrongUse(`--list ${list}: the page has ${look.lists.length} lists`);
  const why = look.fault === "other-structure" ? "" : `: ${pageFault({ reason: look.fault })}`;
  throw new NotDone(`${address} has no list of pages${why}${named}`);
}

function holdsSecret(address: string): boolean {
  const url = new URL(address);
  return url.username !== "" || url.password !== "" || [...url.searchParams.keys()].some(namesSecret);
}
