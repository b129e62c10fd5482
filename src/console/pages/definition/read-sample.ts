import { firstRecords } from "../../../jobs/first-records.ts";
import { wholeFeeds } from "../../../jobs/last-whole-run.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { Values } from "../../../registry/survey/survey.ts";
import type { Visit } from "../../visit.ts";

/** Max feeds to search, because the last ones can be empty. */
const maxFeeds = 10;

/** Records for a fixture, and whether any feed is stored. */
interface LastRecords {
  readonly records: readonly Values[];
  readonly isFeedKept: boolean;
}

/** Returns the first records of the last feed with records or, failing that, of the file that the connector was made from. */
export async function lastRecords({ catalogue }: Visit, { definition }: LoadedConnector): Promise<LastRecords> {
  const ofRuns = await wholeFeeds(catalogue, definition.id, maxFeeds);
  const draft = (await catalogue.drafts.list()).find(({ connector }) => connector === definition.id);
  const feeds = [...ofRuns, ...(draft?.upload ? [draft.upload] : [])];
  for (const hash of feeds) {
    const records = await firstRecords(catalogue, hash, definition);
    if (records.length > 0) return { records, isFeedKept: true };
  }
  return { records: [], isFeedKept: feeds.length > 0 };
}
