import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { ingestRecords } from "../../src/ingest/ingest-records.ts";
import { unreadFields } from "../../src/ingest/map/account-fields.ts";
import { createRecordMapper, sharedNamesOf } from "../../src/ingest/map/record-mapper.ts";
import { RunTally } from "../../src/ingest/report/run-tally.ts";
import type { RunnableConnector } from "../../src/ingest/run-inputs.ts";
import type { AidContent } from "../../src/model/aid/aid.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import type { Issue } from "../../src/model/issue.ts";
import type { NewAid, RejectedRecord } from "../../src/model/plan/plan.ts";
import { RunError } from "../../src/model/run/run-error.ts";
import { partOf } from "../support/decode-bytes.ts";

/** Outcome of one record. */
export type Fate =
  | { readonly kind: "kept"; readonly externalId: string; readonly content: AidContent; readonly issues: readonly Omit<Issue, "locator">[] }
  | { readonly kind: "rejected"; readonly externalId: string | null; readonly codes: readonly string[] }
  | { readonly kind: "skipped"; readonly reason: string };

/** Result of a feed, by record, in feed order. */
export interface BytesRun {
  readonly received: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly valid: number;
  readonly fates: readonly Fate[];
  readonly unreadFields: readonly string[];
  /** The error that ended the run early. */
  readonly error: RunError | null;
}

let files = 0;

/** A tally that also records which places of the feed were skipped as copies. */
class TallyOfCopies extends RunTally {
  constructor(private readonly skippedAt: Map<string, string>) {
    super();
  }

  override addIssues(issues: readonly Issue[]): void {
    super.addIssues(issues);
    for (const { code, locator } of issues) if (code === "exact-copy" && locator !== null) this.skippedAt.set(locator, code);
  }
}

/** Runs a feed through decode, map and validate, as `runFixture` does, and returns the outcome of each record. */
export async function runBytes({ definition, terms }: RunnableConnector, bytes: Uint8Array, folder: string): Promise<BytesRun> {
  const path = join(folder, `feed-${++files}`);
  // The decoder reads only workbooks from a file.
  if (definition.decode.format === "excel") await writeFile(path, bytes);
  const part = partOf(bytes, { path });
  const decode = () => decodeFeed([part], definition.decode, defaultDecodeLimits);
  const staged: NewAid[] = [];
  const rejected: RejectedRecord[] = [];
  const sinks = {
    stage: async (aids: readonly NewAid[]) => void staged.push(...aids),
    reject: async (records: readonly RejectedRecord[]) => void rejected.push(...records),
  };
  const locators: string[] = [];
  const skippedAt = new Map<string, string>();
  const tally = new TallyOfCopies(skippedAt);
  let error: RunError | null = null;
  try {
    const names = await sharedNamesOf(definition, terms, decode);
    const mapper = createRecordMapper(definition, terms, names);
    const watched = async function* () {
      for await (const batch of decode()) {
        for (const one of batch) {
          if (one.kind === "record" || one.kind === "broken") locators.push(one.locator);
          const reason = one.kind === "record" ? mapper.select(one.values) : null;
          if (one.kind === "record" && reason !== null) skippedAt.set(one.locator, reason);
        }
        yield batch;
      }
    };
    await ingestRecords(watched(), mapper, sinks, tally);
  } catch (thrown) {
    if (!(thrown instanceof RunError)) throw thrown;
    error = thrown;
  }
  const fates = new Map<string, Fate>([...skippedAt].map(([locator, reason]) => [locator, { kind: "skipped", reason }]));
  for (const { locator, externalId, contentJson, memo } of staged)
    fates.set(locator, { kind: "kept", externalId, content: wholeContent(JSON.parse(contentJson)), issues: memo.issues });
  for (const { locator, externalId, reasons } of rejected)
    fates.set(locator, {
      kind: "rejected",
      externalId,
      codes: reasons.filter(({ severity }) => severity === "error").map(({ code }) => code),
    });
  return {
    received: tally.received,
    skipped: tally.skipped,
    rejected: tally.rejected,
    valid: staged.length,
    fates: locators.flatMap((locator) => fates.get(locator) ?? []),
    unreadFields: error === null ? unreadFields(definition, tally.seenFields) : [],
    error,
  };
}
