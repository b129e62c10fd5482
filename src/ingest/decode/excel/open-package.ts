import { pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { FeedUnreadable, RunError, RunFailed } from "../../../model/run/run-error.ts";
import { gunzip, limitSize } from "../container/archives.ts";
import { fileKind, readHead, unsupportedFile } from "../container/container-kind.ts";
import type { DecodeLimits, FeedPart } from "../decoded.ts";

/** The parts of an Office file. As in Office, names ignore case and a leading slash. */
export interface OfficePackage {
  has(name: string): boolean;
  /**
   * Streams a decompressed part. Throws `FeedUnreadable`: `decompression-limit` if it is larger than `limit` bytes, `malformed` if it is
   * missing, damaged or truncated, `encrypted-file` if it has a password.
   */
  read(name: string, limit: number): AsyncIterable<Uint8Array>;
  close(): void;
}

/** Maximum size of a part that is held in memory (relationships, workbook, styles), bytes. */
export const smallPartLimit = 64 * 1024 ** 2;
/** Maximum number of parts. A workbook with hundreds of sheets has thousands of parts. */
const maxParts = 65_535;
const stored = 0;
const deflated = 8;

/** A zip and its parts by name. */
interface OpenedZip {
  readonly zip: ZipFile;
  readonly entries: ReadonlyMap<string, Entry>;
}

const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };

/**
 * Opens a workbook, and converts an old one (`.xls`), also one in a `.gz` or `.zip`. Throws `FeedUnreadable`: the errors of `convertXls`,
 * `malformed` for a damaged zip, `unsupported-file` with the type of another file (`html`, `xml`, `text`, `empty`…).
 */
export async function openPackage(part: FeedPart, limits: DecodeLimits): Promise<OfficePackage> {
  const { zip, entries } = await openZip(part, limits);
  return {
    has: (name) => entries.has(keyOf(name)),
    read: (name, limit) => readPart(zip, entries.get(keyOf(name)), name, limit, limits.onDecoded),
    close: () => zip.close(),
  };
}

async function openZip(part: FeedPart, limits: DecodeLimits): Promise<OpenedZip> {
  const { bytes } = await readHead(part.open(), 512);
  const kind = fileKind(bytes);
  if (kind === "ole") return convertedXls(part, () => part.open());
  if (kind === "gzip") {
    const unpacked = () => limitSize(gunzip(part.open()), part.path, limits);
    if (!(await isXls(unpacked))) throw unsupportedFile(kind, "unpack");
    return convertedXls(part, unpacked);
  }
  if (kind !== "zip") throw unsupportedFile(kind === "text" ? kindOfText(bytes) : kind, "save-as-xlsx");
  const opened = await withEntries(openPromise(part.path, options));
  const { zip, entries } = opened;
  const name = xlsIn(entries);
  if (name === undefined) return opened;
  try {
    const unpacked = () => readPart(zip, entries.get(name), name, limits.decompressedBytes, limits.onDecoded);
    if (!(await isXls(unpacked))) throw unsupportedFile("zip", "save-as-xlsx");
    return await convertedXls(part, unpacked);
  } finally {
    zip.close();
  }
}

/** Returns the name of the first old workbook in an archive that is no workbook itself, or undefined. */
function xlsIn(entries: OpenedZip["entries"]): string | undefined {
  if (entries.has("[content_types].xml") || entries.has("mimetype")) return undefined;
  return [...entries.keys()].find((name) => name.endsWith(".xls") && !name.startsWith("__macosx/"));
}

async function isXls(open: FeedPart["open"]): Promise<boolean> {
  return fileKind((await readHead(open(), 16)).bytes) === "ole";
}

async function convertedXls(part: FeedPart, open: FeedPart["open"]): Promise<OpenedZip> {
  // Loaded only for `.xls`.
  const { convertXls } = await import("../xls/convert-xls.ts");
  return withEntries(fromBufferPromise(await convertXls(part, open), options));
}

/** Opens a zip by its central directory. Ignores local headers and declared sizes. */
async function withEntries(opening: Promise<ZipFile>): Promise<OpenedZip> {
  const zip = await translateErrors("zip", opening);
  try {
    return { zip, entries: await translateErrors("zip", entriesOf(zip)) };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= maxParts) throw new FeedUnreadable("malformed", { at: "zip", reason: `more than ${maxParts} parts` });
    entries.set(keyOf(entry.fileNameRaw.toString("utf8")), entry);
  }
  return entries;
}

async function* readPart(
  zip: ZipFile,
  entry: Entry | undefined,
  at: string,
  limit: number,
  onDecoded: DecodeLimits["onDecoded"],
): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw new FeedUnreadable("malformed", { at, reason: "the part is missing" });
  if (entry.isEncrypted()) throw new FeedUnreadable("encrypted-file", { found: at });
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated)
    throw new FeedUnreadable("malformed", { at, reason: `unknown compression ${entry.compressionMethod}` });
  const raw = await translateErrors(at, zip.openReadStreamPromise(entry, { decodeFileData: false }));
  // The loop below receives the errors of both streams. `pipeline` requires a callback.
  const bytes = entry.compressionMethod === stored ? raw : pipeline(raw, createInflateRaw({ chunkSize: 64 * 1024 }), () => undefined);
  let size = 0;
  let checksum = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length;
      onDecoded?.(at, size);
      if (size > limit) throw decompressionLimit(at, limit);
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw readError(at, error);
  }
  if (checksum !== entry.crc32) throw new FeedUnreadable("malformed", { at, reason: "the checksum differs" });
}

function keyOf(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}

/** Converts a read error to `storage-failed` if it is an error of the disk, else to `malformed`. */
function readError(at: string, error: unknown): RunError {
  if (error instanceof RunError) return error;
  const isSystemError = error instanceof Error && "syscall" in error && "code" in error;
  if (isSystemError)
    return new RunFailed("storage-failed", { at, reason: String(error.code), place: "temporary-folder" }, { cause: error });
  return new FeedUnreadable("malformed", { at, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
}

/** Awaits a promise and converts its error with `readError`. */
async function translateErrors<T>(at: string, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw readError(at, error);
  }
}

/** Returns the error for a part that unpacks to more than `limit` bytes. */
export function decompressionLimit(at: string, limit: number): FeedUnreadable {
  return new FeedUnreadable("decompression-limit", { at, limitMb: Math.round(limit / 1024 ** 2) });
}

/** Parts that identify other types of zip files. */
const otherPackages = [
  ["xl/workbook.bin", "xlsb"],
  ["word/document.xml", "docx"],
  ["ppt/presentation.xml", "pptx"],
] as const;

/** Types whose tables a person would have to copy. */
const documents: ReadonlySet<string> = new Set(["docx", "pptx", "odf"]);

/** Throws `FeedUnreadable` (`unsupported-file`) for a zip that is not a workbook, with its type: `odf`, `xlsb`, `docx`, `pptx`, `zip`. */
export function refuseOtherPackage(file: OfficePackage): never {
  const kind = kindOfPackage(file);
  throw unsupportedFile(kind, documents.has(kind) ? "ask-for-data" : "save-as-xlsx");
}

function kindOfPackage(file: OfficePackage): string {
  for (const [part, kind] of otherPackages) if (file.has(part)) return kind;
  return file.has("mimetype") && file.has("content.xml") ? "odf" : "zip";
}

function kindOfText(start: Uint8Array): string {
  const text = Buffer.from(start)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase();
  if (text === "") return "empty";
  if (!text.startsWith("<")) return "text";
  return text.startsWith("<?xml") ? "xml" : "html";
}
