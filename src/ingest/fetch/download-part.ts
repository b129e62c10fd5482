import { FeedRefused, FeedUnreachable } from "../../model/run/run-error.ts";
import { decodedBody } from "../../platform/content-encoding.ts";
import type { HttpAnswer, HttpClient } from "../../platform/http-client.ts";
import { openFile } from "../../platform/open-file.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import { percentDecoded } from "./feed-address.ts";
import type { FetchedPart, Validators } from "./fetched-feed.ts";
import type { RequestBody } from "./request-body.ts";
import { checkNotBusy, requestOnce } from "./request-once.ts";
import { checkAnnouncedLength, checkSize, checkWireSize, type SizeLimit } from "./size-limit.ts";
import { spool } from "./spool.ts";

/** A request for one part. */
export interface DownloadRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly secretHeaders: Readonly<Record<string, string>>;
  /** Sent by POST. */
  readonly body?: RequestBody;
  /** Validators of the stored feed; absent for an unconditional request. Ignored for a POST. */
  readonly validators?: Validators;
  /** File to write. */
  readonly path: string;
  readonly limit: SizeLimit;
  /** For the whole answer, with redirects and body. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  onProgress(bytes: number, total: number | null): void;
}

/** The part, or null if the server answers 304 to a conditional request. */
export interface Downloaded extends Validators {
  readonly part: FetchedPart | null;
}

/** Requests once and writes the body to `path`. Throws `FeedUnreachable`, `FeedRefused`, `FeedUnreadable`, or the reason of `signal`. */
export async function downloadPart(client: HttpClient, request: DownloadRequest): Promise<Downloaded> {
  const { url, body, secretHeaders, timeoutMs, signal } = request;
  const validators = body === undefined ? request.validators : undefined;
  const headers = { ...request.headers, ...conditionalHeaders(validators) };
  const posted = body === undefined ? {} : ({ method: "POST", body } as const);
  return requestOnce(client, { url, headers, secretHeaders, timeoutMs, signal, ...posted }, async (answer) => {
    const unchanged = answer.status === 304 && validators !== undefined;
    if (!unchanged) checkStatus(answer);
    const { etag = null, "last-modified": lastModified = null } = answer.headers;
    return { part: unchanged ? null : await receive(answer, request), etag, lastModified };
  });
}

function conditionalHeaders(validators: Validators | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (validators?.etag) headers["if-none-match"] = validators.etag;
  if (validators?.lastModified) headers["if-modified-since"] = validators.lastModified;
  return headers;
}

/** Throws unless the status means success. 206 is a partial answer that we did not request. */
function checkStatus(answer: HttpAnswer): void {
  const { status } = answer;
  const params = { status, url: shownAddress(answer.url) };
  if (status === 206) throw new FeedUnreachable("body-cut-short", params);
  checkNotBusy(answer);
  if (status < 200 || status > 299) throw new FeedRefused("http-refused", params);
}

async function receive(answer: HttpAnswer, request: DownloadRequest): Promise<FetchedPart> {
  const { headers, url } = answer;
  const shown = shownAddress(request.url);
  checkAnnouncedLength(headers["content-length"], request.limit);
  const body = decodedBody({
    body: answer.body,
    contentEncoding: headers["content-encoding"],
    url: shown,
    onWire: (bytes) => checkWireSize(bytes, request.limit),
  });
  const total = announcedSize(headers);
  const { bytes, sha256 } = await spool(request.path, body.chunks, (received) => {
    checkSize(received, body, request.limit);
    request.onProgress(received, total);
  });
  return {
    name: partName(url, headers["content-disposition"]),
    contentType: headers["content-type"] ?? null,
    bytes,
    path: request.path,
    sha256,
    url: shown,
    ...(headers.link === undefined ? {} : { link: headers.link }),
    open: fileOpener(request.path),
  };
}

/** Returns the announced size of the body. Null if there is none, or the body is compressed: bytes are counted decompressed. */
function announcedSize(headers: HttpAnswer["headers"]): number | null {
  const { "content-length": length, "content-encoding": encoding = "identity" } = headers;
  return encoding === "identity" && length !== undefined && /^\d+$/.test(length) ? Number(length) : null;
}

/** A closure of `receive` would keep the whole answer, 12 KB, as long as the part. */
function fileOpener(path: string): FetchedPart["open"] {
  return () => openFile(path);
}

/**
 * Returns the name of a part, used for its extension: the file name in Content-Disposition, else the last segment of the address. Never
 * used as a path, but reduced to its last segment anyway.
 */
function partName(url: URL, contentDisposition: string | undefined): string {
  const given = contentDisposition === undefined ? null : fileNameOf(contentDisposition);
  return lastSegment(given ?? "") || lastSegment(percentDecoded(url.pathname)) || "feed";
}

function fileNameOf(contentDisposition: string): string | null {
  const extended = /filename\*\s*=\s*[\w-]*'[^']*'([^;\s]+)/i.exec(contentDisposition)?.[1];
  if (extended !== undefined) return percentDecoded(extended);
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(contentDisposition);
  return plain?.[1] ?? plain?.[2] ?? null;
}

function lastSegment(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(-200);
}
