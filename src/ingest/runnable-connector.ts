import type { Connector } from "../kit/definition.ts";
import type { TermLookup } from "../kit/rules/rule-context.ts";

/** A connector that was checked, with its terms: what a run needs of it. */
export interface RunnableConnector {
  readonly definition: Connector;
  readonly terms: TermLookup;
  /** Of the definition and the term files used. */
  readonly fingerprint: string;
}
