import type { Details } from "../../../kit/detail-pages.ts";
import { openFeedClient } from "../fetch-feed.ts";
import type { FetchRequest } from "../fetched-feed.ts";
import { wait } from "../with-retries.ts";
import { PoliteVisit } from "./polite-visit.ts";

/** Opens a visit of a site. The caller closes it. */
export function openVisit(
  request: FetchRequest,
  { pauseSeconds }: Pick<Details, "pauseSeconds">,
): { visit: PoliteVisit; close(): Promise<void> } {
  const client = openFeedClient(request);
  const visit = new PoliteVisit({
    client,
    pauseSeconds,
    headers: { "user-agent": userAgent(request.environment.MOISSON_CONSOLE_CONTACT), ...visibleHeaders(request) },
    signal: request.signal,
    spoolFolder: request.spoolFolder,
    wait,
    random: Math.random,
  });
  return { visit, close: () => client.close() };
}

/** Names us and, for the publisher's questions, the contact of this installation. */
function userAgent(contact: string | undefined): string {
  const reachable = contact?.replace(/[^\x20-\x7e]/g, "").trim();
  return `Moisson (harvester of public aids${reachable ? `; contact: ${reachable}` : ""})`;
}

function visibleHeaders({ connector }: FetchRequest): Record<string, string> {
  const { headers = {} } = connector.feed;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
