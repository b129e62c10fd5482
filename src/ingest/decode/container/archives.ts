import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import type { DecodeOptions } from "../../../kit/definition.ts";
import { bytesPerMegabyte } from "../../../model/run/run-budget.ts";
import { FeedUnreadable, RunError } from "../../../model/run/run-error.ts";
import type { DecodeLimits } from "../decoded.ts";
import { unsupportedFile } from "./container-kind.ts";

/** Maximum number of files in an archive. */
const maxEntries = 10_000;

/** Lists the files of a zip archive, without folders. Throws `FeedUnreadable` (`malformed`) if it is damaged, truncated or has too many files. */
export async function listZip(path: string): Promise<Entry[]> {
  const zip = await openZip(path);
  try {
    if (zip.entryCount > maxEntries) throw new FeedUnreadable("malformed", { at: "zip", reason: `more than ${maxEntries} files` });
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith("/")) entries.push(entry);
    return entries;
  } catch (error) {
    throw archiveError(error);
  } finally {
    zip.close();
  }
}

/** Reads one file of a zip archive. Throws `FeedUnreadable`: `malformed` if it is damaged, `encrypted-file` if it has a password. */
export async function* readZipEntry(path: string, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new FeedUnreadable("encrypted-file", { found: entry.fileName });
  const zip = await openZip(path);
  try {
    yield* await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw archiveError(error);
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false });
  } catch (error) {
    throw archiveError(error);
  }
}

/** Converts errors about the archive (yauzl, zlib) to `FeedUnreadable`. Returns system errors (full disk, missing file) unchanged. */
function archiveError(error: unknown): unknown {
  if (error instanceof RunError) return error;
  if (error instanceof Error && "syscall" in error) return error;
  return new FeedUnreadable("malformed", { at: "zip" }, { cause: error });
}

const extensions: Readonly<Record<DecodeOptions["format"], readonly string[]>> = {
  csv: [".csv", ".tsv", ".tab", ".txt"],
  json: [".json", ".jsonl", ".ndjson", ".geojson", ".txt"],
  xml: [".xml", ".rss", ".atom", ".rdf"],
  yaml: [".yaml", ".yml"],
  excel: [".xls"],
  html: [".html", ".htm", ".xhtml"],
};
const maxNames = 5;

/** Returns true if the archive is an Excel workbook (`.xlsx`, `.xlsm`). */
function isWorkbook(entries: readonly Entry[]): boolean {
  return (
    entries.some((entry) => /^[/\\]*xl[/\\]/i.test(entry.fileName)) && entries.some((entry) => entry.fileName === "[Content_Types].xml")
  );
}

/** Returns true if the archive is an OpenDocument file (`.ods`). */
function isOpenDocument(entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.fileName === "mimetype") && entries.some((entry) => entry.fileName === "content.xml");
}

/**
 * Returns the first file of an archive whose extension fits the format, a `.txt` only without another: it may be a note. Throws `FeedUnreadable`: `empty-archive`, or `unsupported-file`
 * with the names in the archive.
 */
export function chooseZipEntry(entries: readonly Entry[], format: DecodeOptions["format"]): Entry {
  const files = entries.filter((entry) => !isMacosEntry(entry.fileName));
  if (files.length === 0) throw new FeedUnreadable("empty-archive");
  if (isOpenDocument(entries)) throw unsupportedFile("ods", "declare-excel");
  if (isWorkbook(entries)) throw unsupportedFile("xlsx", "declare-excel");
  if (files.some(({ fileName }) => fileName === "word/document.xml")) throw unsupportedFile("docx", "ask-for-data");
  if (files.some(({ fileName }) => fileName === "ppt/presentation.xml")) throw unsupportedFile("pptx", "ask-for-data");
  const fitting = files.filter((entry) => extensions[format].some((extension) => entry.fileName.toLowerCase().endsWith(extension)));
  const feed = fitting.find((entry) => !isText(entry)) ?? fitting[0];
  if (feed !== undefined) return feed;
  const names = files.slice(0, maxNames).map((entry) => entry.fileName);
  throw unsupportedFile(`zip: ${names.join(", ")}${files.length > maxNames ? ", …" : ""}`, "unpack");
}

/** Returns true for a `.txt` file, which can be CSV, JSON or a note. */
export function isText({ fileName }: Entry): boolean {
  return fileName.toLowerCase().endsWith(".txt");
}

/** Returns all files of an archive whose extension fits the format, sorted by name. Throws like `chooseZipEntry` without such a file. */
export function chooseZipEntries(entries: readonly Entry[], format: DecodeOptions["format"]): Entry[] {
  chooseZipEntry(entries, format);
  return entries
    .filter(({ fileName }) => !isMacosEntry(fileName) && extensions[format].some((extension) => fileName.toLowerCase().endsWith(extension)))
    .sort((one, other) => (one.fileName < other.fileName ? -1 : 1));
}

/** Returns true if macOS added this entry. */
function isMacosEntry(name: string): boolean {
  return name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
}

/** Decompresses a gzip file. Throws `FeedUnreadable` (`malformed`) if it is damaged or truncated. */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = createGunzip();
  // The loop below receives the errors of both streams. `pipeline` requires a callback.
  pipeline(Readable.from(chunks, { objectMode: false }), inflate, () => undefined);
  let size = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new FeedUnreadable("malformed", { at: `gzip, byte ${size}` }, { cause: error });
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}

/**
 * Yields the chunks of `file`, and counts them. Throws the error of `onDecoded`, or `FeedUnreadable` (`decompression-limit`) if they exceed
 * the limit.
 */
export async function* limitSize(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  { decompressedBytes, onDecoded }: DecodeLimits,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    onDecoded?.(file, size);
    if (size > decompressedBytes)
      throw new FeedUnreadable("decompression-limit", { limitMb: Math.round(decompressedBytes / bytesPerMegabyte) });
    yield chunk;
  }
}
