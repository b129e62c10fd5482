import type { IssueParams } from "../../model/issue.ts";
import type { AnnexLine, Letter } from "../../model/letter/letter.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";
import type { Evidence } from "../../model/survey/evidence.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { ProposalOptions } from "../propose/proposal.ts";
import type { FileVerdict } from "../read/file-verdict.ts";
import type { Reading } from "../survey.ts";
import type { SampleFile, SampleRequest } from "./sample-request.ts";
import { type SampleLimits, SampleThread } from "./sample-thread.ts";

/** The thread that reads files of anonymous visitors. */
export type CheckThread = SampleThread<CheckRequest, CheckAnswer>;

/** Receiving, fetching and reading a file take at most a minute together: see `checkTimeoutMs`. */
const checkLimits: SampleLimits = { timeoutMs: 35_000, maxMemoryMb: 512, maxQueued: 3 };

/** Creates a separate thread, so that a bad file never delays colleagues. */
export function checkThread(limits: SampleLimits = checkLimits): CheckThread {
  return new SampleThread<CheckRequest, CheckAnswer>(limits, new URL("./check-worker.ts", import.meta.url));
}

/** A request to read a file without a connector. Must be plain data, because it is sent to a thread. */
export interface CheckRequest extends Pick<SampleRequest, "address" | "timeZone" | "folders"> {
  readonly file: SampleFile;
  /** Facts about the publisher, known before the file is read. */
  readonly options: Omit<ProposalOptions, "knownTerms">;
  readonly feed: Letter["feed"];
  /** Also checks a file that seems to be no list of aids. */
  readonly isAnyFile: boolean;
}

/** A field, and the columns from which it was read. */
interface Understood {
  readonly field: OwnField;
  readonly from: readonly string[];
}

/** The result of a check. */
export interface CheckedFile {
  readonly letter: Letter;
  readonly annex: readonly AnnexLine[];
  readonly reading: Reading;
  readonly understood: readonly Understood[];
  /** Columns that were not read. */
  readonly unread: readonly string[];
  readonly remarks: readonly Evidence[];
}

/** The answer of the thread. `otherKind`: what the file seems to be, if it is no list of aids. `refused`: why the file is not a feed. */
export type CheckAnswer =
  | CheckedFile
  | { readonly otherKind: FileVerdict }
  | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };
