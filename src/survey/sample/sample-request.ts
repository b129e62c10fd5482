import { createReadStream } from "node:fs";
import type { Preview } from "../../ingest/preview-aids.ts";
import type { TermFileName } from "../../kit/rules/rule-context.ts";
import type { AidField } from "../../model/aid/aid.ts";
import type { IssueParams } from "../../model/issue.ts";
import type { VersionTerms } from "../../model/run/connector-version.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { RunError, type RunErrorCode } from "../../model/run/run-error.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { StateField } from "../profile/state-fields.ts";
import type { Proposal, ProposalOptions } from "../propose/proposal.ts";
import type { FileVerdict } from "../read/file-verdict.ts";
import type { Reading, Survey } from "../survey.ts";
import type { ExplainedDefinition, FieldChoices } from "../write/explain-definition.ts";

/** A file on disk, with its original name. */
export interface SampleFile {
  readonly path: string;
  readonly name: string;
  readonly contentType: string | null;
  readonly bytes: number;
}

/** Returns a file as the part of a feed. */
export function partOf(file: SampleFile): FeedPart {
  return { ...file, open: () => createReadStream(file.path) };
}

/** A request about a sample. Must be plain data, because it is sent to a thread. */
export interface SampleRequest {
  /** The file; null for records that a connector has decoded. */
  readonly file: SampleFile | null;
  /** Decoded records of the snapshot `of`. Null: the file is read. */
  readonly records: { readonly of: string; readonly values: readonly Values[] } | null;
  /** URL of the feed, without secrets; null for an uploaded file. */
  readonly address: string | null;
  /** The format that a person chose, or that the connector has; null to detect it. */
  readonly reading: Reading | null;
  readonly timeZone: string;
  /** Folders of term files, and a version that changes with them. */
  readonly folders: readonly string[];
  readonly termsVersion: string;
  /** Options of the proposal; null to read only the feed. */
  readonly options: Omit<ProposalOptions, "knownTerms"> | null;
  /** The definition to explain; null to use the proposed one. */
  readonly definition: object | null;
  /** Choices that replace rules of the definition. Choices that read a missing field are ignored. */
  readonly choices: FieldChoices;
  /** Decisions on words; null for the suggested ones. */
  readonly terms: VersionTerms | null;
  /** Also returns the resulting aids. */
  readonly previews: boolean;
}

/** A surveyed feed, with a few records. */
export interface ShownSurvey extends Omit<Survey, "records" | "older" | "pages"> {
  readonly firstRecords: readonly Values[];
  readonly fields: readonly FieldProfile[];
  /** What the file contains. No letter and no draft is made of a file without aids unless a person asks for it. */
  readonly verdict: FileVerdict;
  /** Fields by which records can be excluded. */
  readonly states: readonly StateField[];
}

/** A word without a decision. */
export interface ShownWord {
  readonly term: string;
  readonly count: number;
  /** Suggested terms: slugs, or `scale:code`. */
  readonly suggested: readonly string[];
}

export interface ShownWords {
  readonly vocabulary: TermFileName;
  readonly words: readonly ShownWord[];
}

/** A definition, and the reasons for it. */
export interface ShownProposal extends Omit<ExplainedDefinition, "termFiles">, Pick<Proposal, "remarks"> {
  /** Problems that make the definition invalid. */
  readonly problems: readonly { readonly key: string; readonly message: string }[];
  readonly words: readonly ShownWords[];
  /** Suggested decisions on words, used unless a person makes another decision. */
  readonly suggestedTerms: VersionTerms;
  /** Fields that every published aid needs and that nothing fills. */
  readonly notFound: readonly AidField[];
  /** How many of the sampled records are not excluded. `isBeginning`: the feed has more records. */
  readonly kept: { readonly records: number; readonly of: number; readonly isBeginning: boolean };
  /** The expected number of aids. */
  readonly expect: NonNullable<Proposal["definition"]["expect"]>;
}

/** What a file contains, and the connector proposed for it. */
export interface SampleAnalysis {
  readonly survey: ShownSurvey;
  readonly proposal: ShownProposal | null;
  readonly preview: Preview | null;
}

/** Why a file cannot be read, as plain data. */
export interface RefusedSample {
  readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams };
}

/** Returns the result of the work, or why its file cannot be read. */
export async function orRefused<Result>(work: () => Promise<Result>): Promise<Result | RefusedSample> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RunError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}
