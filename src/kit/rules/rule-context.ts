import type { IssueCode, IssueParams, Severity } from "../../model/issue.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";

/** Name of a term file: a vocabulary, `financers` or `perimeters`. */
export type TermFileName = VocabularyName | "financers" | "perimeters";

/** Our terms by folded publisher's term. Empty if the term is ignored. */
export type TermTable = ReadonlyMap<string, readonly string[]>;

/** Term tables by file name, in lookup order. Plain data. */
export type TermTables = ReadonlyMap<TermFileName, readonly TermTable[]>;

/** Looks up publishers' terms. */
export interface TermLookup {
  /**
   * Returns our terms for a publisher's term: slugs of a vocabulary, `name` or `name|SIREN` for financers, `scale:code` for perimeters.
   * Returns an empty list if the team decided to ignore the term, and undefined if the term is unmapped.
   */
  targetsOf(file: TermFileName, term: string): readonly string[] | undefined;
}

/** A lookup in tables, from which a thread can make the same lookup. */
export interface TableLookup extends TermLookup {
  readonly tables: TermTables;
}

export interface RuleIssue {
  readonly code: IssueCode;
  readonly value?: unknown;
  readonly params?: IssueParams;
  readonly severity?: Severity;
}

/** Input and output of a rule for one field of one record. */
export interface RuleContext {
  /** The decoded record. Only JSON and XML have nested objects and lists. CSV has only texts. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The publisher's IANA time zone. */
  readonly timeZone: string;
  /** Base address of relative links. */
  readonly baseUrl: string | null;
  /** Folded texts that mean "empty" for this publisher ("a definir apres reprise"). */
  readonly placeholders: ReadonlySet<string>;
  readonly terms: TermLookup;
  /** Reports an issue about the current field. */
  report(issue: RuleIssue): void;
}
