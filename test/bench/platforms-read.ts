import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { fetchFeed } from "../../src/ingest/fetch/fetch-feed.ts";
import { ingestRecords } from "../../src/ingest/ingest-records.ts";
import { createRecordMapper, sharedNamesOf } from "../../src/ingest/map/record-mapper.ts";
import { RunTally } from "../../src/ingest/report/run-tally.ts";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { secret } from "./platforms-feed.ts";
import { platformFeeds } from "./platforms-list.ts";

/** The output of a process that has read a feed. */
export interface PlatformReading {
  readonly received: number;
  readonly valid: number;
  readonly rejected: number;
  readonly megabytes: number;
  readonly seconds: number;
  /** CPU time of the process without its start. */
  readonly cpuSeconds: number;
  /** Resident memory before the first byte, and its peak. */
  readonly startMb: number;
  readonly peakMb: number;
}

/**
 * A program that runs a feed without a catalogue (fetch, decode, map, validate), drops the results and prints a `PlatformReading`.
 * `platforms-read.js <index in the list> <records> <address of the server> <folder for the download>`.
 */
const [place = "", records = "", origin = "", spoolFolder = ""] = process.argv.slice(2);
const checked = checkConnector(platformFeeds[Number(place)]?.define(`${origin}/${place}/${records}`, Number(records)));
if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
const { connector } = checked;
const terms = termLookup(new Map());
const startMb = Math.round(process.memoryUsage.rss() / 1024 ** 2);
const begun = performance.now();
const cpuBefore = process.cpuUsage();

const feed = await fetchFeed({
  connector,
  environment: { [secret.name]: secret.value },
  allowHosts: [new URL(origin).host],
  spoolFolder: async () => spoolFolder,
});
if (feed.stoppedEarly !== null) throw new Error(JSON.stringify(feed.stoppedEarly));
const decode = () => decodeFeed(feed.parts, connector.decode, defaultDecodeLimits);
const names = await sharedNamesOf(connector, terms, decode);
const nothing = { stage: async () => undefined, reject: async () => undefined };
const tally = new RunTally();
await ingestRecords(decode(), createRecordMapper(connector, terms, names), nothing, tally);

const { user, system } = process.cpuUsage(cpuBefore);
const reading: PlatformReading = {
  received: tally.received,
  valid: tally.valid,
  rejected: tally.rejected,
  megabytes: Math.round(feed.bytes / 1e6),
  seconds: (performance.now() - begun) / 1000,
  cpuSeconds: (user + system) / 1e6,
  startMb,
  peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(JSON.stringify(reading));
