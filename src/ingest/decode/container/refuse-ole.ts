import { Buffer } from "node:buffer";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { refuseFile } from "./refuse-file.ts";

/** Stream that contains a workbook with a password, as a compound file writes its name. */
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");

/** Returns the error for a compound file: a workbook with a password, or an old `.xls`. */
export async function refuseOle(chunks: AsyncIterable<Uint8Array>): Promise<FeedUnreadable> {
  let tail: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([tail, chunk]);
    if (bytes.includes(encryptedPackage)) return new FeedUnreadable("encrypted-file", { found: "xlsx" });
    tail = bytes.subarray(-encryptedPackage.length);
  }
  return refuseFile("xls", "save-as-xlsx");
}
