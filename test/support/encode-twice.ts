import { Buffer } from "node:buffer";
import { decodeBytes } from "../../src/ingest/decode/text/decode-bytes.ts";

/** Encodes a text in UTF-8 and reads the bytes in another encoding, as a program that believes its input to be in that encoding. */
export function misread(text: string, encoding: "windows-1252" | "latin1"): string {
  const bytes = Buffer.from(text, "utf8");
  return encoding === "latin1" ? bytes.toString("latin1") : decodeBytes(bytes, encoding);
}
