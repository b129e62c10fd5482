import type { TermFileName } from "../../kit/rules/rule-context.ts";
import type { AidContent, AidField } from "../../model/aid/aid.ts";
import type { Issue, IssueParams } from "../../model/issue.ts";
import type { VersionTerms } from "../../model/run/connector-version.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";
import type { FieldProfile } from "../../registry/survey/field-profile.ts";
import type { LeftOut } from "../../registry/survey/left-out.ts";
import type { FieldProposal, IdentifierProposal, Proposal, ProposalOptions, Unread } from "../../registry/survey/proposal.ts";
import type { FieldChoices } from "../../registry/survey/revise-proposal.ts";
import type { StateField } from "../../registry/survey/state-fields.ts";
import type { Reading, Survey, Values } from "../../registry/survey/survey.ts";

/** What is asked about a sample: plain data, which goes to a thread and back. */
export interface SampleAsk {
  /** The bytes in a file, and how they were called. */
  readonly file: { readonly path: string; readonly name: string; readonly contentType: string | null; readonly bytes: number };
  /** Where they were fetched, without secrets. */
  readonly address: string | null;
  /** How a person says that they are to be read. */
  readonly reading: Reading | null;
  readonly timeZone: string;
  /** Folders of term files, and what tells that none of them has changed since the last look. */
  readonly folders: readonly string[];
  readonly termsVersion: string;
  /** What is known beside the feed; null while only the feed is looked at. */
  readonly options: Omit<ProposalOptions, "knownTerms"> | null;
  readonly choices: FieldChoices;
  /** The records that a person leaves out; null: as proposed. */
  readonly leftOut: readonly LeftOut[] | null;
  /** What a person decided on words; null: what is suggested counts. */
  readonly terms: VersionTerms | null;
  /** The aids that come out are wanted too. */
  readonly previews: boolean;
}

/** A feed as it was surveyed, with a few of its records. */
export interface ShownSurvey extends Omit<Survey, "records" | "older"> {
  readonly firstRecords: readonly Values[];
  readonly fields: readonly FieldProfile[];
  /** By which records may be left out. */
  readonly states: readonly StateField[];
}

/** What a rule makes of a record: what is in the feed, and the value of our field. */
export interface Sampled {
  readonly from: readonly string[];
  readonly value: unknown;
}

/** What is proposed for a field, with what it makes of the first records. */
export interface ShownField extends FieldProposal {
  readonly samples: readonly Sampled[];
}

/** A word of the publisher's that nobody had decided on. */
export interface ShownWord {
  readonly term: string;
  /** Records that have it. */
  readonly count: number;
  /** What is suggested, by our own words (slug, `scale:code`). */
  readonly suggested: readonly string[];
}

/** The words of one vocabulary. */
export interface ShownWords {
  readonly vocabulary: TermFileName;
  readonly words: readonly ShownWord[];
}

/** A connector as it stands with what a person has chosen so far. */
export interface ShownProposal {
  readonly definition: Proposal["definition"];
  /** What keeps it from being a connector, as the registry says it. */
  readonly problems: readonly { readonly key: string; readonly message: string }[];
  readonly fields: readonly ShownField[];
  readonly identifier: IdentifierProposal;
  readonly words: readonly ShownWords[];
  /** What the suggestions say, to be kept as decided where nobody says otherwise. */
  readonly suggestedTerms: VersionTerms;
  readonly unread: readonly Unread[];
  /** Of the records that were looked at, those that count. */
  readonly kept: { readonly records: number; readonly of: number; readonly isBeginning: boolean };
  readonly remarks: Proposal["remarks"];
}

/** An aid as it would come out. */
export interface PreviewedAid {
  readonly externalId: string;
  readonly content: AidContent;
  readonly missing: readonly AidField[];
  readonly issues: readonly Issue[];
}

/** What would come out of the sample. `received = skipped + rejected + valid`. */
export interface Preview {
  readonly received: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly valid: number;
  /** Of the valid ones, how many lack nothing for publication; and what the others lack, by field. */
  readonly publishable: number;
  readonly missing: Readonly<Partial<Record<AidField, number>>>;
  readonly issues: readonly {
    readonly code: Issue["code"];
    readonly field: string | null;
    readonly count: number;
    readonly example: Issue;
  }[];
  readonly aids: readonly PreviewedAid[];
  readonly firstRejected: readonly { readonly locator: string; readonly externalId: string | null; readonly reasons: readonly Issue[] }[];
}

/** What was found. `refused`: why the bytes are no feed. */
export type SampleAnswer =
  | { readonly survey: ShownSurvey; readonly proposal: ShownProposal | null; readonly preview: Preview | null }
  | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };
