import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { anyLetter } from "../../../partners/correspondence/stored-letter.ts";
import { publishersOfConnectors } from "../../../partners/publishers-of-connectors.ts";
import { matchedPublisher } from "../../../partners/sync-publishers.ts";
import type { Visit } from "../../visit.ts";
import { type ConnectorRow, readConnectorRows } from "../connectors/connector-rows.ts";

/** A connector of a publisher, with its number of published and waiting aids. */
export interface PublisherConnector {
  readonly row: ConnectorRow;
  /** The publisher that the definition names, if it is another one, or null. */
  readonly named: StoredPublisher | null;
  readonly live: number;
  readonly inReview: number;
  /** Score in the newest letter, or null. */
  readonly score: number | null;
}

/** Reads the connectors of a publisher, sorted by id. */
export async function connectorsOf(visit: Visit, { publisherId }: StoredPublisher): Promise<readonly PublisherConnector[]> {
  const owners = await visit.catalogue.publishers.connectorOwners();
  const own = [...owners].filter(([, owner]) => owner === publisherId).map(([connector]) => connector);
  if (own.length === 0) return [];
  const [{ rows }, all] = await Promise.all([readConnectorRows(visit), visit.catalogue.publishers.list()]);
  const definitions = rows.flatMap(({ id, definition }) => (own.includes(id) && definition !== null ? [definition] : []));
  const named = publishersOfConnectors(definitions, all.map(matchedPublisher)).owners;
  return Promise.all(
    rows
      .filter(({ id }) => own.includes(id))
      .map(async (row) => ({
        ...(await readOne(visit, row)),
        named: all.find((one) => one.publisherId === named.get(row.id) && one.publisherId !== publisherId) ?? null,
      })),
  );
}

async function readOne({ catalogue, now }: Visit, row: ConnectorRow): Promise<Omit<PublisherConnector, "named">> {
  const [counts, { review }, letters] = await Promise.all([
    catalogue.overview.aidCounts(row.id),
    catalogue.reviewQueue.waiting({ connectors: [row.id], today: parisDay(now) }),
    catalogue.letters.list(row.id, 20),
  ]);
  const newest = letters.find(({ kind }) => kind === "errors");
  const stored = newest === undefined ? null : await catalogue.letters.find(newest.letterId);
  const made = stored === null ? null : anyLetter(stored);
  const score = made?.kind === "errors" ? made.letter.score : null;
  return { row, live: counts.live ?? 0, inReview: review, score };
}
