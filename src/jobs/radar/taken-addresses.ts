import type { Connector } from "../../kit/definition.ts";
import type { FeedFind } from "../../model/publisher/feed-lead.ts";

/** Returns an address in a form in which equal ones are equal: without scheme, `www.`, hash, final slash, and with sorted parameters. */
function comparableAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.searchParams.sort();
  return `${url.host.replace(/^www\./, "")}${url.pathname.replace(/\/$/, "")}${url.search}`.toLowerCase();
}

/** Returns a function that tells whether a connector already reads the feed of a find, by its address or as a file of its dataset. */
export function takenBy(
  connectors: readonly Connector[],
  environment: Readonly<Record<string, string | undefined>>,
): (find: FeedFind) => boolean {
  const addresses = connectors.flatMap(({ feed }) => [feed.url, feed.urlFrom === undefined ? undefined : environment[feed.urlFrom]]);
  const taken = new Set(addresses.flatMap((address) => (address === undefined ? [] : [comparableAddress(address)])));
  const datasets = new Set(connectors.flatMap(({ feed }) => (feed.dataset === undefined ? [] : [feed.dataset.id])));
  return ({ address, datasets: ids = [] }) => taken.has(comparableAddress(address)) || ids.some((id) => datasets.has(id));
}
