import type { AnnexLine, Letter } from "../../../model/letter/letter.ts";
import type { Evidence } from "../../../model/survey/evidence.ts";
import type { OwnField } from "../../../model/survey/own-field.ts";
import type { ProposalOptions } from "../../../survey/propose/proposal.ts";
import type { FileVerdict } from "../../../survey/read/file-verdict.ts";
import type { RefusedSample } from "../../../survey/sample/refused-sample.ts";
import type { SampleFile, SampleRequest } from "../../../survey/sample/sample-request.ts";
import type { Reading } from "../../../survey/survey.ts";

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

/** The answer to a request. `otherKind`: what the file seems to be, if it is no list of aids. */
export type CheckAnswer = CheckedFile | { readonly otherKind: FileVerdict } | RefusedSample;
