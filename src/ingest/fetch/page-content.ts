import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { DecodeOptions } from "../../kit/definition.ts";
import type { WalkedPaging } from "../../kit/feed.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import type { htmlRecords } from "./html-records.ts";
import { nextInLinkHeader } from "./page-addresses.ts";
import { parseJson } from "./parse-json.ts";

/** Contents of a page that the walk needs. */
export interface PageContent {
  /** Number of records; null if the page does not have the declared shape, for example an error page. */
  readonly records: number | null;
  /** False if `records` is an estimate. */
  readonly exact: boolean;
  /** The records of a JSON page; empty for other formats. */
  readonly items: readonly unknown[];
  /** Hash of the records. Formats other than JSON and HTML have a hash of the whole page. */
  readonly fingerprint: string;
  /** Number of records that the page announces for the whole feed. */
  readonly announced: number | null;
  /** The next link or cursor: the value at its path, or the address in the `Link` header. */
  readonly next: unknown;
}

/** Reads one page into memory. `feed-downloads.ts` limits its size. */
export async function readPage(part: FetchedPart, decode: DecodeOptions, paging: WalkedPaging): Promise<PageContent> {
  const text = new TextDecoder().decode(await readFile(part.path)); // removes the BOM
  const records = countByLines(text, decode);
  const linked = paging.kind === "linkHeader" ? nextInLinkHeader(part.link ?? "") : null;
  const nextPath = "path" in paging ? paging.path : null;
  if (decode.format === "html") {
    const page = await readHtml(text, { records: decode.records, next: nextPath, total: decode.total }, part.sha256);
    return { ...page, next: page.next ?? linked };
  }
  if (records !== null) return { records, exact: false, items: [], fingerprint: part.sha256, announced: null, next: linked };
  const page = readJsonPage(text, decode, nextPath, part.sha256);
  return { ...page, next: page.next ?? linked };
}

/** Estimates the number of records of CSV, XML or JSON Lines, to detect an empty page. Returns null for other formats. */
function countByLines(text: string, decode: DecodeOptions): number | null {
  const filledLines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "").length;
  if (decode.format === "csv") return Math.max(0, filledLines - decode.headerRow);
  if (decode.format === "json") return decode.lines ? filledLines : null;
  if (decode.format !== "xml") return null;
  const names = [decode.recordPath].flat().map((path) => (path.split("/").at(-1) ?? "").replace(/[^\p{L}\p{N}_-]/gu, "\\$&"));
  const opening = new RegExp(`<(?:[^\\s<>/:]+:)?(?:${names.join("|")})[\\s/>]`, "g");
  return text.match(opening)?.length ?? 0;
}

/** Reads a web page. A page without records is an empty page, because the page after the last one usually has none. */
async function readHtml(text: string, layout: Parameters<typeof htmlRecords>[1], sha256: string): Promise<PageContent> {
  // Loaded only for web pages.
  const { htmlRecords: read } = await import("./html-records.ts");
  const page = read(text, layout);
  const { records = null, hash = sha256, next = null, announced = null } = page ?? {};
  return { records, exact: true, items: [], fingerprint: hash, announced, next };
}

function readJsonPage(text: string, decode: DecodeOptions, nextPath: string | null, sha256: string): PageContent {
  const root = parseJson(text);
  const options = decode.format === "json" ? decode : null;
  const inShape = Object.entries(options?.mustBe ?? {}).every(([key, wanted]) => valueAtPath(root, key) === wanted);
  const records = inShape ? recordsAt(root, [options?.recordPath ?? ""].flat(), options?.keyField !== undefined) : null;
  return {
    records: records?.length ?? null,
    exact: true,
    items: records ?? [],
    fingerprint: jsonHash(records) ?? sha256,
    announced: announcedNumber(options?.total === undefined ? null : valueAtPath(root, options.total)),
    next: nextPath === null ? null : valueAtPath(root, nextPath),
  };
}

/** Returns the records. Records of an object are returned with their keys. */
function recordsAt(root: unknown, paths: readonly string[], areKeyed: boolean): readonly unknown[] | null {
  for (const path of paths) {
    const found = path === "" ? root : valueAtPath(root, path);
    if (Array.isArray(found)) return found;
    if (isRecord(found) && areKeyed) return Object.entries(found);
    if (isRecord(found) && path !== "") return [found];
  }
  return null;
}

/** Returns the value at a dotted path, or undefined. A key of the root that contains dots (`@odata.nextLink`) takes precedence. */
function valueAtPath(root: unknown, path: string): unknown {
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

/**
 * Returns the SHA-256 of a value's JSON, lower-case hex. Returns null if the value is nested too deeply for `JSON.stringify`, which allows
 * less depth than `JSON.parse`.
 */
export function jsonHash(value: unknown): string | null {
  try {
    return hash("sha256", JSON.stringify(value));
  } catch {
    return null;
  }
}
