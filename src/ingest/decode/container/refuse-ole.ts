import { Buffer } from "node:buffer";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { refuseFile } from "./refuse-file.ts";

/** Name of the stream that holds a workbook with a password, as a compound file writes it. */
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");

/** Why a compound file is refused: a workbook with a password, else an old `.xls`. */
export async function refuseOle(chunks: AsyncIterable<Uint8Array>): Promise<FeedUnreadable> {
  let tail: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([tail, chunk]);
    if (bytes.includes(encryptedPackage)) return new FeedUnreadable("encrypted-file", { found: "xlsx" });
    tail = bytes.subarray(-encryptedPackage.length);
  }
  return refuseFile("xls", "save-as-xlsx");
}
