import { type CompiledConnector, compileConnector } from "../../src/ingest/map/compile-connector.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { identifier } from "../../src/kit/rules/identifier.ts";
import { text } from "../../src/kit/rules/texts.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { RegistryError } from "../../src/registry/registry-error.ts";
import { lookupOf, type WrittenTerms } from "./read-value.ts";

/** Returns a small valid connector with these field rules, checked like the registry checks it. */
export function soundConnector(changes: Partial<ConnectorInput> = {}): ConnectorInput {
  return {
    id: "region-exemple",
    publisher: { name: "Région Exemple", kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
    feed: { url: "https://example.org/aides.json" },
    decode: { format: "json" },
    ...changes,
    fields: { externalId: identifier("id"), name: text("titre"), ...changes.fields },
  };
}

/** Returns such a connector, ready to map records. Throws RegistryError if it is invalid. */
export function compiledConnector(changes: Partial<ConnectorInput> = {}, terms: WrittenTerms = {}): CompiledConnector {
  const checked = checkConnector(soundConnector(changes));
  if ("problems" in checked) throw new RegistryError(checked.problems.map((problem) => ({ file: "in the test", ...problem })));
  return compileConnector(checked.connector, lookupOf(terms));
}
