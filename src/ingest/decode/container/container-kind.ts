import { Buffer } from "node:buffer";
import { FeedUnreadable } from "../../../model/run/run-error.ts";

/** Kind of a file by its signature; `text` if no signature fits. */
export type FileKind = "gzip" | "zip" | "ole" | "pdf" | "rar" | "7z" | "text";

const signatures: readonly (readonly [FileKind, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  // Empty archives.
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  // Microsoft's compound files: .xls, and workbooks with a password.
  ["ole", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["rar", [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
];

export function fileKind(head: Uint8Array): FileKind {
  for (const [kind, signature] of signatures) if (signature.every((byte, index) => head[index] === byte)) return kind;
  return "text";
}

/** Advice for an unsupported file. `french/` and `cli/english/` contain the sentences. */
type Advice =
  /** Open it and save it as .xlsx. */
  | "save-as-xlsx"
  /** Request the data that the file shows. */
  | "ask-for-data"
  /** Declare `decode: { format: "excel" }`, or request the other file. */
  | "declare-excel"
  /** Declare `decode: { format: "xml" }`. */
  | "declare-xml"
  /** Extract the feed from the archive. */
  | "unpack";

/** Returns the error for an unsupported file. `found` is its type (`xls`, `odf`, `pdf`) or the names in an archive. */
export function unsupportedFile(found: string, advice: Advice): FeedUnreadable {
  return new FeedUnreadable("unsupported-file", { found, advice });
}

/** The first bytes of a feed. */
interface Head {
  readonly bytes: Uint8Array;
  /** True if `bytes` is the whole feed. */
  readonly isWhole: boolean;
}

/** Reads at most the first `length` bytes, and then stops the source. */
export async function readHead(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Head> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    read.push(chunk.slice());
    size += chunk.length;
    if (size > length) return { bytes: Buffer.concat(read).subarray(0, length), isWhole: false };
  }
  return { bytes: Buffer.concat(read), isWhole: true };
}

/** Name of the stream that contains a workbook with a password, as written in a compound file. */
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");

/** Name of the stream that contains the text of a Word document. */
const wordDocument = Buffer.from("WordDocument", "utf16le");

/** Returns the error for a compound file: a workbook with a password, an old Word document, or else `otherwise`. */
export async function oleFileError(chunks: AsyncIterable<Uint8Array>, otherwise: FeedUnreadable): Promise<FeedUnreadable> {
  let tail: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([tail, chunk]);
    if (bytes.includes(encryptedPackage)) return new FeedUnreadable("encrypted-file", { found: "xlsx" });
    if (bytes.includes(wordDocument)) return unsupportedFile("doc", "ask-for-data");
    tail = bytes.subarray(-encryptedPackage.length);
  }
  return otherwise;
}
