import { FeedUnreadable } from "../../../model/run/run-error.ts";

/** What a person can do about a file that we do not read; the sentence is in `texts/`. */
type Advice =
  /** Open it and save it as .xlsx. */
  | "save-as-xlsx"
  /** Ask for the data behind it. */
  | "ask-for-data"
  /** Declare `decode: { format: "excel" }`, or ask for the other file. */
  | "declare-excel"
  /** Declare `decode: { format: "xml" }`. */
  | "declare-xml"
  /** Take the one feed file out of the archive. */
  | "unpack";

/** Refuses a file by name: `found` is what it is (`xls`, `odf`, `pdf`, the names in an archive). */
export function refuseFile(found: string, advice: Advice): FeedUnreadable {
  return new FeedUnreadable("unsupported-file", { found, advice });
}
