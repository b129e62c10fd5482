import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { ingestRecords } from "../../src/ingest/ingest-records.ts";
import { createRecordMapper } from "../../src/ingest/map/record-mapper.ts";
import { RunTally } from "../../src/ingest/report/run-tally.ts";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { benchConnector } from "./bench-connector.ts";

/** Seconds of the stages without a database, each including the previous ones. */
export interface StageTimes {
  readonly hash: number;
  readonly decode: number;
  readonly mapAndValidate: number;
}

/** Measures hashing, decoding, and decoding with mapping, cleaning and validating, for a CSV of the bench. */
export async function timeStages(path: string): Promise<StageTimes> {
  const checked = checkConnector(benchConnector("csv"));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const { connector } = checked;
  const { size } = await stat(path);
  const part = { name: "feed.csv", contentType: null, bytes: size, path, open: () => createReadStream(path) };
  const decode = () => decodeFeed([part], connector.decode, defaultDecodeLimits);
  const nothing = { stage: async () => undefined, reject: async () => undefined };
  const mapper = createRecordMapper(connector, termLookup(new Map()), null);
  return {
    hash: await seconds(async () => {
      const digest = createHash("sha256");
      for await (const chunk of part.open()) digest.update(chunk);
    }),
    decode: await seconds(async () => {
      for await (const _ of decode());
    }),
    mapAndValidate: await seconds(() => ingestRecords(decode(), mapper, nothing, new RunTally())),
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
