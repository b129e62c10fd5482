import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import type { RunReport } from "../../model/run/run-report.ts";

/** An unmapped word of a publisher. */
export interface MissingTerm {
  readonly connector: string;
  readonly vocabulary: TermFileName;
  readonly term: string;
  /** Number of aids with it. */
  readonly count: number;
}

/** Returns a report's unmapped words that are still undecided. */
export function missingTerms(connector: string, report: Pick<RunReport, "unmappedTerms">, terms: TermLookup): readonly MissingTerm[] {
  return report.unmappedTerms
    .map(({ vocabulary, term, count }) => ({ connector, vocabulary: vocabulary as TermFileName, term, count }))
    .filter(({ vocabulary, term }) => terms.targetsOf(vocabulary, term) === undefined);
}
