import type { IssueCode, IssueParams, Severity } from "../../model/issue.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";

/** Name of a term file: a closed vocabulary, or one of the two open ones. */
export type TermFileName = VocabularyName | "financers" | "perimeters";

/** Meaning of terms. Empty `targets`: we decided to ignore the term. Undefined: unmapped. */
export interface TermLookup {
  /**
   * Returns our terms for a publisher's term: slugs of the vocabulary, `name` or `name|SIREN` for financers, `scale:code` for perimeters.
   */
  targetsOf(file: TermFileName, term: string): readonly string[] | undefined;
}

/** An issue reported by a rule. */
export interface RuleIssue {
  readonly code: IssueCode;
  readonly value?: unknown;
  readonly params?: IssueParams;
  readonly severity?: Severity;
}

/** Input and output of a rule, one per record and field. */
export interface RuleContext {
  /**
   * The decoded record: nested objects and lists for JSON and XML; texts by column for CSV; texts, numbers, booleans and dates for Excel.
   */
  readonly values: Readonly<Record<string, unknown>>;
  /** The publisher's IANA time zone. Dates are calendar dates in it. */
  readonly timeZone: string;
  /** Base address of relative links. */
  readonly baseUrl: string | null;
  /** Folded texts that mean "empty" for this publisher ("a definir apres reprise"). */
  readonly placeholders: ReadonlySet<string>;
  readonly terms: TermLookup;
  /** Reports an issue about the current field. */
  report(issue: RuleIssue): void;
}
