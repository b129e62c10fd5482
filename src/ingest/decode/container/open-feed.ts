import type { DecodeOptions } from "../../../kit/definition.ts";
import type { DecodeLimits, FeedPart } from "../decoded.ts";
import { chooseZipEntry, gunzip, limitSize, listZip, readZipEntry } from "./archives.ts";
import { fileKind, oleFileError, readHead, unsupportedFile } from "./container-kind.ts";
import { refuseHtmlPage, refuseMarkup } from "./refuse-html-page.ts";

/** A text feed, unpacked from its `.gz` or `.zip`. */
export interface FeedContent {
  /** The first 64 KB. */
  readonly head: Uint8Array;
  /** True if `head` is the whole feed. */
  readonly isWhole: boolean;
  /** Reads all bytes. Each call starts at the first byte. */
  bytes(): AsyncIterable<Uint8Array>;
}

const headLength = 64 * 1024;

/**
 * Opens a text feed. Unpacks `.gz` and `.zip`, which it detects by their signature. Throws `FeedUnreadable`: `unsupported-file` for other
 * files and for an archive inside an archive, `html-page` for a web page unless the format is HTML, `encrypted-file`,
 * `decompression-limit`, `empty-archive`, `malformed`.
 */
export async function openFeed(part: FeedPart, format: DecodeOptions["format"], limits: DecodeLimits): Promise<FeedContent> {
  const bytes = await unpacked(part, format, limits);
  const head = await readHead(bytes(), headLength);
  const kind = fileKind(head.bytes);
  if (kind === "gzip" || kind === "zip") throw unsupportedFile(kind, "unpack");
  if (kind === "ole") throw await oleFileError(bytes(), unsupportedFile("xls", "declare-excel"));
  refuseUnreadableKinds(head.bytes);
  if (format !== "html") refuseHtmlPage(head.bytes);
  if (format !== "html" && format !== "xml") refuseMarkup(head.bytes);
  return { head: head.bytes, isWhole: head.isWhole, bytes };
}

/**
 * Throws `FeedUnreadable` (`unsupported-file`, `html-page`) if the first bytes are those of a web page, a PDF or an archive other than zip.
 * The Excel decoder refuses other files.
 */
export async function refuseNonWorkbook(part: FeedPart): Promise<void> {
  const { bytes } = await readHead(part.open(), headLength);
  refuseUnreadableKinds(bytes);
  refuseHtmlPage(bytes);
}

function refuseUnreadableKinds(head: Uint8Array): void {
  const kind = fileKind(head);
  if (kind === "7z" || kind === "rar") throw unsupportedFile(kind, "unpack");
  if (kind === "pdf") throw unsupportedFile(kind, "ask-for-data");
}

async function unpacked(part: FeedPart, format: DecodeOptions["format"], limits: DecodeLimits): Promise<() => AsyncIterable<Uint8Array>> {
  const { bytes } = await readHead(part.open(), 16);
  const kind = fileKind(bytes);
  if (kind === "gzip") return () => limitSize(gunzip(part.open()), part.path, limits);
  if (kind !== "zip") return () => limitSize(part.open(), part.path, limits);
  const entry = chooseZipEntry(await listZip(part.path), format);
  return () => limitSize(readZipEntry(part.path, entry), part.path, limits);
}
