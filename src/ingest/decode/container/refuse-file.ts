import { FeedUnreadable } from "../../../model/run/run-error.ts";

/** Advice for an unsupported file; the sentences are in the texts. */
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

/** Returns the error for an unsupported file. `found`: its type (`xls`, `odf`, `pdf`) or the names in an archive. */
export function refuseFile(found: string, advice: Advice): FeedUnreadable {
  return new FeedUnreadable("unsupported-file", { found, advice });
}
