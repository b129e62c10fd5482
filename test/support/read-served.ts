import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import type { FetchedFeed } from "../../src/ingest/fetch/fetched-feed.ts";
import { ingestRecords } from "../../src/ingest/ingest-records.ts";
import { unreadFields } from "../../src/ingest/map/account-fields.ts";
import { createRecordMapper } from "../../src/ingest/map/record-mapper.ts";
import { RunTally } from "../../src/ingest/report/run-tally.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import type { NewAid, RejectedRecord } from "../../src/model/plan/plan.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { RegistryError } from "../../src/registry/registry-error.ts";
import type { FeedServer } from "./feed-server.ts";
import { fetchTestFeed } from "./fetch-test-feed.ts";
import { lookupOf, type WrittenTerms } from "./read-value.ts";

/** The result of reading a feed from a server. */
interface Served {
  /** The completed download. */
  readonly feed: FetchedFeed;
  readonly received: number;
  /** Aids kept, by external id. */
  readonly aids: ReadonlyMap<string, AidContent>;
  /** Codes of rejected records. */
  readonly rejected: readonly string[];
  /** `field: code` of the issues of kept aids. */
  readonly issues: readonly string[];
  readonly unreadFields: readonly string[];
}

/**
 * Fetches a connector's feed from a loopback server, decodes, maps and validates it: a run without a catalogue. Throws the `RunError` of
 * the run.
 */
export async function readServed(
  server: FeedServer,
  definition: ConnectorInput,
  { terms = {}, environment = {} }: { terms?: WrittenTerms; environment?: Record<string, string> } = {},
): Promise<Served> {
  const checked = checkConnector(definition);
  if ("problems" in checked) throw new RegistryError(checked.problems.map((problem) => ({ file: "in the test", ...problem })));
  const { connector } = checked;
  const feed = await fetchTestFeed({ connector, environment, allowHosts: [server.host] });

  const aids = new Map<string, AidContent>();
  const rejected: string[] = [];
  const issues: string[] = [];
  const tally = new RunTally();
  const sinks = {
    stage: async (staged: readonly NewAid[]) => {
      for (const { externalId, contentJson, memo } of staged) {
        aids.set(externalId, wholeContent(JSON.parse(contentJson)));
        issues.push(...memo.issues.map(({ field, code }) => `${field}: ${code}`));
      }
    },
    reject: async (records: readonly RejectedRecord[]) =>
      void rejected.push(...records.flatMap(({ reasons }) => reasons.map(({ code }) => code))),
  };
  const decoded = decodeFeed(feed.parts, connector.decode, defaultDecodeLimits);
  await ingestRecords(decoded, createRecordMapper(connector, lookupOf(terms), null), sinks, tally);
  return { feed, received: tally.received, aids, rejected, issues, unreadFields: unreadFields(connector, tally.seenFields) };
}
