import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { type Decoded, defaultDecodeLimits, type FeedPart } from "../../src/ingest/decode/decoded.ts";
import { ingestRecords } from "../../src/ingest/ingest-records.ts";
import { recordHashOf } from "../../src/ingest/known-records.ts";
import { recordDigest } from "../../src/ingest/map/record-hash.ts";
import { createRecordMapper } from "../../src/ingest/map/record-mapper.ts";
import { RunTally } from "../../src/ingest/report/run-tally.ts";
import type { Connector, ConnectorInput } from "../../src/kit/definition.ts";
import { firstOf, join } from "../../src/kit/expressions/expression.ts";

import * as rules from "../../src/kit/index.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import type { NewAid } from "../../src/model/plan/plan.ts";
import { FeedUnreadable } from "../../src/model/run/run-error.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import type { DecodeInput } from "../support/decode-bytes.ts";
import { lookupOf } from "../support/read-value.ts";
import { soundConnector } from "../support/sound-connector.ts";

/** The result of a file. */
export interface ThrowAwayRun {
  /** Number of decoded and broken records. */
  readonly read: number;
  readonly broken: number;
  readonly tally: RunTally;
  /** The error that ended the reading early. */
  readonly error: FeedUnreadable | null;
}

/**
 * Runs a file through decode, map and validate of a generated connector: the fields of its first record are distributed over all rules,
 * and every field also goes through the text rules. It calls `onAid` with each aid and does not store aids.
 */
export async function throwAwayRun(path: string, decode: DecodeInput, onAid: (content: AidContent) => void): Promise<ThrowAwayRun> {
  const part = { name: basename(path), contentType: null, bytes: statSync(path).size, path, open: () => createReadStream(path) };
  const connector = checked(soundConnector({ decode, fields: dealtOut(await firstFields(part, decode)) }));
  const tally = new RunTally();
  const counts = { record: 0, known: 0, fields: 0, broken: 0, issue: 0, total: 0 };
  let error: FeedUnreadable | null = null;

  async function* counted(): AsyncGenerator<readonly Decoded[]> {
    try {
      for await (const batch of decodeFeed([part], connector.decode, defaultDecodeLimits)) {
        for (const { kind } of batch) counts[kind]++;
        yield batch;
      }
    } catch (thrown) {
      if (!(thrown instanceof FeedUnreadable)) throw thrown;
      error = thrown;
    }
  }

  const sinks = {
    stage: async (aids: readonly NewAid[]) => {
      for (const { contentJson } of aids) onAid(wholeContent(JSON.parse(contentJson)));
    },
    reject: async () => undefined,
  };
  await ingestRecords(counted(), createRecordMapper(connector, lookupOf(), null), sinks, tally);
  return { read: counts.record, broken: counts.broken, tally, error };
}

function checked(definition: ConnectorInput): Connector {
  const found = checkConnector(definition);
  if ("problems" in found) throw new Error(JSON.stringify(found.problems));
  return found.connector;
}

async function firstFields(part: FeedPart, decode: DecodeInput): Promise<string[]> {
  const { decode: whole } = checked(soundConnector({ decode }));
  try {
    for await (const batch of decodeFeed([part], whole, defaultDecodeLimits)) {
      const first = batch.find((decoded) => decoded.kind === "record");
      if (first !== undefined) return Object.keys(first.values).filter((field) => field !== "");
    }
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
  }
  return [];
}

function dealtOut(fields: readonly string[]): ConnectorInput["fields"] {
  let next = 0;
  const field = () => fields[next++ % fields.length] ?? "nothing";
  const all = fields.length > 0 ? join([...fields], "\n") : "nothing";
  const formats = ["iso", "dd/MM/yyyy", "yyyy/MM/dd", "d/M/yy", "french", "rfc822"];
  return {
    externalId: rules.computed("recordHash", { why: "Most of these files have no identifier.", reads: ["nothing"] }, (values) =>
      recordHashOf(recordDigest({ values }, "")),
    ),
    name: rules.text(fields.length > 0 ? firstOf(...fields) : "nothing"),
    description: rules.html(all),
    eligibility: rules.markdown(field()),
    projectExamples: rules.plainText(field()),
    contact: rules.html(rules.section(all, { from: "de", to: "la" })),
    originUrl: rules.url(field()),
    startDate: rules.date(field(), formats),
    submissionDeadline: rules.date(field(), formats, { pick: "latest" }),
    submissionDeadlineTime: rules.time(field(), ["iso", "french"]),
    loanAmount: rules.money(field()),
    subventionRateLowerBound: rules.rate(field(), { bound: "lower" }),
    subventionRateUpperBound: rules.rate(field(), { bound: "upper" }),
    isCharged: rules.yesNo(field()),
    keywords: rules.list(rules.split(field(), ",")),
    targetedAudiences: rules.terms(rules.split(field(), ";"), "targetedAudiences"),
    recurrence: rules.terms(field(), "recurrence"),
    financers: rules.organisations(field()),
    instructors: rules.organisations(rules.json(field(), { path: "[]" })),
    perimeters: rules.perimeters(field(), { written: "name" }),
    perimeterExclusions: rules.perimeters(field(), { written: "mention", scales: ["region", "department"] }),
  };
}
