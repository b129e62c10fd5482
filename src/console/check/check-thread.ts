import type { IssueParams } from "../../model/issue.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";
import type { AnnexLine, Letter } from "../../partners/letters/letter.ts";
import type { Evidence } from "../../registry/survey/evidence.ts";
import type { OwnField } from "../../registry/survey/known-names.ts";
import type { ProposalOptions } from "../../registry/survey/proposal.ts";
import type { Reading } from "../../registry/survey/survey.ts";
import type { SampleAsk } from "../sample/sample-ask.ts";
import { type SampleLimits, SampleThread } from "../sample/sample-thread.ts";

/** A thread that reads files of whoever has one checked. */
export type CheckThread = SampleThread<CheckAsk, CheckAnswer>;

/** With what a form and a fetch may take before it, a minute in all; see `longestCheckMs`. */
const usual: SampleLimits = { longestMs: 35_000, mostMb: 512, mostWaiting: 3 };

/** A thread of its own: a bad file of somebody who has no account costs nobody of ours a look. */
export function checkThread(limits: SampleLimits = usual): CheckThread {
  return new SampleThread<CheckAsk, CheckAnswer>(limits, new URL("./check-worker.ts", import.meta.url));
}

/** A file that nobody has described, to be read whole: plain data, which goes to a thread. */
export interface CheckAsk extends Pick<SampleAsk, "file" | "address" | "timeZone" | "folders"> {
  /** What is known beside the bytes. */
  readonly options: Omit<ProposalOptions, "knownTerms">;
  /** Of what the letter says that it has read, as in `Letter.feed`. */
  readonly feed: Letter["feed"];
}

/** A field of ours, and what it was read from. */
interface Understood {
  readonly field: OwnField;
  readonly from: readonly string[];
}

/** What was found in a file. */
export interface CheckedFile {
  readonly letter: Letter;
  readonly annex: readonly AnnexLine[];
  readonly reading: Reading;
  readonly understood: readonly Understood[];
  /** Fields of theirs that we did not read. */
  readonly unread: readonly string[];
  readonly remarks: readonly Evidence[];
}

/** What was found; `refused`: why the bytes are no feed. */
export type CheckAnswer = CheckedFile | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };
