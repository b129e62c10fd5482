import { hasFunctions, withFunctions, withoutFunctions } from "../kit/definition-functions.ts";
import { importConnector } from "../kit/import-connector.ts";
import type { TermTables } from "../kit/rules/rule-context.ts";
import { termLookup } from "../kit/rules/term-lookup.ts";
import type { RunnableConnector } from "./run-inputs.ts";

/** A connector as plain data. */
export interface SentConnector extends Omit<RunnableConnector, "terms"> {
  /** The file with the functions that the definition lacks, or null if it lacks none. */
  readonly functionsIn: string | null;
  readonly tables: TermTables;
}

/** Returns a connector as plain data. Its functions cannot be sent, so they are loaded again from its file. */
export function sentConnector({ definition, terms, file, fingerprint }: RunnableConnector): SentConnector {
  const functionsIn = hasFunctions(definition) ? file : null;
  return { definition: withoutFunctions(definition), functionsIn, tables: terms.tables, file, fingerprint };
}

/** Returns the connector that `sentConnector` wrote. */
export async function receivedConnector({ definition, functionsIn, tables, file, fingerprint }: SentConnector): Promise<RunnableConnector> {
  const exported = functionsIn === null ? null : await importConnector(functionsIn);
  return { definition: withFunctions(definition, exported), terms: termLookup(tables), file, fingerprint };
}
