import { Buffer, isUtf8 } from "node:buffer";
import { FeedUnreadable } from "./run-error.ts";

/**
 * A site as fetched: one file of JSON lines. First `site`, then the parts of the list, the requests that failed, the pages in the order of
 * the list, and when each page was last requested. Times come last and apart, so that the pages of two nights have the same bytes.
 */
export type SiteLine =
  | { readonly site: 1 }
  | { readonly list: ArchivedList }
  | { readonly page: ArchivedPage }
  | { readonly failed: FailedPage }
  | { readonly checked: CheckedPage };

/** Bytes that were received: as text if they are UTF-8, else in base64. */
type ArchivedBytes = { readonly text: string } | { readonly base64: string };

export type ArchivedList = ArchivedBytes & {
  readonly name: string;
  readonly type: string | null;
  readonly url: string | null;
  readonly etag: string | null;
  readonly modified: string | null;
};

/** A page that the server sent with status 200. `from`: its address after redirects, if that differs. */
export type ArchivedPage = ArchivedBytes & { readonly url: string; readonly from?: string; readonly type: string | null };

/** Why a page could not be fetched in the last run that tried: a `RunErrorCode`, `robots`, `elsewhere` or `no-page`. */
export interface FailedPage {
  readonly url: string;
  readonly code: string;
  readonly status?: number;
}

/** Last successful request of a page: its time, its validators, and the list's word about its last change. */
export interface CheckedPage {
  readonly url: string;
  readonly at: string;
  readonly etag: string | null;
  readonly modified: string | null;
  readonly changed?: string;
}

/** A line with its place in the file. */
export interface PlacedLine {
  readonly line: SiteLine;
  readonly start: number;
  readonly length: number;
}

const firstLine = '{"site":1}';

/** Longer lines are no page: a page has at most a few megabytes. */
const maxLineBytes = 128 * 1024 ** 2;

/** Returns true if a file with this beginning is an archive of a site. */
export function isSiteArchive(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, firstLine.length + 1)).toString("latin1") === `${firstLine}\n`;
}

/** Returns a line with its line break. */
export function writtenLine(line: SiteLine): Buffer {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Returns bytes as a member of a line. */
export function archivedBytes(bytes: Uint8Array): ArchivedBytes {
  return isUtf8(bytes) ? { text: Buffer.from(bytes).toString("utf8") } : { base64: Buffer.from(bytes).toString("base64") };
}

/** Returns the bytes that a line contains. */
export function bytesOf(archived: ArchivedBytes): Buffer {
  return "text" in archived ? Buffer.from(archived.text) : Buffer.from(archived.base64, "base64");
}

/** Reads the lines of an archive. Throws `FeedUnreadable` (`malformed`) with the number of the invalid line. */
export async function* siteLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<PlacedLine> {
  let pending: Uint8Array[] = [];
  let size = 0;
  let start = 0;
  let number = 0;
  const end = (): PlacedLine | null => {
    const bytes = Buffer.concat(pending);
    const placed = { start, length: bytes.length };
    start += bytes.length + 1;
    pending = [];
    size = 0;
    number++;
    return bytes.length === 0 ? null : { line: parsedLine(bytes, number), ...placed };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      pending.push(chunk.subarray(from, at));
      from = at + 1;
      const placed = end();
      if (placed !== null) yield placed;
    }
    // A copy, because the source may use its buffer again.
    pending.push(chunk.slice(from));
    size += chunk.length - from;
    if (size > maxLineBytes) throw new FeedUnreadable("too-large", { at: `line ${number + 1}`, limitMb: maxLineBytes / 1024 ** 2 });
  }
  const last = end();
  if (last !== null) yield last;
}

const shapes: Readonly<Record<string, readonly string[]>> = {
  list: ["name"],
  page: ["url"],
  failed: ["url", "code"],
  checked: ["url", "at"],
};

function parsedLine(bytes: Buffer, number: number): SiteLine {
  try {
    const line = JSON.parse(bytes.toString("utf8")) as Record<string, Record<string, unknown>>;
    const [kind = ""] = Object.keys(line);
    const keys = kind === "site" ? [] : shapes[kind];
    const hasBytes = (kind !== "list" && kind !== "page") || ["text", "base64"].some((key) => typeof line[kind]?.[key] === "string");
    if (keys?.every((key) => typeof line[kind]?.[key] === "string") && hasBytes) return line as unknown as SiteLine;
  } catch {
    // not JSON: reported below
  }
  throw new FeedUnreadable("malformed", { at: `line ${number}`, reason: "it is no line of an archive of pages" });
}
