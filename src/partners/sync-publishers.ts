import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { SeededPublisher, StoredPublisher } from "../catalogue/publishers/publisher-repository.ts";
import type { LoadedConnector } from "../kit/loaded-connector.ts";
import { publishersOfTerritories, statePublishers } from "./listed-publishers.ts";
import { type MatchedPublisher, publishersOfConnectors } from "./publishers-of-connectors.ts";

/** Author that the log names for automatic changes. */
const listedBy = "Moisson";

/**
 * Brings the list of publishers up to date. It adds the regions, departments, overseas collectivities, known ministries and agencies, and the publishers that
 * connectors name; it assigns each connector without a publisher; it moves publishers with published aids to the stage `online`. It never changes what a person
 * entered: neither the name of a publisher nor the publisher of a connector. Runs two statements if nothing changes.
 */
export async function syncPublishers(
  catalogue: Pick<Catalogue, "publisherListing" | "publishers">,
  { connectors }: { readonly connectors: readonly LoadedConnector[] },
  now: Date,
): Promise<void> {
  const { seeds, connectors: given } = await catalogue.publisherListing.listing();
  const missing = publishersToList().filter(({ seed }) => !seeds.has(seed));
  if (missing.length > 0) await catalogue.publishers.seed(withFacts(missing, connectors), { by: listedBy, now });
  const free = connectors.map(({ definition }) => definition).filter(({ id, publisher }) => !given.has(id) && publisher.kind !== "any");
  if (free.length > 0) await assignConnectors(catalogue, free, now);
  await catalogue.publisherListing.markOnline({ by: listedBy, now });
}

function publishersToList(): SeededPublisher[] {
  return [...publishersOfTerritories(), ...statePublishers].map(({ siren = null, ...one }) => ({ ...one, siren, website: null }));
}

/** Adds the SIREN and the website that the publisher's connectors give. */
function withFacts(listed: readonly SeededPublisher[], connectors: readonly LoadedConnector[]): SeededPublisher[] {
  const definitions = connectors.map(({ definition }) => definition);
  const { owners } = publishersOfConnectors(
    definitions,
    listed.map((one) => ({ ...one, key: one.seed })),
  );
  return listed.map((one) => {
    const own = definitions.filter(({ id }) => owners.get(id) === one.seed).map(({ publisher }) => publisher);
    const siren = one.siren ?? own.find((publisher) => publisher.siren !== undefined)?.siren ?? null;
    return { ...one, siren, website: own.find(({ website }) => website !== undefined)?.website ?? null };
  });
}

async function assignConnectors(
  { publishers, publisherListing }: Pick<Catalogue, "publisherListing" | "publishers">,
  definitions: readonly LoadedConnector["definition"][],
  now: Date,
): Promise<void> {
  const { unlisted, owners } = publishersOfConnectors(definitions, (await publishers.list()).map(matchedPublisher));
  if (unlisted.length > 0) {
    const found = unlisted.map(({ seed, name, siren, kind, territory, website }) => ({ seed, name, siren, kind, territory, website }));
    await publishers.seed(found, { by: listedBy, now });
  }
  const idOfSeed =
    unlisted.length === 0 ? new Map() : new Map((await publishers.list()).map(({ seed, publisherId }) => [seed, publisherId]));
  const given = [...owners].map(([connector, key]) => ({ connector, publisherId: idOfSeed.get(key) ?? key }));
  if (given.length > 0) await publisherListing.assignUnowned(given);
}

/** Returns the fields of a stored publisher that are compared with connectors. */
export function matchedPublisher({ publisherId, name, kind, territory, siren }: StoredPublisher): MatchedPublisher {
  return { key: publisherId, name, kind, territory, siren };
}
