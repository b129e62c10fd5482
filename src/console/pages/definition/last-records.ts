import { wholeFeeds } from "../../../jobs/last-whole-run.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { Values } from "../../../registry/survey/survey.ts";
import { firstRecords } from "../../sample/first-records.ts";
import type { Visit } from "../../visit.ts";

/** Feeds that are looked into: a publisher's page that is empty for a week is found behind. */
const mostFeeds = 10;

/** Records of a connector to make an example of, and whether any feed of it is kept at all. */
export interface LastRecords {
  readonly records: readonly Values[];
  readonly isFeedKept: boolean;
}

/** The beginning of the last whole feed that had a record; else of the file that the connector was made from. */
export async function lastRecords({ catalogue }: Visit, { definition: { id, decode } }: LoadedConnector): Promise<LastRecords> {
  const ofRuns = await wholeFeeds(catalogue, id, mostFeeds);
  const draft = (await catalogue.drafts.list()).find(({ connector }) => connector === id);
  const feeds = [...ofRuns, ...(draft?.upload ? [draft.upload] : [])];
  for (const hash of feeds) {
    const records = await firstRecords(catalogue, hash, decode);
    if (records.length > 0) return { records, isFeedKept: true };
  }
  return { records: [], isFeedKept: feeds.length > 0 };
}
