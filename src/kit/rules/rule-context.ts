import type { IssueCode, IssueParams, Severity } from "../../model/issue.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";

/** Name of a term file: a closed vocabulary, or one of the two open ones. */
export type TermFileName = VocabularyName | "financers" | "perimeters";

/** What a term means to us. `targets` is empty for a term that we decided to ignore; undefined: nobody has decided yet (unmapped). */
export interface TermLookup {
  /** Our terms for a publisher's term: slugs of the vocabulary, `name` or `name|SIREN` for financers, `scale:code` for perimeters. */
  targetsOf(file: TermFileName, term: string): readonly string[] | undefined;
}

/** What a rule may say while it reads: it never throws on data. */
export interface RuleIssue {
  readonly code: IssueCode;
  readonly value?: unknown;
  readonly params?: IssueParams;
  readonly severity?: Severity;
}

/** What a rule reads and is told. One per record and field. */
export interface RuleContext {
  /** The record as decoded: nested objects and lists for JSON and XML, texts by column for CSV, texts, numbers, booleans and dates for Excel. */
  readonly values: Readonly<Record<string, unknown>>;
  /** IANA time zone where the publisher is: dates are calendar dates there. */
  readonly timeZone: string;
  /** Address against which relative links are made absolute. */
  readonly baseUrl: string | null;
  /** Folded texts that mean "nothing" at this publisher ("a definir apres reprise"). */
  readonly placeholders: ReadonlySet<string>;
  readonly terms: TermLookup;
  /** Says something about the field that is being read. */
  report(issue: RuleIssue): void;
}
