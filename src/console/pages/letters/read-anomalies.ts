import { setImmediate } from "node:timers/promises";
import type { AidContent } from "../../../aid/aid.ts";
import type { Issue } from "../../../aid/issue.ts";
import type { AidLink } from "../../../aid/link-verdict.ts";
import type { NewAid, RejectedRecord } from "../../../aid/plan.ts";
import type { IssueGroup } from "../../../aid/run-report.ts";
import { ReadingTookTooLong, withStoredParts } from "../../../jobs/with-stored-parts.ts";
import { columnOf } from "../../../letters/column-of.ts";
import { kindOfCode } from "../../../letters/kind-of-code.ts";
import type { AnnexLine } from "../../../letters/letter.ts";
import type { LetterReading } from "../../../letters/write-letter.ts";
import { decodeFeed } from "../../../pipeline/decode/decode-feed.ts";
import { type Decoded, defaultDecodeLimits } from "../../../pipeline/decode/decoded.ts";
import { ingestRecords } from "../../../pipeline/ingest-records.ts";
import { compileConnector } from "../../../pipeline/map/compile-connector.ts";
import { readName } from "../../../pipeline/map/map-record.ts";
import { createRecordMapper } from "../../../pipeline/map/record-mapper.ts";
import { RunTally } from "../../../pipeline/report/run-tally.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import { shortened } from "../../parts/shortened.ts";
import type { Visit } from "../../visit.ts";

/** How long somebody waits for a letter, and how long its annex gets. */
const longestReadingMs = 15_000;
const mostLines = 5_000;
const longestTitle = 200;
const recordsAtOnce = 50;

/** What is wrong in a stored feed, record by record. */
export interface FoundAnomalies {
  readonly lines: readonly AnnexLine[];
  /** What the whole of the feed gave; null where it was not read to its end. */
  readonly reading: LetterReading | null;
  /** False where there are more anomalies than lines. */
  readonly isWhole: boolean;
}

/**
 * Reads a stored feed again as its connector reads it today: what a run reports are examples, a publisher needs every place. Nothing of it is written, and
 * nothing but the feed is looked at, so that nobody's corrections are in what comes out. `deadLinks`: of these, what the feed itself says.
 */
export async function readAnomalies(
  { catalogue }: Visit,
  { definition, terms }: LoadedConnector,
  snapshotHash: string,
  deadLinks: readonly AidLink[],
): Promise<FoundAnomalies> {
  const lines: AnnexLine[] = [];
  const compiled = compileConnector(definition, terms);
  const dead = new Set(deadLinks.map(({ externalId, field, url }) => linkKey(externalId, field, url)));
  let met = 0;
  const columns = new Map<string | null, string | null>();
  const columnNamed = (field: string | null) => {
    if (!columns.has(field)) columns.set(field, columnOf(definition, field));
    return columns.get(field) ?? null;
  };
  const said = new Set<string>();
  const note = (found: AnnexLine) => {
    if (kindOfCode(found.code) === null) return;
    const from = found.params.from ?? columnNamed(found.field);
    const line = from === null ? found : { ...found, params: { ...found.params, from } };
    // Where we read two fields of ours out of one of theirs, they have one thing to mend.
    const key = from === null ? null : JSON.stringify([line.place, line.code, from, line.value]);
    if (key !== null && (said.has(key) || said.size >= mostLines * 2)) return;
    if (key !== null) said.add(key);
    met++;
    if (lines.length < mostLines) lines.push(line);
  };
  const stage = async (aids: readonly NewAid[]) => {
    for (const { externalId, locator, contentJson, memo } of aids) {
      if (memo.issues.length === 0 && dead.size === 0) continue;
      const content = JSON.parse(contentJson) as Partial<AidContent>;
      const about = { place: locator, externalId, title: titleOf(content.name) };
      for (const found of memo.issues) note({ ...about, ...lineOf(found) });
      for (const field of ["originUrl", "applicationUrl"] as const) {
        const url = content[field];
        if (typeof url === "string" && dead.has(linkKey(externalId, field, url)))
          note({ ...about, code: "dead-link", field, value: url, params: {} });
      }
    }
  };
  const reject = async (records: readonly RejectedRecord[]) => {
    for (const { locator, externalId, record, reasons } of records) {
      const title = isRecord(record) ? titleOf(readName(compiled, record)) : null;
      for (const found of reasons) note({ place: locator, externalId, title, ...lineOf(found) });
    }
  };
  const tally = new RunTally();
  const sinks = { recall: async () => new Map(), stage, reject };
  const until = performance.now() + longestReadingMs;
  try {
    await withStoredParts(catalogue, { definition }, snapshotHash, longestReadingMs, async (parts) => {
      const batches = politely(decodeFeed(parts, definition.decode, defaultDecodeLimits), until);
      await ingestRecords(batches, createRecordMapper(definition, terms, null), sinks, tally, { mapping: "" });
    });
  } catch (error) {
    if (!(error instanceof ReadingTookTooLong)) throw error;
    return { lines, reading: null, isWhole: false };
  }
  const { received, rejected, valid } = tally;
  const counts = { received, rejected, valid, skipped: received - rejected - valid };
  const summary = tally.summary([]);
  return { lines: [...lines, ...ofWholeFeed(summary.issues, lines)], reading: { ...summary, counts }, isWhole: met === lines.length };
}

/** What is said of the header or the whole file belongs to no record. */
function ofWholeFeed(groups: readonly IssueGroup[], lines: readonly AnnexLine[]): AnnexLine[] {
  const hasLine = ({ code, field }: IssueGroup) => lines.some((line) => line.code === code && line.field === field);
  return groups
    .filter((group) => kindOfCode(group.code) !== null && !hasLine(group))
    .flatMap(({ code, field, examples }) =>
      examples.map(({ locator, value, params }) => ({ place: locator, externalId: null, title: null, code, field, value, params })),
    );
}

/** Others are answered after every few records. */
async function* politely(batches: AsyncIterable<readonly Decoded[]>, until: number): AsyncGenerator<readonly Decoded[]> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += recordsAtOnce) {
      await setImmediate();
      if (performance.now() > until) throw new ReadingTookTooLong();
      yield batch.slice(from, from + recordsAtOnce);
    }
  }
}

function lineOf({ code, field, value, params }: Omit<Issue, "locator">): Pick<AnnexLine, "code" | "field" | "value" | "params"> {
  return { code, field, value, params };
}

function titleOf(name: string | null | undefined): string | null {
  return name === null || name === undefined ? null : shortened(name, longestTitle);
}

function isRecord(record: unknown): record is Readonly<Record<string, unknown>> {
  return typeof record === "object" && record !== null && !Array.isArray(record);
}

function linkKey(externalId: string, field: string, url: string): string {
  return JSON.stringify([externalId, field, url]);
}
