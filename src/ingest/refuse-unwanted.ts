import { hostsOfConnector } from "../kit/site-hosts.ts";
import { hostOfAddress, refusalOf } from "../model/publisher/publisher-request.ts";
import { FeedRefused } from "../model/run/run-error.ts";
import { parisDay } from "../model/text/paris-day.ts";
import type { IngestionRun } from "./ingestion-run.ts";

/**
 * Throws `FeedRefused` if nobody wants the run: the aids of the connector have moved to another one (`connector-moved`), so that they would
 * arrive twice, or the publisher of a site that it reads has asked us to stop (`site-refused`). A stored feed of the site counts too.
 */
export async function refuseUnwanted({ services, connector: { definition }, options }: IngestionRun): Promise<void> {
  const { plans, publisherRequests } = services.catalogue;
  const to = await plans.movedTo(definition.id);
  if (to !== null) throw new FeedRefused("connector-moved", { to });
  const refused = await publisherRequests.refusedSites();
  const asked = options.url === undefined ? null : hostOfAddress(options.url);
  for (const host of [...hostsOfConnector(definition, services.environment), ...(asked === null ? [] : [asked])]) {
    const refusal = refusalOf(host, refused);
    if (refusal !== null) throw new FeedRefused("site-refused", { host, day: parisDay(new Date(refusal.at)) });
  }
}
