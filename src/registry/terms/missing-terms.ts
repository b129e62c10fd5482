import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import type { RunReport } from "../../model/run/run-report.ts";

/** A publisher's word that nobody has decided on. */
export interface MissingTerm {
  readonly connector: string;
  readonly vocabulary: TermFileName;
  readonly term: string;
  /** Number of aids with it. */
  readonly count: number;
}

/** The words of a run's report that nobody has decided on since. */
export function missingTerms(connector: string, report: Pick<RunReport, "unmappedTerms">, terms: TermLookup): readonly MissingTerm[] {
  return report.unmappedTerms
    .map(({ vocabulary, term, count }) => ({ connector, vocabulary: vocabulary as TermFileName, term, count }))
    .filter(({ vocabulary, term }) => terms.targetsOf(vocabulary, term) === undefined);
}
