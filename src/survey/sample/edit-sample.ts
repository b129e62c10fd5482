import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import { withoutUnreadPages } from "../../ingest/decode/site/unread-page.ts";
import { readingOf } from "../../ingest/feed-reading.ts";
import { compileConnector } from "../../ingest/map/compile-connector.ts";
import { mapRecord } from "../../ingest/map/map-record.ts";
import { selectRecord } from "../../ingest/map/select-record.ts";
import type { Preview } from "../../ingest/preview-aids.ts";
import { receivedConnector } from "../../ingest/sent-connector.ts";
import type { Connector } from "../../kit/definition.ts";
import { valueAt } from "../../kit/expressions/field-path.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import { pathsOfRule, rulesOf } from "../../kit/rules/rule-paths.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import type { SourceValue } from "../../model/aid/source-value.ts";
import { FeedUnreadable, RunError } from "../../model/run/run-error.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import { withChanges } from "../../registry/change-content.ts";
import { proposeSourceValues } from "../../suggest/propose-source-values.ts";
import { once, Recent } from "../cached-results.ts";
import { FeedAnalysis } from "../profile/feed-analysis.ts";
import type { Proposal, ProposalContext } from "../propose/proposal.ts";
import { proposeConnector } from "../propose/propose-connector.ts";
import { possibleReadings } from "../read/possible-readings.ts";
import { surveyLimits } from "../read/read-sample.ts";
import type { Reading, Survey } from "../survey.ts";
import { surveyRecords } from "../survey-feed.ts";
import { changeOf, keyOf } from "./change-of-choices.ts";
import type { EditedRecord, EditedSample, EditRequest, ProposedField, SheetColumn, SheetRow } from "./edit-request.ts";
import { orRefused, partOf, type RefusedSample } from "./sample-request.ts";
import { checkedPlainly, previewOf } from "./try-definition.ts";

/** Few enough that a choice is tried in about a second. */
const recordsTried = 500;
const maxTriedCharacters = 4_000_000;
const maxRows = 50;
const minRows = 10;
const maxColumns = 200;
/** Limit of the table, so that a page stays light. */
const maxCells = 2_000;
const maxCharacters = 100_000;
const minCertainty = 0.4;
const maxUnreadable = 20;

/** Tries choices on the first records of a file: returns the file as a table, and what becomes of its records. */
export function editSample(ask: EditRequest): Promise<EditedSample | RefusedSample> {
  return orRefused(() => edited(ask));
}

async function edited(ask: EditRequest): Promise<EditedSample> {
  const { definition, terms } = await receivedConnector(ask.connector);
  const { decode } = definition;
  const readings = await readingsOf(ask.file, decode as Reading);
  const reading = ask.choices.reading === null ? undefined : readings[ask.choices.reading];
  const reread = reading === undefined ? null : checkedPlainly(withChanges(definition, { decode: reading }), definition.id).connector;
  const base = reread ?? definition;
  const sample = await sampleOf(ask.file, base);
  const proposal = proposalOf(sample.survey, base, terms);
  const change = {
    ...(base !== definition && { decode: reading }),
    ...changeOf(base, ask.choices, new FeedAnalysis(sample.survey, contextOf(base, terms)), proposal),
  };
  const { connector, problems } = checkedPlainly(withChanges(definition, change), definition.id);
  const changed = connector ?? base;
  const saved = base === definition ? sample : await sampleOf(ask.file, definition);
  const before = await triedOn(saved, definition, terms, ask.connector.fingerprint);
  const after =
    canonicalJson(change) === "{}"
      ? before
      : await triedOn(sample, changed, terms, `${ask.connector.fingerprint} ${canonicalJson(change)}`);
  const columns = columnsOf(sample.survey, definition, changed);
  const shown = columns.slice(0, maxColumns);
  return {
    columns: shown,
    columnsHidden: columns.length - shown.length,
    rows: rowsOf(sample, shown, after),
    isBeginning: sample.isBeginning,
    readings,
    proposals: proposedFields(sample, changed, terms, proposal),
    unsaid: unsaidOf(changed, after),
    filled: rulesOf(changed).map(([field, rule]) => ({ field, from: [...new Set(pathsOfRule(rule))] })),
    change,
    problems,
    before: countsOf(before),
    after: countsOf(after),
    unreadable: after.issues.filter(({ code }) => code !== "unmapped-term").slice(0, maxUnreadable),
    record: recordOf(Math.min(ask.record, sample.survey.records.length - 1), sample, changed, before, after),
  };
}

