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
  /** A request with a body is sent by POST. */
  readonly body?: RequestBody;
  /** Validators of the stored feed; absent for an unconditional request. Ignored for a POST. */
  readonly validators?: Validators;
  /** Returns the path of the file to write. */
  path(): Promise<string>;
  readonly limit: SizeLimit;
  /** Timeout for the whole answer, including redirects and body. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  onProgress(bytes: number, total: number | null): void;
}

/** A downloaded part with its validators. */
export interface Downloaded extends Validators {
  /** Null if the server answered 304 to a conditional request. */
  readonly part: FetchedPart | null;
  /** Address that answered, after redirects. */
  readonly answeredBy: string;
}

/** Sends one request and writes the body to `path`. Throws the errors of `requestOnce`. */
export async function downloadPart(client: HttpClient, request: DownloadRequest): Promise<Downloaded> {
  const { url, body, secretHeaders, timeoutMs, signal } = request;
  const validators = body === undefined ? request.validators : undefined;
  const headers = { ...request.headers, ...conditionalHeaders(validators) };
  const posted = body === undefined ? {} : ({ method: "POST", body } as const);
  return requestOnce(client, { url, headers, secretHeaders, timeoutMs, signal, ...posted }, async (answer) => {
    const unchanged = answer.status === 304 && validators !== undefined;
    if (!unchanged) checkStatus(answer);
    const { etag = null, "last-modified": lastModified = null } = answer.headers;
    return {
      part: unchanged ? null : await receive(answer, request, { etag, lastModified }),
      etag,
      lastModified,
      answeredBy: answer.url.href,
    };
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

async function receive(answer: HttpAnswer, request: DownloadRequest, validators: Validators): Promise<FetchedPart> {
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
  const path = await request.path();
  const { bytes, sha256 } = await spool(path, body.chunks, (received) => {
    checkSize(received, body, request.limit);
    request.onProgress(received, total);
  });
  return {
    name: partName(url, headers["content-disposition"]),
    contentType: headers["content-type"] ?? null,
    bytes,
    path,
    sha256,
    url: shown,
    validators,
    ...(headers.link === undefined ? {} : { link: headers.link }),
    open: fileOpener(path),
  };
}

/** Returns the announced size of the body, or null. Ignores the size of a compressed body, because progress counts decompressed bytes. */
function announcedSize(headers: HttpAnswer["headers"]): number | null {
  const { "content-length": length, "content-encoding": encoding = "identity" } = headers;
  return encoding === "identity" && length !== undefined && /^\d+$/.test(length) ? Number(length) : null;
}

/** Returns `FetchedPart.open`. A closure inside `receive` would keep the answer, 12 KB, in memory as long as the part. */
function fileOpener(path: string): FetchedPart["open"] {
  return () => openFile(path);
}

/**
 * Returns the name of a part: the file name in Content-Disposition, or else the last segment of the address. It serves for its extension
 * only. Folders are removed, although the name is never used as a path.
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
