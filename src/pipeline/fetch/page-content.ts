import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { DecodeOptions } from "../../connector-kit/definition.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import type { Paging } from "./page-addresses.ts";

/** What the walk needs to know of a page. */
export interface PageContent {
  /** Number of records; null: the page is not in the connector's shape (an error, a web page). */
  readonly records: number | null;
  /** True where `records` is counted and not guessed. */
  readonly exact: boolean;
  /** Equal for two pages with the same records, whatever stands around them. */
  readonly fingerprint: string;
  /** The number of records that the page announces for the whole feed. */
  readonly announced: number | null;
  /** Value under the path of the next link. */
  readonly next: unknown;
}

/** Reads one page, whole: pages are small (limit in `feed-downloads.ts`). */
export async function readPage(part: FetchedPart, decode: DecodeOptions, paging: Paging): Promise<PageContent> {
  const text = new TextDecoder().decode(await readFile(part.path)); // takes the BOM off
  const records = countByLines(text, decode);
  if (records !== null) return { records, exact: false, fingerprint: part.sha256, announced: null, next: null };
  return readJsonPage(text, decode, paging.kind === "nextLink" ? paging.path : null, part.sha256);
}

/** CSV, XML and JSON lines: good enough to see that a page is empty. Decode reads them properly. */
function countByLines(text: string, decode: DecodeOptions): number | null {
  const filledLines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "").length;
  if (decode.format === "csv") return Math.max(0, filledLines - decode.headerRow);
  if (decode.format === "json") return decode.lines ? filledLines : null;
  if (decode.format !== "xml") return null;
  const names = [decode.recordPath].flat().map((path) => (path.split("/").at(-1) ?? "").replace(/[^\p{L}\p{N}_-]/gu, "\\$&"));
  const opening = new RegExp(`<(?:[^\\s<>/:]+:)?(?:${names.join("|")})[\\s/>]`, "g");
  return text.match(opening)?.length ?? 0;
}

function readJsonPage(text: string, decode: DecodeOptions, nextPath: string | null, sha256: string): PageContent {
  const root = parsedJson(text);
  const options = decode.format === "json" ? decode : null;
  const inShape = Object.entries(options?.mustBe ?? {}).every(([key, wanted]) => at(root, key) === wanted);
  const records = inShape ? recordsAt(root, [options?.recordPath ?? ""].flat()) : null;
  return {
    records: records?.length ?? null,
    exact: true,
    fingerprint: fingerprintOf(records) ?? sha256,
    announced: announcedNumber(options?.total === undefined ? null : at(root, options.total)),
    next: nextPath === null ? null : at(root, nextPath),
  };
}

/** Null where the records are nested too deep to be written again: JSON.parse does not mind a bomb of brackets, JSON.stringify does. */
function fingerprintOf(records: readonly unknown[] | null): string | null {
  try {
    return createHash("sha256").update(JSON.stringify(records)).digest("hex");
  } catch {
    return null;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no record path is found in it: decode says what is wrong
  }
}

function recordsAt(root: unknown, paths: readonly string[]): readonly unknown[] | null {
  for (const path of paths) {
    const found = path === "" ? root : at(root, path);
    if (Array.isArray(found)) return found;
    if (isRecord(found) && path !== "") return [found];
  }
  return null;
}

/** The value under a dotted path, a key that holds dots itself (`@odata.nextLink`) first; undefined where there is none. */
function at(root: unknown, path: string): unknown {
  if (isRecord(root) && Object.hasOwn(root, path)) return root[path];
  let value = root;
  for (const key of path.split(".")) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function announcedNumber(value: unknown): number | null {
  const total = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof total === "number" && Number.isSafeInteger(total) && total >= 0 ? total : null;
}
