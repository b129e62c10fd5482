import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { ReadableStream } from "node:stream/web";
import { createGunzip, gzipSync } from "node:zlib";
import type { OpenDataDump, OpenDataRepository, ServedFile } from "../../catalogue/published/open-data-repository.ts";
import { dcatCatalogue, licenceOf, type OpenDataPublisher } from "../exports/dcat-catalogue.ts";
import { descriptionFile, fileTypes } from "../open-data/keep-file.ts";
import { acceptsGzip } from "./accepts-gzip.ts";
import { problemType } from "./problem.ts";

/** Services for open data. */
export interface OpenDataServing {
  readonly openData: OpenDataRepository;
  /** Address of the API, without final slash. */
  readonly url: string;
  readonly publisher: OpenDataPublisher;
}

type Body = ReadableStream | Uint8Array<ArrayBuffer>;

/** An answer with a file. `body`: null if only headers are requested. */
interface Answer {
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly modified: string;
  readonly gzippedBytes: number;
  readonly body: (asGzip: boolean) => Body;
}

const root = "/open-data/";
/** A dump is made once a night; proxies check again after a quarter of an hour. */
const cacheControl = "public, max-age=900";

/**
 * Answers `GET` and `HEAD` of `/open-data/` (index), `/open-data/<name>` and the description for harvesters. Addresses are stable, `ETag`
 * is the file's SHA-256, and a file is complete and from one dump, whatever is made meanwhile.
 */
export async function serveOpenData(serving: OpenDataServing, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method !== "GET" && request.method !== "HEAD") return problem(405, { Allow: "GET, HEAD" });
  const dump = await serving.openData.latest();
  const name = pathname.slice(pathname.indexOf(root) + root.length);
  if (dump === null) return problem(503, { "Retry-After": "3600" });
  const answer = await answerFor(serving, dump, name, `${serving.url}${root}`);
  return answer === null ? problem(404) : respond(answer, request);
}

async function answerFor(
  { openData, publisher }: OpenDataServing,
  dump: OpenDataDump,
  name: string,
  address: string,
): Promise<Answer | null> {
  const files = await openData.files(dump.dumpId);
  if (name === "") return json(indexOf(dump, files, address), "application/json; charset=utf-8", dump);
  if (name === descriptionFile.name)
    return json(dcatCatalogue({ ...dump, files: inOrder(files), address, publisher }), descriptionFile.type, dump);
  const file = files.find((one) => one.name === name);
  if (file === undefined) return null;
  const { type, bytes, sha256, gzippedBytes } = file;
  const body = (asGzip: boolean) => {
    const stored = openData.gzipped(dump.dumpId, name, gzippedBytes);
    return ReadableStream.from(asGzip ? stored : pipeline(Readable.from(stored), createGunzip(), () => undefined));
  };
  return { type, bytes, sha256, modified: dump.finishedAt, gzippedBytes, body };
}

function indexOf({ finishedAt, facts }: OpenDataDump, files: readonly ServedFile[], address: string): unknown {
  const { aids, inNationalSchema } = facts;
  return {
    made: finishedAt,
    aids,
    aids_in_national_schema: inNationalSchema,
    licence: licenceOf(facts),
    description: `${address}${descriptionFile.name}`,
    files: inOrder(files).map(({ name, type, bytes, sha256 }) => ({ name, url: `${address}${name}`, type, bytes, sha256 })),
  };
}

function inOrder(files: readonly ServedFile[]): ServedFile[] {
  const order = Object.keys(fileTypes);
  return [...files].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function json(value: unknown, type: string, { finishedAt }: OpenDataDump): Answer {
  const text = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const gzipped = gzipSync(text);
  return {
    type,
    bytes: text.length,
    sha256,
    modified: finishedAt,
    gzippedBytes: gzipped.length,
    body: (asGzip) => (asGzip ? gzipped : text),
  };
}

function respond({ type, bytes, sha256, modified, gzippedBytes, body }: Answer, request: Request): Response {
  const asGzip = acceptsGzip(request.headers.get("accept-encoding"));
  const headers = new Headers({
    "Content-Type": type,
    // gzip is another representation of the same file.
    ETag: asGzip ? `"${sha256}-gzip"` : `"${sha256}"`,
    "Last-Modified": new Date(modified).toUTCString(),
    "Cache-Control": cacheControl,
    "X-Checksum-Sha256": sha256,
    "Accept-Ranges": "none",
    Vary: "Accept-Encoding",
  });
  if (isKnown(request.headers, sha256, modified)) return new Response(null, { status: 304, headers });
  headers.set("Content-Length", String(asGzip ? gzippedBytes : bytes));
  if (asGzip) headers.set("Content-Encoding", "gzip");
  else headers.set("Repr-Digest", `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`);
  return new Response(request.method === "HEAD" ? null : body(asGzip), { status: 200, headers });
}

/** `If-None-Match`, else `If-Modified-Since`. */
function isKnown(headers: Headers, sha256: string, modified: string): boolean {
  const tags = headers.get("if-none-match");
  if (tags !== null)
    return tags.trim() === "*" || tags.split(",").some((tag) => new RegExp(`^(?:W/)?"${sha256}(?:-gzip)?"$`).test(tag.trim()));
  const since = Date.parse(headers.get("if-modified-since") ?? "");
  return !Number.isNaN(since) && Math.floor(Date.parse(modified) / 1000) * 1000 <= since;
}

const titles: Readonly<Record<number, string>> = {
  404: "Adresse inconnue",
  405: "Méthode non autorisée",
  503: "Aucune donnée n’est encore publiée",
};

function problem(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  const body = JSON.stringify({ type: "about:blank", title: titles[status], status });
  return new Response(body, { status, headers: { "Content-Type": problemType, ...headers } });
}
