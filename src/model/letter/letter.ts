import type { AidField } from "../aid/aid.ts";
import type { IssueCode, IssueParams } from "../issue.ts";
import type { GuardFinding } from "../plan/guard.ts";
import type { Outcome, RunErrorCode } from "../run/run-error.ts";

/** Codes of the anomalies in a letter: the issues of a run, dead links, and errors that readers report. */
export type LetterCode = IssueCode | UnreadCode;

/** Anomalies that reading the feed does not show. */
export const unreadCodes = ["dead-link", "reported-error"] as const;
type UnreadCode = (typeof unreadCodes)[number];

/** One anomaly, with its place in the publisher's data. */
export interface AnnexLine {
  /** Locator of the decoder (`row 14`); null for the whole feed. */
  readonly place: string | null;
  readonly externalId: string | null;
  /** As the publisher wrote it. */
  readonly title: string | null;
  readonly code: LetterCode;
  /** Field of the aid, or of the feed. */
  readonly field: string | null;
  /** As the publisher wrote it, shortened. */
  readonly value: string | null;
  readonly params: IssueParams;
}

/** One occurrence of an anomaly, shown in a letter. */
export interface LetterExample extends Pick<AnnexLine, "place" | "title" | "value" | "params"> {}

/** Anomalies of one code in one field, with a few examples. */
export interface Fault {
  readonly code: LetterCode;
  readonly field: string | null;
  /** The publisher's name of the field, if known. */
  readonly column: string | null;
  readonly count: number;
  readonly examples: readonly LetterExample[];
}

/** The three parts of the score, 0 to 1. See docs/letters.md. */
export interface Shares {
  /** Share of the records that we could import. */
  readonly kept: number;
  /** Average fill rate of the fields that every aid needs. */
  readonly filled: number;
  /** 1 if no value is wrong, 0 if there is one wrong value or more per aid. */
  readonly sound: number;
}

/** Why the feed cannot be read any more. `day`: of the first failure. Letters of before may lack the code. */
export interface Trouble {
  readonly day: string;
  readonly outcome: Outcome;
  readonly code?: RunErrorCode;
  /** Status of the answer, or cause in the words of the system. */
  readonly params?: { readonly status?: string | number; readonly reason?: string | number };
}

/** Good news of a letter. */
export type GoodPoint =
  | { readonly code: "all-kept"; readonly count: number }
  | { readonly code: "all-identified" | "dates-sound" | "links-sound" | "no-fault" }
  | { readonly code: "always-filled"; readonly fields: readonly AidField[] }
  | { readonly code: "better"; readonly from: number; readonly to: number };

/** Content of a letter to a publisher: facts about their own data only. The French texts are in `french/`. */
export interface Letter {
  readonly publisher: string;
  /** `day`: when the feed was received, in Paris. */
  readonly feed: { readonly address: string | null; readonly file: string | null; readonly day: string };
  readonly counts: { readonly received: number; readonly skipped: number; readonly rejected: number; readonly valid: number };
  /** 0 to 100; null without records. */
  readonly score: number | null;
  readonly shares: Shares | null;
  /** Oldest first; the last is this letter's. */
  readonly trend: readonly { readonly day: string; readonly score: number }[];
  /** Set if later runs could not read the feed any more. */
  readonly trouble: Trouble | null;
  readonly good: readonly GoodPoint[];
  /** Most harmful first. */
  readonly faults: readonly Fault[];
  /** Anomalies whose cause may be on our side. */
  readonly questions: readonly Fault[];
  /** Words without a match in our vocabularies, most frequent first. `more`: number of further words. */
  readonly words: readonly {
    readonly vocabulary: string;
    readonly terms: readonly { readonly term: string; readonly count: number }[];
    readonly more: number;
  }[];
  /** Fields that we read and that many aids leave empty. */
  readonly seldomFilled: readonly { readonly field: AidField; readonly filled: number; readonly of: number }[];
  /** Fields that every aid needs and that we did not find in the feed. */
  readonly notFound: readonly AidField[];
  /** Implausible facts about the whole feed: lost fields, shifted texts, swapped dates… Absent in old letters, or if nothing is. */
  readonly noticed?: readonly GuardFinding[];
  /** Fields that identify aids, if they are not reliable. */
  readonly identifier: { readonly from: readonly string[]; readonly code: "is-link" | "is-title" | "shared" } | null;
  /** `isWhole`: the annex lists every anomaly. */
  readonly annex: { readonly lines: number; readonly isWhole: boolean };
}
