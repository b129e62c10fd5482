import type { AidField } from "../../model/aid/aid.ts";
import type { IssueCode, IssueParams } from "../../model/issue.ts";
import type { Outcome } from "../../model/run/run-error.ts";

/** What a letter may say of a value: what a run met in it, or that a link leads nowhere. */
export type LetterCode = IssueCode | "dead-link";

/** One anomaly, in its place in the publisher's own data. */
export interface AnnexLine {
  /** As decoders write it (`row 14`); null: the whole feed. */
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

/** What stands where, in a letter. */
export interface LetterExample extends Pick<AnnexLine, "place" | "title" | "value" | "params"> {}

/** Anomalies of one code in one field, with a few examples. */
export interface Fault {
  readonly code: LetterCode;
  readonly field: string | null;
  /** The publisher's own name of the field, where it is known. */
  readonly column: string | null;
  readonly count: number;
  readonly examples: readonly LetterExample[];
}

/** Shares of 0 to 1 that the score is made of. See docs/letters.md. */
export interface Shares {
  /** Records that could be kept, of those that count. */
  readonly kept: number;
  /** Fields that every aid needs, filled: on average over the fields. */
  readonly filled: number;
  /** 1 where no value is wrong, 0 where there is one for each aid. */
  readonly sound: number;
}

/** What is already good. */
export type GoodPoint =
  | { readonly code: "all-kept"; readonly count: number }
  | { readonly code: "all-identified" | "dates-sound" | "links-sound" | "no-fault" }
  | { readonly code: "always-filled"; readonly fields: readonly AidField[] }
  | { readonly code: "better"; readonly from: number; readonly to: number };

/** What a letter to a publisher says: facts about their own data and nothing else. The words are in `texts/fr-letter.ts`. */
export interface Letter {
  readonly publisher: string;
  /** `day`: when the feed was received, in Paris. */
  readonly feed: { readonly address: string | null; readonly file: string | null; readonly day: string };
  readonly counts: { readonly received: number; readonly skipped: number; readonly rejected: number; readonly valid: number };
  /** 0 to 100; null where no record counts. */
  readonly score: number | null;
  readonly shares: Shares | null;
  /** Oldest first; the last is this letter's. */
  readonly trend: readonly { readonly day: string; readonly score: number }[];
  /** The feed can no longer be read, since a run after the one that the letter is about. */
  readonly trouble: { readonly day: string; readonly outcome: Outcome } | null;
  readonly good: readonly GoodPoint[];
  /** Most harmful first. */
  readonly faults: readonly Fault[];
  /** What may be our doing as well as theirs. */
  readonly questions: readonly Fault[];
  /** Words that we do not understand, most frequent first. `more`: further ones, not named. */
  readonly words: readonly {
    readonly vocabulary: string;
    readonly terms: readonly { readonly term: string; readonly count: number }[];
    readonly more: number;
  }[];
  /** Fields that we read and that many aids leave empty. */
  readonly seldomFilled: readonly { readonly field: AidField; readonly filled: number; readonly of: number }[];
  /** Fields that every aid needs and that we did not find in the feed. */
  readonly notFound: readonly AidField[];
  /** What aids are recognised by, where it will not last. */
  readonly identifier: { readonly from: readonly string[]; readonly code: "is-link" | "is-title" | "shared" } | null;
  /** `isWhole`: every anomaly has its line. */
  readonly annex: { readonly lines: number; readonly isWhole: boolean };
}
