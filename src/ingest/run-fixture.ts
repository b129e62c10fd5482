import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type AidContent, isEmptyValue } from "../model/aid/aid.ts";
import { wholeContent } from "../model/aid/filled-content.ts";
import type { Issue } from "../model/issue.ts";
import type { NewAid, RejectedRecord } from "../model/plan/plan.ts";
import type { Losses } from "../model/run/losses.ts";
import type { RunReport } from "../model/run/run-report.ts";
import { compareCodePoints } from "../model/text/canonical.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import { defaultDecodeLimits } from "./decode/decoded.ts";
import { readingOf } from "./feed-reading.ts";
import { ingestRecords } from "./ingest-records.ts";
import { unreadFields } from "./map/account-fields.ts";
import { createRecordMapper, sharedNamesOf } from "./map/record-mapper.ts";
import { RunTally } from "./report/run-tally.ts";
import type { MappingConnector } from "./run-inputs.ts";

/** Result of a fixture. It contains codes and parameters, but no sentences and no times. */
export interface FixtureResult {
  readonly received: number;
  readonly skippedBy: RunReport["skippedBy"];
  /** Sorted by external id. */
  readonly aids: readonly ({ readonly externalId: string } & AidContent)[];
  readonly rejected: readonly { readonly locator: string; readonly externalId: string | null; readonly reasons: readonly string[] }[];
  /** Issues of the valid aids, in feed order. */
  readonly issues: readonly Omit<Issue, "stage">[];
  readonly unmappedTerms: RunReport["unmappedTerms"];
  readonly unreadFields: readonly string[];
}

/** Returns the text of `<scenario>.expected.json`. It omits empty fields, so that a new field changes no expected result. */
export function expectedText(result: FixtureResult): string {
  const aids = result.aids.map((aid) => Object.fromEntries(Object.entries(aid).filter(([, value]) => !isEmptyValue(value))));
  return `${JSON.stringify({ ...result, aids }, null, 2)}\n`;
}

/** Decodes, maps and validates a file without a catalogue. Throws `RunError` if the file cannot be read. */
export async function runFixture(connector: MappingConnector, path: string): Promise<FixtureResult> {
  return (await measureFixture(connector, path)).result;
}

/** Does the same, and returns also what the records of the file contain and their aids lack. */
export async function measureFixture(
  { definition, terms }: MappingConnector,
  path: string,
): Promise<{ result: FixtureResult; losses: Losses }> {
  const { size } = await stat(path);
  const part = { name: basename(path), contentType: null, bytes: size, path, open: () => createReadStream(path) };
  const decode = () => decodeFeed([part], readingOf(definition), defaultDecodeLimits);
  const names = await sharedNamesOf(definition, terms, decode);
  const staged: NewAid[] = [];
  const rejected: RejectedRecord[] = [];
  const tally = new RunTally();
  const sinks = {
    stage: async (aids: readonly NewAid[]) => void staged.push(...aids),
    reject: async (records: readonly RejectedRecord[]) => void rejected.push(...records),
  };
  await ingestRecords(decode(), createRecordMapper(definition, terms, names), sinks, tally, { measuresAll: true });
  const { skippedBy, unmappedTerms } = tally.summary([]);
  const result = {
    received: tally.received,
    skippedBy,
    aids: staged
      .map(({ externalId, contentJson }) => ({ externalId, ...wholeContent(JSON.parse(contentJson)) }))
      .sort((a, b) => compareCodePoints(a.externalId, b.externalId)),
    rejected: rejected.map(({ locator, externalId, reasons }) => ({ locator, externalId, reasons: reasons.map(({ code }) => code) })),
    issues: staged.flatMap(({ locator, memo }) => memo.issues.map(({ stage: _, ...found }) => ({ ...found, locator }))),
    unmappedTerms,
    unreadFields: unreadFields(definition, tally.seenFields),
  };
  return { result, losses: tally.losses.summary() };
}
