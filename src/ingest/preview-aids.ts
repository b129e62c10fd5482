import type { Connector } from "../kit/definition.ts";
import type { TermLookup } from "../kit/rules/rule-context.ts";
import { type AidContent, type AidField, aidFields } from "../model/aid/aid.ts";
import { wholeContent } from "../model/aid/filled-content.ts";
import { missingAt, missingForDescription } from "../model/aid/publishable.ts";
import type { Issue } from "../model/issue.ts";
import type { NewAid, RejectedRecord } from "../model/plan/plan.ts";
import type { RunCounts } from "../model/run/run-report.ts";
import type { Decoded } from "./decode/decoded.ts";
import { ingestRecords } from "./ingest-records.ts";
import { createRecordMapper, sharedNamesOf } from "./map/record-mapper.ts";
import { RunTally } from "./report/run-tally.ts";

const aidsShown = 20;

interface PreviewedAid {
  /** Place of its record in the feed. */
  readonly locator: string;
  readonly externalId: string;
  readonly content: AidContent;
  /** Fields that it lacks to be fully described. */
  readonly missing: readonly AidField[];
  readonly issues: readonly Issue[];
  /** See `Memo.statesPermanence`. */
  readonly isPermanent: boolean;
}

/** The aids that the sample would create. `received = skipped + rejected + valid`. */
export interface Preview extends Pick<RunCounts, "received" | "skipped" | "rejected" | "valid"> {
  /** Numbers of valid aids that can be published, and of fully described ones. */
  readonly publishable: number;
  readonly fullyDescribed: number;
  /** Number of valid aids by the field that they lack to be fully described. */
  readonly missing: Readonly<Partial<Record<AidField, number>>>;
  readonly issues: readonly {
    readonly code: Issue["code"];
    readonly field: string | null;
    readonly count: number;
    readonly example: Issue;
  }[];
  readonly aids: readonly PreviewedAid[];
  readonly firstRejected: readonly { readonly locator: string; readonly externalId: string | null; readonly reasons: readonly Issue[] }[];
}

/** Maps records without storing them. `decode`: reads the records from the start; `maxAids`: aids and rejected records to return; all are counted. */
export async function previewAids(
  decode: () => AsyncIterable<readonly Decoded[]>,
  definition: Connector,
  terms: TermLookup,
  maxAids = aidsShown,
): Promise<Preview> {
  const names = await sharedNamesOf(definition, terms, decode);
  const tally = new RunTally();
  const aids: PreviewedAid[] = [];
  const firstRejected: Preview["firstRejected"][number][] = [];
  const issues = new Map<string, { code: Issue["code"]; field: string | null; count: number; example: Issue }>();
  const missing: Partial<Record<AidField, number>> = {};
  let [publishable, fullyDescribed, valid, rejected] = [0, 0, 0, 0];
  const note = (found: Issue) => {
    const key = `${found.code} ${found.field ?? ""}`;
    const group = issues.get(key);
    if (group === undefined) issues.set(key, { code: found.code, field: found.field, count: 1, example: found });
    else group.count++;
  };
  const stage = async (staged: readonly NewAid[]) => {
    for (const { externalId, contentJson, locator, memo } of staged) {
      const content = wholeContent(JSON.parse(contentJson));
      const lacks = missingForDescription(content);
      const found = memo.issues.map((one) => ({ ...one, locator }) as Issue);
      valid++;
      if (missingAt("publishable", lacks).length === 0) publishable++;
      if (lacks.length === 0) fullyDescribed++;
      for (const field of lacks) missing[field] = (missing[field] ?? 0) + 1;
      for (const one of found) note(one);
      if (aids.length < maxAids)
        aids.push({ locator, externalId, content, missing: lacks, issues: found, isPermanent: memo.statesPermanence === true });
    }
  };
  const reject = async (records: readonly RejectedRecord[]) => {
    for (const { locator, externalId, reasons } of records) {
      rejected++;
      for (const one of reasons) note(one);
      if (firstRejected.length < maxAids) firstRejected.push({ locator, externalId, reasons });
    }
  };
  await ingestRecords(decode(), createRecordMapper(definition, terms, names), { stage, reject }, tally);
  const skipped = tally.received - valid - rejected;
  const inOrder = aidFields.filter((field) => missing[field] !== undefined).map((field) => [field, missing[field]]);
  const groups = [...issues.values()].sort((a, b) => b.count - a.count);
  return {
    received: tally.received,
    skipped,
    rejected,
    valid,
    publishable,
    fullyDescribed,
    missing: Object.fromEntries(inOrder),
    issues: groups,
    aids,
    firstRejected,
  };
}
