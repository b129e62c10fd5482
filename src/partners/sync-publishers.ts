import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { SeededPublisher, StoredPublisher } from "../catalogue/publishers/publisher-repository.ts";
import type { LoadedConnector, ReadConnectors } from "../registry/load-connectors.ts";
import { publishersOfTerritories, statePublishers } from "./listed-publishers.ts";
import { type MatchedPublisher, publishersOfConnectors } from "./publishers-of-connectors.ts";

/** Who lists publishers, and moves those online whose aids are on the site, as the log says it. */
const listedBy = "Moisson";

/**
 * Keeps the list of publishers as the rest of the catalogue is: regions, departments, overseas collectivities, the ministries and agencies that we know and whoever connectors
 * name are listed, connectors that are nobody's yet are given to their publisher, and publishers of whose connectors an aid is on the site stand at `online`. What a
 * person said is never changed: one that is listed keeps its name, a connector its publisher. Two statements where nothing is to do.
 */
export async function syncPublishers(
  catalogue: Pick<Catalogue, "publisherListing" | "publishers">,
  { connectors }: Pick<ReadConnectors, "connectors">,
  now: Date,
): Promise<void> {
  const { seeds, connectors: given } = await catalogue.publisherListing.listing();
  const missing = publishersToList().filter(({ seed }) => !seeds.has(seed));
  if (missing.length > 0) await catalogue.publishers.seed(withFacts(missing, connectors), { by: listedBy, now });
  const free = connectors.map(({ definition }) => definition).filter(({ id, publisher }) => !given.has(id) && publisher.kind !== "any");
  if (free.length > 0) await assignConnectors(catalogue, free, now);
  await catalogue.publisherListing.bringOnline({ by: listedBy, now });
}

function publishersToList(): SeededPublisher[] {
  return [...publishersOfTerritories(), ...statePublishers].map(({ siren = null, ...one }) => ({ ...one, siren, website: null }));
}

/** SIREN and website, where a connector of the publisher has them. */
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
  const { unlisted, owners } = publishersOfConnectors(definitions, (await publishers.all()).map(matchedPublisher));
  if (unlisted.length > 0) {
    const found = unlisted.map(({ seed, name, siren, kind, territory, website }) => ({ seed, name, siren, kind, territory, website }));
    await publishers.seed(found, { by: listedBy, now });
  }
  const idOfSeed =
    unlisted.length === 0 ? new Map() : new Map((await publishers.all()).map(({ seed, publisherId }) => [seed, publisherId]));
  const given = [...owners].map(([connector, key]) => ({ connector, publisherId: idOfSeed.get(key) ?? key }));
  if (given.length > 0) await publisherListing.giveFree(given);
}

/** A listed publisher, as far as connectors are matched with it. */
export function matchedPublisher({ publisherId, name, kind, territory, siren }: StoredPublisher): MatchedPublisher {
  return { key: publisherId, name, kind, territory, siren };
}
