import type { RunnableConnector } from "../../ingest/run-inputs.ts";
import { hasFunctions, withFunctions, withoutFunctions } from "../../kit/definition-functions.ts";
import { importConnector } from "../../kit/import-connector.ts";
import { termLookup } from "../../kit/rules/term-lookup.ts";
import type { SentConnector } from "./messages.ts";

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
