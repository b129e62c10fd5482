import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { syncPublishers } from "../../../partners/sync-publishers.ts";
import { type Visit, visitorOf } from "../../visit.ts";

/** Says for whom a draft was begun, in the publisher's log too. */
export async function beginFor(visit: Visit, draftId: string, { publisherId }: StoredPublisher): Promise<void> {
  const { catalogue, now } = visit;
  await catalogue.publishers.giveDraft(draftId, publisherId);
  await catalogue.exchanges.add(publisherId, { at: now, kind: "draft-begun", by: visitorOf(visit).name, details: { draft: draftId } });
}

/** Says whose connector it is that a draft became, in the publisher's log too: of whom the draft was begun for, else of whom its definition names. */
export async function connectorMade(visit: Visit, draftId: string, connector: string): Promise<void> {
  const { catalogue, now, console: services } = visit;
  const publisher = await catalogue.publishers.ofDraft(draftId);
  if (publisher !== null) await catalogue.publishers.giveConnector(connector, publisher.publisherId);
  await syncPublishers(catalogue, await services.jobs.registry(), now);
  await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "connector-made", by: visitorOf(visit).name });
}
