import type { Issue } from "../model/issue.ts";
import type { FeedPart } from "../model/run/feed-part.ts";
import { comparableText } from "../model/text/comparable-text.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import { type Decoded, defaultDecodeLimits } from "./decode/decoded.ts";
import { readingOf } from "./feed-reading.ts";
import { type CompiledConnector, compileConnector } from "./map/compile-connector.ts";
import { mapRecord, readExternalId } from "./map/map-record.ts";
import { scopeOf } from "./map/record-mapper.ts";
import { selectRecord } from "./map/select-record.ts";
import type { MappingConnector } from "./run-inputs.ts";
import { validateDraft } from "./validate/validate-draft.ts";

/** A record of a stored feed, read with today's code and connector. */
export interface FoundRecord {
  readonly locator: string;
  readonly externalId: string | null;
  /** The decoded record, or its text if it cannot be decoded. */
  readonly record: unknown;
  /** Reason why the connector skips the record, or null. */
  readonly skipped: string | null;
  readonly issues: readonly Issue[];
}

/** Selects records by identifier, by locator, or by words (ignoring case, accents and punctuation). */
export type WantedRecords = { readonly externalIds: ReadonlySet<string> } | { readonly locator: string } | { readonly words: string };

/** Searches a stored feed for records, including skipped and rejected ones. Returns at most `limit`. */
export async function findRecords(
  { definition, terms }: MappingConnector,
  parts: readonly FeedPart[],
  wanted: WantedRecords,
  limit: number,
): Promise<FoundRecord[]> {
  const compiled = compileConnector(definition, terms);
  const isWanted = conditionOf(wanted, compiled);
  const found: FoundRecord[] = [];
  for await (const batch of decodeFeed(parts, readingOf(definition), defaultDecodeLimits)) {
    for (const decoded of batch) {
      if (!isWanted(decoded)) continue;
      const record = readRecord(compiled, decoded);
      if (record !== null) found.push(record);
      if (found.length === limit) return found;
    }
  }
  return found;
}

function conditionOf(wanted: WantedRecords, compiled: CompiledConnector): (decoded: Decoded) => boolean {
  if ("words" in wanted) return holdsWords(wanted.words);
  if ("externalIds" in wanted) return hasIdentifier(compiled, wanted.externalIds);
  return (decoded) => "locator" in decoded && decoded.locator === wanted.locator;
}

function holdsWords(words: string): (decoded: Decoded) => boolean {
  const wanted = comparableText(words);
  const holds = (text: string) => comparableText(text).includes(wanted);
  return (decoded) => (decoded.kind === "record" ? holds(JSON.stringify(decoded.values)) : decoded.kind === "broken" && holds(decoded.raw));
}

function hasIdentifier(compiled: CompiledConnector, externalIds: ReadonlySet<string>): (decoded: Decoded) => boolean {
  return (decoded) => decoded.kind === "record" && externalIds.has(readExternalId(compiled, decoded.values) ?? "");
}

function readRecord(compiled: CompiledConnector, decoded: Decoded): FoundRecord | null {
  if (decoded.kind === "broken") {
    return { locator: decoded.locator, externalId: null, record: decoded.raw, skipped: null, issues: [decoded.issue] };
  }
  if (decoded.kind !== "record") return null;
  const mapped = mapRecord(compiled, decoded);
  return {
    locator: decoded.locator,
    externalId: mapped.draft.externalId,
    record: decoded.values,
    skipped: selectRecord(compiled.connector, decoded.values),
    issues: [
      ...(decoded.issues ?? []),
      ...mapped.issues,
      ...validateDraft(mapped.draft, decoded.locator, scopeOf(compiled.connector)).issues,
    ],
  };
}