interface FirstRecords {
  /** The file and how it is read. */
  readonly key: string;
  readonly survey: Survey;
  readonly isBeginning: boolean;
}

const samples = new Recent<FirstRecords>();
const tries = new Recent<Preview>();
const readingsFound = new Recent<readonly Reading[]>();

function sampleOf(file: EditRequest["file"], definition: Connector): Promise<FirstRecords> {
  const key = canonicalJson([file.path, file.bytes, definition.decode, definition.details ?? null, definition.timeZone]);
  return samples.get(key, async () => {
    const records: Record<string, unknown>[] = [];
    let characters = 0;
    const isFull = () => records.length > recordsTried || characters > maxTriedCharacters;
    try {
      for await (const batch of withoutUnreadPages(decodeFeed([partOf(file)], readingOf(definition), surveyLimits))) {
        for (const decoded of batch) {
          if (decoded.kind !== "record" || isFull()) continue;
          records.push(decoded.values);
          characters += JSON.stringify(decoded.values).length;
        }
        if (isFull()) break;
      }
    } catch (error) {
      // The records before the error are enough.
      if (!(error instanceof FeedUnreadable) || records.length === 0) throw error;
    }
    const tried = isFull() && records.length > 1 ? records.slice(0, -1) : records;
    const survey = surveyRecords(tried, definition.decode as Reading, definition.timeZone);
    return { key, survey, isBeginning: tried.length < records.length };
  });
}

/** Returns the ways to read a file, first the one of the definition. Pages and unknown formats have no other way. */
function readingsOf(file: EditRequest["file"], current: Reading): Promise<readonly Reading[]> {
  return readingsFound.get(canonicalJson([file.path, file.bytes, current]), async () => {
    const { readings } = await possibleReadings(partOf(file)).catch((error: unknown) => {
      if (error instanceof RunError) return { readings: [] };
      throw error;
    });
    const placeOf = (reading: Reading) =>
      canonicalJson([reading.format, "recordPath" in reading && reading.recordPath, "sheet" in reading && reading.sheet]);
    const isComparable = readings.some(({ format }) => format === current.format);
    return [current, ...(isComparable ? readings.filter((reading) => placeOf(reading) !== placeOf(current)) : [])].slice(0, 30);
  });
}

const proposals = new WeakMap<Survey, Proposal>();

function proposalOf(survey: Survey, definition: Connector, terms: TermLookup): Proposal | null {
  if (survey.records.length === 0) return null;
  return once(proposals, survey, () => proposeConnector(survey, terms, contextOf(definition, terms)));
}

function contextOf({ id, feed, publisher }: Connector, terms: TermLookup): ProposalContext {
  return { id, feed, publisher, terms, isPublisherGiven: true, territory: publisher.territory, knownTerms: [] };
}

function triedOn({ key, survey }: FirstRecords, definition: Connector, terms: TermLookup, version: string): Promise<Preview> {
  return tries.get(`${version} ${key}`, () => previewOf(survey.records, definition, terms, recordsTried));
}

function countsOf({ received, skipped, rejected, valid, publishable, missing }: Preview) {
  return { received, skipped, rejected, valid, publishable, missing };
}

const unsaidValues = new WeakMap<Preview, readonly SourceValue[]>();

/** Returns what the file does not say: see `proposeSourceValues`. */
function unsaidOf({ publisher }: Connector, tried: Preview): readonly SourceValue[] {
  const contents = tried.aids.map(({ content }) => content);
  return once(unsaidValues, tried, () => proposeSourceValues(publisher, contents));
}

function columnsOf(survey: Survey, before: Connector, after: Connector): SheetColumn[] {
  const rulesBefore = new Map(rulesOf(before));
  return survey.fields.map(({ path, filled: count, examples }) => ({
    path,
    filled: count,
    examples,
    readBy: rulesOf(after).flatMap(([field, rule]) => {
      const paths = [...new Set(pathsOfRule(rule))];
      if (!paths.some((read) => isWithin(path, read))) return [];
      const isUnsaved = canonicalJson(rule) !== canonicalJson(rulesBefore.get(field) ?? null);
      return [{ field, others: paths.filter((read) => !isWithin(path, read)), isUnsaved }];
    }),
    isUseless: after.ignored.includes(keyOf(path)),
  }));
}

/** Returns true if a rule that reads `read` also reads the column. */
function isWithin(column: string, read: string): boolean {
  const [bare, bareRead] = [column, read].map((path) => path.replaceAll("[]", ""));
  return bare === bareRead || bare?.startsWith(`${bareRead}.`) === true;
}

function rowsOf({ survey }: FirstRecords, columns: readonly SheetColumn[], { aids, firstRejected }: Preview): SheetRow[] {
  const count = Math.max(minRows, Math.min(maxRows, Math.floor(maxCells / Math.max(1, columns.length))));
  const length = Math.max(20, Math.min(120, Math.floor(maxCharacters / (count * Math.max(1, columns.length)))));
  const valid = new Set(aids.map(({ locator }) => locator));
  const rejected = new Set(firstRejected.map(({ locator }) => locator));
  return survey.records.slice(0, count).map((values, index) => ({
    cells: columns.map(({ path }) => textOf(valueAt(values, path), length)),
    outcome: valid.has(String(index)) ? "aid" : rejected.has(String(index)) ? "rejected" : "skipped",
  }));
}

function textOf(value: unknown, maxLength: number): string {
  if (value === null || value === undefined) return "";
  const members = Array.isArray(value) ? value : [value];
  const texts = members
    .slice(0, 20)
    .map((member) => (typeof member === "object" && member !== null ? JSON.stringify(member) : String(member)));
  const text = texts
    .join(" ; ")
    .slice(0, maxLength * 4)
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return text.length > maxLength
    ? `${text
        .slice(0, maxLength)
        .replace(/[\ud800-\udbff]$/, "")
        .trimEnd()}…`
    : text;
}

function proposedFields({ survey }: FirstRecords, definition: Connector, terms: TermLookup, proposal: Proposal | null): ProposedField[] {
  if (proposal === null) return [];
  const open = proposal.fields.filter(({ field, certainty }) => !(field in definition.fields) && certainty >= minCertainty);
  if (open.length === 0) return [];
  const fields = Object.fromEntries(open.map(({ field, rule }) => [field, rule]));
  const compiled = compileConnector({ ...definition, fields: { ...definition.fields, ...fields } as Connector["fields"] }, terms);
  const drafts = survey.records.slice(0, minRows).map((values, index) => mapRecord(compiled, { locator: String(index), values }).draft);
  return open.map(({ field, from, certainty, evidence }) => {
    const values = drafts.map((draft) => (field === "externalId" ? draft.externalId : draft.content[field as AidField]));
    return { field, from, certainty, evidence, example: values.find((value) => !isEmptyValue(value)) ?? null };
  });
}

function recordOf(number: number, { survey }: FirstRecords, definition: Connector, before: Preview, after: Preview): EditedRecord | null {
  const values = survey.records[number];
  if (values === undefined) return null;
  const locator = String(number);
  const isHere = (one: { readonly locator: string }) => one.locator === locator;
  const aid = after.aids.find(isHere);
  return {
    number,
    before: before.aids.find(isHere)?.content ?? null,
    after: aid?.content ?? null,
    missing: aid?.missing ?? [],
    isPermanent: aid?.isPermanent === true,
    issues: (aid?.issues ?? []).filter(({ code }) => code !== "unmapped-term"),
    skipped: aid === undefined ? selectRecord(definition, values) : null,
    rejected: after.firstRejected.find(isHere)?.reasons ?? [],
  };
}
