import type { IssueParams } from "../../model/issue.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";
import type { AnnexLine, Letter } from "../../partners/letters/letter.ts";
import type { Evidence } from "../../registry/survey/evidence.ts";
import type { OwnField } from "../../registry/survey/known-names.ts";
import type { ProposalOptions } from "../../registry/survey/proposal.ts";
import type { Reading } from "../../registry/survey/survey.ts";
import type { SampleRequest } from "../sample/sample-request.ts";
import { type SampleLimits, SampleThread } from "../sample/sample-thread.ts";

/** The thread that reads files of anonymous visitors. */
export type CheckThread = SampleThread<CheckRequest, CheckAnswer>;

/** Together with receiving and fetching, at most a minute: see `maxCheckMs`. */
const checkLimits: SampleLimits = { timeoutMs: 35_000, maxMemoryMb: 512, maxQueued: 3 };

/** Starts a thread of its own, so that a bad file never delays colleagues. */
export function checkThread(limits: SampleLimits = checkLimits): CheckThread {
  return new SampleThread<CheckRequest, CheckAnswer>(limits, new URL("./check-worker.ts", import.meta.url));
}

/** A request to read a file without a connector. Plain data, sent to a thread. */
export interface CheckRequest extends Pick<SampleRequest, "file" | "address" | "timeZone" | "folders"> {
  /** Known facts besides the bytes. */
  readonly options: Omit<ProposalOptions, "knownTerms">;
  /** The source that the letter names, as in `Letter.feed`. */
  readonly feed: Letter["feed"];
}

/** A field of ours, and the columns it was read from. */
interface Understood {
  readonly field: OwnField;
  readonly from: readonly string[];
}

/** The result of reading a file. */
export interface CheckedFile {
  readonly letter: Letter;
  readonly annex: readonly AnnexLine[];
  readonly reading: Reading;
  readonly understood: readonly Understood[];
  /** Columns that were not read. */
  readonly unread: readonly string[];
  readonly remarks: readonly Evidence[];
}

/** The result; `refused`: why the bytes are not a feed. */
export type CheckAnswer = CheckedFile | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };
